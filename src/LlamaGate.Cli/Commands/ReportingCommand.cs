using System;
using System.CommandLine;
using System.Threading;
using LlamaGate.Cli.Help;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary>A command that does something, reports what failed and gives the exit code.</summary>
internal abstract class ReportingCommand : DocumentedCommand
{
    protected ReportingCommand(string name, string description)
        : base(name, description) => SetAction(Invoke);

    /// <summary>Does what the command is for.</summary>
    /// <param name="line">The parsed command line.</param>
    /// <param name="output">Where the command reports.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl+C.</param>
    protected abstract void Run(ParseResult line, CommandOutput output, CancellationToken cancellationToken);

    /// <summary>The output that a command line asks for.</summary>
    protected virtual CommandOutput ChooseOutput(ParseResult line) => CommandOutput.For(line);

    private int Invoke(ParseResult line)
    {
        using var interruption = new Interruption();
        using CommandOutput output = ChooseOutput(line);
        int exitCode = ExitCodes.Failed;
        try
        {
            Run(line, output, interruption.Token);
        }
        catch (LlamaGateException e)
        {
            output.Error(e);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            output.Error(new OutputError(OutputError.Canceled, "Stopped. Changes that were reported are complete."));
            exitCode = interruption.ExitCode;
        }

        output.Finish();
        return output.HasErrors || output.HasFindings ? exitCode : ExitCodes.Done;
    }
}
