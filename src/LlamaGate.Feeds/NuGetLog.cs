using System.Threading.Tasks;
using NuGet.Common;

namespace LlamaGate.Feeds;

/// <summary>What NuGet's libraries have to say: warnings stay warnings, errors come as exceptions, the rest is for <c>-Verbose</c>.</summary>
internal sealed class NuGetLog : LoggerBase
{
    private readonly IStoreLog log;

    public NuGetLog(IStoreLog log)
        : base(LogLevel.Information) => this.log = log;

    /// <inheritdoc/>
    public override void Log(ILogMessage message)
    {
        if (message.Level == LogLevel.Warning)
        {
            log.Warning(message.Message.Trim());
        }
        else
        {
            log.Verbose(message.Message.Trim());
        }
    }

    /// <inheritdoc/>
    public override Task LogAsync(ILogMessage message)
    {
        Log(message);
        return Task.CompletedTask;
    }
}
