using System;
using System.CommandLine;
using System.IO;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli;

/// <summary>Reports a failure that no command has reported: one line, and the place in the code only with <c>--verbose</c>.</summary>
internal static class UnexpectedFailure
{
    /// <summary>Prints the failure to standard error.</summary>
    public static int Report(Exception exception, ParseResult line)
    {
        // Help, version and completion only print; the commands over the store tell of their own output.
        OutputError error = exception is FileNotFoundException or FileLoadException or TypeInitializationException
            ? new OutputError(
                OutputError.Unexpected,
                $"A part of llamagate cannot be loaded ({exception.Message}). If the limit for open files is low, raise it (ulimit -n).")
            : exception is IOException or UnauthorizedAccessException
            ? new OutputError(OutputError.OutputFailed, $"Some output could not be written: {exception.Message}")
            : new OutputError(
                OutputError.Unexpected,
                $"{exception.GetType().Name}: {exception.Message} This is a defect in llamagate. --verbose shows where it occurred.");
        try
        {
            Console.Error.WriteLine($"error {error.Id}: {Terminal.Printable(error.Message)}");
            if (line.GetValue(CommonOptions.Verbose))
            {
                Console.Error.WriteLine(exception);
            }
        }
        catch (Exception unprinted) when (unprinted is IOException or UnauthorizedAccessException or TypeInitializationException)
        {
            RuntimeError.WriteLine($"error {error.Id}: {error.Message}");
        }

        return ExitCodes.Failed;
    }
}
