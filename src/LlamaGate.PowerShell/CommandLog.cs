using System.Management.Automation;

namespace LlamaGate.PowerShell;

/// <summary>Shows what the store has to tell through the streams of a cmdlet.</summary>
internal sealed class CommandLog : IStoreLog
{
    /// <summary>One bar a cmdlet: PowerShell keeps those of the cmdlets of a pipeline apart itself.</summary>
    private const int ActivityId = 0;

    private readonly PSCmdlet command;
    private bool hasEnded;

    public CommandLog(PSCmdlet command) => this.command = command;

    /// <summary>
    /// Says that the pipeline is over. A cmdlet no longer has streams then, so warnings go to the host and the rest is dropped.
    /// </summary>
    public void End() => hasEnded = true;

    /// <inheritdoc/>
    public void Verbose(string message)
    {
        if (!hasEnded)
        {
            command.WriteVerbose(message);
        }
    }

    /// <inheritdoc/>
    public void Warning(string message)
    {
        if (hasEnded)
        {
            command.Host.UI.WriteWarningLine(message);
        }
        else
        {
            command.WriteWarning(message);
        }
    }

    /// <inheritdoc/>
    public void Progress(StoreProgress progress)
    {
        if (!hasEnded)
        {
            string subject = progress.Subject.Length > 0 ? progress.Subject : progress.Activity;
            command.WriteProgress(new ProgressRecord(ActivityId, progress.Activity, subject)
            {
                PercentComplete = progress.Percent,
                RecordType = progress.IsCompleted ? ProgressRecordType.Completed : ProgressRecordType.Processing,
            });
        }
    }
}
