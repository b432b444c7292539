using System.CommandLine;
using System.IO;
using System.Text;
using System.Text.Json;

namespace LlamaGate.Cli.Output;

/// <summary>Tells DSC: results as one JSON text a line on standard output, messages as JSON trace lines on standard error.</summary>
internal sealed class DscOutput : CommandOutput
{
    public DscOutput(ParseResult line)
        : base(line)
    {
    }

    /// <summary>Prints one line of the result.</summary>
    /// <param name="json">A JSON text without line breaks.</param>
    public void Line(string json) => WriteOutput(json);

    /// <inheritdoc/>
    public override void Result(OutputItem item, string text, string? quietText = null) => Trace("info", text);

    /// <inheritdoc/>
    public override void Say(string text) => Trace("info", text);

    /// <inheritdoc/>
    protected override void Show(OutputError error) => Trace("error", $"{error.Id}: {error.Message}");

    /// <inheritdoc/>
    protected override void ShowWarning(string message) => Trace("warn", message);

    /// <inheritdoc/>
    protected override void ShowVerbose(string message) => Trace("debug", message);

    private void Trace(string level, string message)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(level, message);
            writer.WriteEndObject();
        }

        WriteError(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
