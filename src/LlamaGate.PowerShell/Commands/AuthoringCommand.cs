using System;
using System.Management.Automation;
using System.Threading;

namespace LlamaGate.PowerShell.Commands;

/// <summary>A cmdlet over packages that are in no home: shows what is told, stops with the pipeline, turns what goes wrong into errors.</summary>
public abstract class AuthoringCommand : PSCmdlet, IDisposable
{
    private readonly CommandLog log;

    /// <summary>Never disposed: a stop may come from another thread at any time, and the source holds nothing that needs it.</summary>
    private readonly CancellationTokenSource stop = new();

    private protected AuthoringCommand() => log = new CommandLog(this);

    /// <summary>Cancelled when the user stops the pipeline.</summary>
    private protected CancellationToken StopToken => stop.Token;

    /// <summary>Tells the log that the pipeline is over: a cmdlet no longer has streams then.</summary>
    public void Dispose()
    {
        log.End();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            Process();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => stop.Cancel();

    /// <summary>Does the work for what the parameters say now.</summary>
    private protected abstract void Process();

    /// <summary>The door to packages.</summary>
    /// <param name="limits">How much they may hold.</param>
    private protected PackageAuthoring Open(PackageLimits? limits = null) => new(log, limits);

    /// <summary>Does one of several things: a failure is one error, and the others go on.</summary>
    /// <param name="action">The thing to do.</param>
    private protected void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (LlamaGateException failure)
        {
            WriteError(ErrorRecords.From(failure));
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            WriteError(failure.ErrorRecord);
        }
    }
}
