using System;
using System.CommandLine;
using LlamaGate.Cli.Help;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary>A command over the store: opens it, runs, reports what failed and gives the exit code.</summary>
internal abstract class StoreCommand : DocumentedCommand
{
    protected StoreCommand(string name, string description)
        : base(name, description) => SetAction(Invoke);

    /// <summary>Does what the command is for.</summary>
    /// <param name="session">The run.</param>
    protected abstract void Run(Session session);

    private int Invoke(ParseResult line)
    {
        using var interruption = new Interruption();
        using CommandOutput output = CommandOutput.For(line);
        int exitCode = ExitCodes.Failed;
        try
        {
            using var store = new PackageStore(line.GetHome(), output, line.GetLockTimeout());
            Run(new Session(line, store, output, interruption.Token));
        }
        catch (LlamaGateException e)
        {
            output.Error(e);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            output.Error(new OutputError(OutputError.Canceled, "Stopped; what was reported as done is done."));
            exitCode = interruption.ExitCode;
        }

        output.Finish();
        return output.HasErrors ? exitCode : ExitCodes.Done;
    }
}
