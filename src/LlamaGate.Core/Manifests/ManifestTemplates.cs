using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace LlamaGate.Manifests;

/// <summary>The files of a new package (contract, section 10). Each of them loads in the gateway as it is.</summary>
internal static class ManifestTemplates
{
    /// <summary>The version of a new package.</summary>
    public const string FirstVersion = "0.1.0";

    private const string WorkflowBody = """

        inputs:
          - id: text
            type: string
            required: true
          - id: model
            type: string
            required: false

        outputs:
          - id: answer
            type: string

        steps:
          - uses: template.render
            with:
              template_content: "Answer in one paragraph:\n\n{{.text}}"
          - uses: llm.chat

        """;

    private const string MiddlewareBody = """

        config:
          audit_dir: ./var/audit

        hooks:
          - on: http.request
            match:
              path_prefix: /v1/
            action: audit.log

        """;

    private const string ObserverBody = """

        config:
          report_interval: per_run

        outputs:
          - id: usage_report
            type: file
            path: ./output/usage_report.json

        hooks:
          - on: llm.response
            action: usage.track

        """;

    // Plain words that YAML does not take for text.
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "y", "n", "yes", "no", "on", "off", "true", "false", "null",
    };

    /// <summary>The files of a new extension.</summary>
    /// <param name="template">What it begins as.</param>
    /// <param name="id">The id.</param>
    /// <param name="name">The display name.</param>
    /// <param name="description">What it is for.</param>
    /// <returns>Each file's path from the package's root, and its text.</returns>
    public static IReadOnlyList<(string Path, string Text)> Extension(PackageTemplate template, string id, string name, string description) =>
    [
        ("manifest.yaml", Definition(template, id, description)),
        ("extension.yaml", Packaging(ItemType.Extension, id, name, description)),
    ];

    /// <summary>The files of a new agentic module, which has one extension of its own.</summary>
    /// <inheritdoc cref="Extension"/>
    public static IReadOnlyList<(string Path, string Text)> Module(string id, string name, string description)
    {
        const string Suffix = "-answer";
        string step = $"{id[..Math.Min(id.Length, ItemId.MaxLength - Suffix.Length)]}{Suffix}";
        string definition = Lines(
            ManifestSchema.Modeline("agenticmodule.yaml"),
            "name: " + Value(id),
            "version: " + FirstVersion,
            "description: " + Value(description),
            string.Empty,
            "steps:",
            "  - extension: " + Value(step),
            "    on_error: stop");
        return
        [
            ("agenticmodule.yaml", definition),
            ("module.yaml", Packaging(ItemType.AgenticModule, id, name, description)),
            ($"extensions/{step}.yaml", Definition(PackageTemplate.Workflow, step, "Answers a text with a model.")),
        ];
    }

    private static string Definition(PackageTemplate template, string id, string description) => Lines(
        ManifestSchema.Modeline("manifest.yaml"),
        "name: " + Value(id),
        "version: " + FirstVersion,
        "description: " + Value(description),
        "type: " + template.ToString().ToLowerInvariant(),
        "enabled: true") + (template switch
        {
            PackageTemplate.Middleware => MiddlewareBody,
            PackageTemplate.Observer => ObserverBody,
            _ => WorkflowBody,
        }).Replace("\r\n", "\n");

    private static string Packaging(ItemType type, string id, string name, string description)
    {
        string file = ManifestNames.Packaging(type);
        string[] lines =
        [
            ManifestSchema.Modeline(file),
            "id: " + Value(id),
            "name: " + Value(name),
            "version: " + FirstVersion,
            "description: " + Value(description),
            "enabled_default: true",
            "hot_reload: true",
            "autostart: false",
        ];
        return Lines(type == ItemType.Extension ? [.. lines, "load_mode: eager"] : lines);
    }

    private static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + "\n"));

    // Text as a value of YAML: plain where nothing in it means something else, else in double quotes.
    private static string Value(string text)
    {
        bool isPlain = text.Length > 0 && IsLetter(text[0]) && text[text.Length - 1] != ' ' && !Words.Contains(text)
            && text.All(c => IsLetter(c) || c is (>= '0' and <= '9') or ' ' or ',' or '.' or '\'' or '(' or ')' or '-' or '_');
        if (isPlain)
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' or '\\' => "\\" + c,
                < ' ' or (>= '\x7F' and <= '\x9F') or '\u2028' or '\u2029' or '\uFEFF' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
