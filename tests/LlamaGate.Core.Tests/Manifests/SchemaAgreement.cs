using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Json.Schema;
using LlamaGate.Manifests;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LlamaGate.Tests.Manifests;

/// <summary>
/// Holds the manifest reader against the JSON schemas (contract, section 10). <see cref="InMemoryManifests"/> asks for it with every
/// manifest that a test reads.
/// </summary>
internal static class SchemaAgreement
{
    private static readonly Dictionary<string, JsonSchema> Schemas =
        PackageAuthoring.SchemaNames.ToDictionary(name => name, name => JsonSchema.FromText(PackageAuthoring.ReadSchema(name)));

    // What a schema cannot express: rules between files, and what is lost when YAML becomes JSON.
    private static readonly string[] Inexpressible =
    [
        "is required and is", "is not a valid id: add an 'id'", "occurs more than once", "has the tag", "merges other fields",
        "must be true or false, without quotes",
    ];

    /// <summary>Compares what the reader said of manifests with what the schemas say.</summary>
    /// <returns>How many manifests were compared.</returns>
    public static int Check(IManifestFiles files, IReadOnlyList<Problem> problems)
    {
        int compared = 0;
        foreach (string name in files.RootFiles.Where(name => ManifestNames.All.Contains(name)))
        {
            Problem[] errors = [.. problems.Where(problem => problem.File == name && problem.Severity == Problem.Error)];
            if (!errors.Any(error => error.Field.Length == 0) && TryToJson(files, name) is { } json)
            {
                compared += Check(name, errors, json) ? 1 : 0;
            }
        }

        return compared;
    }

    /// <summary>Evaluates a schema.</summary>
    public static EvaluationResults Evaluate(JsonSchema schema, JsonNode json)
    {
        // The library prepares a schema at its first use, and two threads at once get half of it.
        lock (Schemas)
        {
            return schema.Evaluate(json, new EvaluationOptions { OutputFormat = OutputFormat.List });
        }
    }

    private static bool Check(string name, Problem[] errors, JsonNode json)
    {
        bool isDefinition = name.StartsWith("manifest.", StringComparison.Ordinal) || name.StartsWith("agentic", StringComparison.Ordinal);
        Problem[] expressible = [.. errors.Where(error => !Inexpressible.Any(words => error.Message.Contains(words, StringComparison.Ordinal))
            || (isDefinition && error.Message.Contains("is required and is", StringComparison.Ordinal)))];
        if (expressible.Length == 0 && errors.Length > 0)
        {
            return false;
        }

        EvaluationResults results = Evaluate(Schemas[Path.ChangeExtension(name, ".yaml")], json);
        Assert.True(
            results.IsValid == (errors.Length == 0),
            $"{name}: the reader says [{string.Join("; ", errors.AsEnumerable())}], the schema says {results.IsValid} of {json}");
        return true;
    }

    // Null where YAML says more than JSON can, or the reader did not get that far.
    private static JsonNode? TryToJson(IManifestFiles files, string name)
    {
        try
        {
            using var reader = new StreamReader(files.OpenRootFile(name));
            string text = reader.ReadToEnd();
            if (text.Contains("<<", StringComparison.Ordinal) || text.Contains('!') || text.Contains('*'))
            {
                return null;
            }

            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return ToJson(yaml.Documents[0].RootNode);
        }
        catch (Exception exception) when (exception is YamlException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static JsonNode? ToJson(YamlDotNet.RepresentationModel.YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children
            .Where(pair => pair.Key is YamlScalarNode)
            .Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => ToJson(scalar.Value!),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new ArgumentException("An alias is no JSON.", nameof(node)),
    };

    // As the gateway's reader resolves plain words: those of YAML 1.1 are Booleans too.
    private static JsonValue? ToJson(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => JsonValue.Create(value: true),
        "false" or "False" or "FALSE" or "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => JsonValue.Create(value: false),
        _ when long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => JsonValue.Create(number),
        _ => JsonValue.Create(plain),
    };
}
