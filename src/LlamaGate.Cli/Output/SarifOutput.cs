using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlamaGate.Cli.Output;

/// <summary>Tells tools that show findings in code: one SARIF 2.1.0 document on standard output when all is done.</summary>
internal sealed class SarifOutput : CommandOutput
{
    private const string Address = "https://github.com/llamagate/llamagate-powershell/blob/main/docs/cli.md";

    private readonly List<(string Rule, string Level, ProblemPlace Place)> results = [];
    private readonly List<(string Id, string Level, string Message)> notifications = [];

    public SarifOutput(ParseResult line)
        : base(line)
    {
    }

    /// <inheritdoc/>
    public override void Result(OutputItem item, string text, string? quietText = null)
    {
        // A finding is a problem, and a package without one has nothing to tell.
    }

    /// <inheritdoc/>
    public override void Say(string text)
    {
        // What is said to people follows from the results.
    }

    /// <inheritdoc/>
    public override void Tested(PackageTestResult result, string given)
    {
        base.Tested(result, given);
        foreach (Problem problem in result.Problems)
        {
            string rule = problem.Line > 0 || problem.Field.Length > 0 ? ErrorIds.ManifestInvalid : ErrorIds.PackageInvalid;
            results.Add((rule, problem.Severity is Problem.Error ? "error" : "warning", ProblemPlace.Of(result, given, problem)));
        }
    }

    /// <inheritdoc/>
    protected override void Show(OutputError error) => notifications.Add((error.Id, "error", error.Message));

    /// <inheritdoc/>
    protected override void ShowWarning(string message) => notifications.Add(("Warning", "warning", message));

    /// <inheritdoc/>
    protected override void PrintRest() => TryPrint(() =>
    {
        using Stream output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(json);
        }

        output.Write("\n"u8);
    });

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json);
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", !HasErrors);
        json.WriteStartArray("toolExecutionNotifications");
        notifications.ForEach(notification => WriteNotification(json, notification));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("results");
        results.ForEach(result => WriteResult(json, result));
        json.WriteEndArray();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "llamagate");
        json.WriteString("semanticVersion", typeof(SarifOutput).Assembly.GetName().Version!.ToString(3));
        json.WriteString("informationUri", Address);
        json.WriteStartArray("rules");
        WriteRule(json, ErrorIds.ManifestInvalid, "A manifest breaks the rules for manifests.");
        WriteRule(json, ErrorIds.PackageInvalid, "The package breaks the rules for packages.");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, string id, string text)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        WriteMessage(json, "shortDescription", text);
        json.WriteString("helpUri", Address);
        json.WriteEndObject();
    }

    private static void WriteNotification(Utf8JsonWriter json, (string Id, string Level, string Message) notification)
    {
        json.WriteStartObject();
        json.WriteStartObject("descriptor");
        json.WriteString("id", notification.Id);
        json.WriteEndObject();
        json.WriteString("level", notification.Level);
        WriteMessage(json, "message", notification.Message);
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, (string Rule, string Level, ProblemPlace Place) result)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", result.Rule);
        json.WriteString("level", result.Level);
        WriteMessage(json, "message", result.Place.Message);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", ToUri(result.Place.File));
        json.WriteEndObject();
        if (result.Place.Line > 0)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", result.Place.Line);
            json.WriteNumber("startColumn", result.Place.Column);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string ToUri(string file) => Path.IsPathFullyQualified(file)
        ? new Uri(file).AbsoluteUri
        : string.Join('/', Array.ConvertAll(file.Split('/'), Uri.EscapeDataString));
}
