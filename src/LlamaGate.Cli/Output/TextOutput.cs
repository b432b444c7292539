using System.CommandLine;

namespace LlamaGate.Cli.Output;

/// <summary>Tells people: results on standard output, warnings and errors on standard error, each at once.</summary>
internal sealed class TextOutput : CommandOutput
{
    private readonly bool isQuiet;

    public TextOutput(ParseResult line)
        : base(line) => isQuiet = line.GetValue(CommonOptions.Quiet);

    /// <inheritdoc/>
    public override void Result(OutputItem item, string text, string? quietText = null)
    {
        if ((isQuiet ? quietText : text) is { } shown)
        {
            WriteOutput(shown);
        }
    }

    /// <inheritdoc/>
    public override void Say(string text)
    {
        if (!isQuiet)
        {
            WriteOutput(text);
        }
    }

    /// <inheritdoc/>
    protected override void ShowWarning(string message)
    {
        if (!isQuiet)
        {
            WriteError(Terminal.Yellow("warning: ") + Terminal.Printable(message));
        }
    }

    /// <inheritdoc/>
    protected override void Show(OutputError error) =>
        WriteError(Terminal.Red($"error {error.Id}: ") + Terminal.Printable(error.Message));
}
