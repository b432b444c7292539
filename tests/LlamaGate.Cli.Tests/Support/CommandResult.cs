using System.Text.Json;

namespace LlamaGate.Tests;

/// <summary>What a run of <c>llamagate</c> left: its exit code, and what it wrote with <c>\n</c> at the ends of lines.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output, which must be one JSON document.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}
