using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Text.Json;

namespace LlamaGate.Cli.Output;

/// <summary>Tells programs: one document on standard output when all is done.</summary>
internal sealed class JsonOutput : CommandOutput
{
    private readonly bool isDryRun;
    private readonly List<OutputItem> items = [];
    private readonly List<string> warnings = [];
    private readonly List<OutputError> errors = [];
    private GatewayRefreshResult? refresh;
    private StartupReport? startup;
    private IReadOnlyList<HomeFinding>? findings;

    public JsonOutput(ParseResult line)
        : base(line) => isDryRun = line.GetValue(CommonOptions.DryRun);

    /// <inheritdoc/>
    public override void Result(OutputItem item, string text, string? quietText = null) => items.Add(item);

    /// <inheritdoc/>
    public override void Say(string text)
    {
        // What is said to people follows from the items.
    }

    /// <inheritdoc/>
    public override void Refreshed(GatewayRefreshResult result) => refresh = result;

    /// <inheritdoc/>
    public override void Started(StartupReport report) => startup = report;

    /// <inheritdoc/>
    public override void Examined(IReadOnlyList<HomeFinding> findings) => this.findings = findings;

    /// <inheritdoc/>
    protected override void ShowWarning(string message) => warnings.Add(message);

    /// <inheritdoc/>
    protected override void PrintRest() => TryPrint(() =>
    {
        using Stream output = Console.OpenStandardOutput();
        JsonSerializer.Serialize(
            output, new OutputDocument(isDryRun, items, refresh, startup, findings, warnings, errors), OutputJsonContext.Readable().OutputDocument);
        output.Write("\n"u8);
    });

    /// <inheritdoc/>
    protected override void Show(OutputError error) => errors.Add(error);
}
