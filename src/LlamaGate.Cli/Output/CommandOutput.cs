using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;

namespace LlamaGate.Cli.Output;

/// <summary>
/// Where a command says what it found, did and could not do: as text (<see cref="TextOutput"/>) or as one JSON document
/// (<see cref="JsonOutput"/>). Verbose lines and the progress bar go to standard error in both.
/// </summary>
internal abstract class CommandOutput : IStoreLog, IDisposable
{
    private readonly bool isVerbose;
    private readonly ProgressBar? progressBar;

    // A person sees each line at once; a pipe gets them in blocks.
    private readonly StreamWriter output =
        new(Console.OpenStandardOutput(), Terminal.OutputEncoding) { AutoFlush = !Console.IsOutputRedirected };

    // Opened before the command opens files: when there are too many of those, that can be told.
    private readonly TextWriter error = Console.Error;

    private (string Path, string Word)? renamed;
    private Exception? outputFailure;

    protected CommandOutput(ParseResult line)
    {
        isVerbose = line.GetValue(CommonOptions.Verbose);
        error.Write(string.Empty);
        progressBar = Terminal.ShowsProgress && !line.GetValue(CommonOptions.Quiet) ? new ProgressBar() : null;
    }

    /// <summary>Whether something failed.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Whether something was found that the exit code tells, such as an invalid package, though nothing failed.</summary>
    public bool HasFindings { get; private set; }

    /// <summary>The output that a command line asks for.</summary>
    public static CommandOutput For(ParseResult line) => line.GetValue(CommonOptions.Json) ? new JsonOutput(line) : new TextOutput(line);

    /// <summary>Something that was found or done.</summary>
    /// <param name="item">What it is.</param>
    /// <param name="text">What to tell a person: one line or more.</param>
    /// <param name="quietText">What <c>--quiet</c> leaves of it; null for nothing.</param>
    public abstract void Result(OutputItem item, string text, string? quietText = null);

    /// <summary>Something to tell a person only, such as a heading.</summary>
    /// <param name="text">One line or more.</param>
    public abstract void Say(string text);

    /// <summary>Has every message speak of a file as the user named it.</summary>
    /// <param name="path">The file's path, as the store's messages have it.</param>
    /// <param name="word">What the user said instead.</param>
    public void Rename(string path, string word) => renamed = (path, word);

    /// <summary>How the gateway answered, for programs; people are told in words.</summary>
    public virtual void Refreshed(GatewayRefreshResult result)
    {
    }

    /// <summary>What a start of the gateway did, for programs; people are told in words.</summary>
    public virtual void Started(StartupReport report)
    {
    }

    /// <summary>What a check of a package found, for tools that show problems in files; <see cref="Result"/> tells it too.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="given">The package, as it was given.</param>
    public virtual void Tested(PackageTestResult result, string given) => HasFindings |= !result.IsValid;

    /// <summary>Says that something was found that the exit code is to tell.</summary>
    public void Found() => HasFindings = true;

    /// <summary>What was found in a home, for programs; people are told in words.</summary>
    public virtual void Examined(IReadOnlyList<HomeFinding> findings)
    {
    }

    /// <summary>Lets the exit code say that not all is well, though nothing failed.</summary>
    public void Fail() => HasErrors = true;

    /// <summary>Something that failed.</summary>
    public void Error(OutputError error)
    {
        HasErrors = true;
        Show(error with { Message = Named(error.Message), Target = error.Target is null ? null : Named(error.Target) });
    }

    /// <summary>Something that failed.</summary>
    public void Error(LlamaGateException exception) => Error(OutputError.From(exception));

    /// <inheritdoc/>
    public void Warning(string message) => ShowWarning(Named(message));

    /// <inheritdoc/>
    public void Verbose(string message) => ShowVerbose(Named(message));

    /// <inheritdoc/>
    public void Progress(StoreProgress progress) => progressBar?.Show(progress);

    /// <summary>Prints what was kept until now, and says if not everything could be printed.</summary>
    public void Finish()
    {
        PrintRest();
        TryPrint(output.Flush);
        if (outputFailure is not null)
        {
            HasErrors = true;
            var failure = new OutputError(
                OutputError.OutputFailed, $"Some output could not be written: {outputFailure.Message} The command has done its work.");
            WriteError(Terminal.Red($"error {failure.Id}: ") + failure.Message);
        }
    }

    /// <summary>Takes the progress bar off the screen, and lets go of the last lines.</summary>
    public void Dispose()
    {
        progressBar?.Dispose();
        TryPrint(output.Dispose);
    }

    /// <summary>Prints what was kept until now.</summary>
    protected virtual void PrintRest()
    {
    }

    /// <summary>Shows an error now or later.</summary>
    protected abstract void Show(OutputError error);

    /// <summary>Shows what is being done, to those who want to know.</summary>
    /// <param name="message">What is being done.</param>
    protected virtual void ShowVerbose(string message)
    {
        if (isVerbose)
        {
            WriteError(Terminal.Printable(message));
        }
    }

    /// <summary>Shows a warning now or later.</summary>
    protected abstract void ShowWarning(string message);

    /// <summary>Writes to standard output, where no progress bar is then in the way.</summary>
    /// <param name="text">One line or more.</param>
    protected void WriteOutput(string text)
    {
        progressBar?.Clear();
        TryPrint(() => output.WriteLine(text));
    }

    /// <summary>Prints, unless that has failed before: a command goes on when its output has nowhere to go.</summary>
    /// <param name="print">Writes to standard output.</param>
    protected void TryPrint(Action print)
    {
        try
        {
            if (outputFailure is null)
            {
                print();
            }
        }
        catch (Exception exception) when (IsOfStream(exception))
        {
            outputFailure = exception;
        }
    }

    /// <summary>Writes to standard error, where no progress bar is then in the way.</summary>
    /// <param name="text">One line or more.</param>
    protected void WriteError(string text)
    {
        progressBar?.Clear();
        TryPrint(output.Flush);
        try
        {
            error.WriteLine(text);
        }
        catch (Exception exception) when (IsOfStream(exception))
        {
            RuntimeError.WriteLine(text);
        }
    }

    // A stream that is closed is told as one that denies access.
    private static bool IsOfStream(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private string Named(string message) =>
        renamed is { } file ? message.Replace(file.Path, file.Word, StringComparison.Ordinal) : message;
}
