using System.CommandLine;
using System.Globalization;
using System.Linq;

namespace LlamaGate.Cli.Output;

/// <summary>
/// Tells a workflow run of GitHub: each problem is a command that the run shows beside the line of the file. Everything else is text.
/// </summary>
internal sealed class GitHubOutput : CommandOutput
{
    public GitHubOutput(ParseResult line)
        : base(line)
    {
    }

    /// <inheritdoc/>
    public override void Result(OutputItem item, string text, string? quietText = null)
    {
        // The problems were told one by one; the first line says what was checked. It begins with our words, so it is not taken for a command.
        WriteOutput(Terminal.Printable(text.Split('\n')[0]));
    }

    /// <inheritdoc/>
    public override void Say(string text) => WriteOutput(Terminal.Printable(text));

    /// <inheritdoc/>
    public override void Tested(PackageTestResult result, string given)
    {
        base.Tested(result, given);
        foreach (Problem problem in result.Problems)
        {
            ProblemPlace place = ProblemPlace.Of(result, given, problem);
            string properties = "file=" + Property(place.File);
            if (place.Line > 0)
            {
                properties += string.Create(CultureInfo.InvariantCulture, $",line={place.Line},col={place.Column}");
            }

            Command(problem.Severity is Problem.Error ? "error" : "warning", properties, place.Message);
        }
    }

    /// <inheritdoc/>
    protected override void Show(OutputError error) => Command("error", "title=" + Property(error.Id), error.Message);

    /// <inheritdoc/>
    protected override void ShowWarning(string message) => Command("warning", string.Empty, message);

    private void Command(string name, string properties, string message) =>
        WriteOutput($"::{name}{(properties.Length > 0 ? " " + properties : string.Empty)}::{Data(message)}");

    private static string Data(string text) => string.Concat(text.Select(c => c switch
    {
        '%' => "%25",
        '\r' => "%0D",
        '\n' => "%0A",
        _ when char.IsControl(c) => "?",
        _ => c.ToString(),
    }));

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", System.StringComparison.Ordinal).Replace(",", "%2C", System.StringComparison.Ordinal);
}
