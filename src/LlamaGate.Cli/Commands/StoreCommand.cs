using System.CommandLine;
using System.Threading;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary>A command over the store of a home.</summary>
internal abstract class StoreCommand : ReportingCommand
{
    protected StoreCommand(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>Does what the command is for.</summary>
    protected abstract void Run(Session session);

    /// <inheritdoc/>
    protected sealed override void Run(ParseResult line, CommandOutput output, CancellationToken cancellationToken)
    {
        using var store = new PackageStore(line.GetHome(), output, line.GetLockTimeout());
        Run(new Session(line, store, output, cancellationToken));
    }
}
