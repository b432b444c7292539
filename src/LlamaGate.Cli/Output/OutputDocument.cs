using System.Collections.Generic;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Cli.Output;

/// <summary>What a command prints with <c>--json</c>; docs/cli.md describes it.</summary>
/// <param name="DryRun">Whether nothing was changed because of <c>--dry-run</c>.</param>
/// <param name="Items">What the command found or did, one by one.</param>
/// <param name="Refresh">How the gateway answered; null when it was not asked.</param>
/// <param name="Startup">What <c>startup</c> did; null for other commands.</param>
/// <param name="Findings">What <c>doctor</c> found; null for other commands.</param>
/// <param name="Warnings">What works and may not be what the user wants.</param>
/// <param name="Errors">What failed; empty when the exit code is 0.</param>
internal sealed record OutputDocument(
    bool DryRun,
    IReadOnlyList<OutputItem> Items,
    GatewayRefreshResult? Refresh,
    StartupReport? Startup,
    IReadOnlyList<HomeFinding>? Findings,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<OutputError> Errors);

/// <summary>The generated code that writes an <see cref="OutputDocument"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(OutputDocument))]
internal sealed partial class OutputJsonContext : JsonSerializerContext
{
    /// <summary>
    /// Escapes what JSON demands and no more: the document is read as JSON, not put into a web page. Where the console has another encoding
    /// than UTF-8, as Windows consoles have by default, PowerShell reads a program's output in that one: all but ASCII is escaped.
    /// </summary>
    public static OutputJsonContext Readable() => new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = Terminal.OutputEncoding.CodePage == Encoding.UTF8.CodePage ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping : JavaScriptEncoder.Default,
    });
}
