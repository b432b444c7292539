using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Json.Schema;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>
/// The manifest of the DSC resource obeys the rules of DSC's published schema of resource manifests, as far as they concern it, and its
/// schema those for resource instances.
/// </summary>
public sealed class DscManifestTests : IDisposable
{
    /// <summary>The rules for the parts that the manifest uses; everything else is refused.</summary>
    private const string ManifestRules = """
        {
          "type": "object",
          "required": ["$schema", "type", "version", "get", "schema"],
          "additionalProperties": false,
          "properties": {
            "$schema": { "const": "https://aka.ms/dsc/schemas/v3/bundled/resource/manifest.json" },
            "type": { "type": "string", "pattern": "^\\w+(\\.\\w+){0,3}\\/\\w+$" },
            "version": { "type": "string", "pattern": "^\\d+\\.\\d+\\.\\d+$" },
            "description": { "type": "string" },
            "tags": { "type": "array", "uniqueItems": true, "items": { "type": "string", "pattern": "^\\w+$" } },
            "get": { "$ref": "#/$defs/reading" },
            "test": { "$ref": "#/$defs/reading" },
            "delete": { "$ref": "#/$defs/reading" },
            "export": { "$ref": "#/$defs/reading" },
            "set": { "$ref": "#/$defs/changing" },
            "whatIf": { "$ref": "#/$defs/changing", "required": ["return"] },
            "exitCodes": { "type": "object", "propertyNames": { "pattern": "^-?[0-9]+$" }, "additionalProperties": { "type": "string" } },
            "schema": {
              "type": "object",
              "required": ["embedded"],
              "additionalProperties": false,
              "properties": {
                "embedded": {
                  "type": "object",
                  "required": ["$schema", "type", "properties"],
                  "properties": {
                    "$schema": { "const": "https://json-schema.org/draft/2020-12/schema" },
                    "type": { "const": "object" },
                    "properties": {
                      "type": "object",
                      "minProperties": 1,
                      "properties": { "_exist": { "const": { "$ref": "https://aka.ms/dsc/schemas/v3/resource/properties/exist.json" } } }
                    }
                  }
                }
              }
            }
          },
          "$defs": {
            "executable": { "type": "string", "minLength": 1 },
            "args": {
              "type": "array",
              "items": {
                "oneOf": [
                  { "type": "string" },
                  {
                    "type": "object",
                    "required": ["jsonInputArg"],
                    "additionalProperties": false,
                    "properties": { "jsonInputArg": { "type": "string" }, "mandatory": { "type": "boolean" } }
                  }
                ]
              }
            },
            "input": { "enum": ["env", "stdin"] },
            "return": { "enum": ["state", "stateAndDiff"] },
            "passesInput": {
              "oneOf": [
                { "required": ["input"], "not": { "properties": { "args": { "contains": { "type": "object" } } } } },
                { "not": { "required": ["input"] }, "properties": { "args": { "contains": { "type": "object" }, "minContains": 1, "maxContains": 1 } } }
              ]
            },
            "reading": {
              "type": "object",
              "required": ["executable"],
              "$ref": "#/$defs/passesInput",
              "additionalProperties": false,
              "properties": {
                "executable": { "$ref": "#/$defs/executable" }, "args": { "$ref": "#/$defs/args" }, "input": { "$ref": "#/$defs/input" },
                "return": { "$ref": "#/$defs/return" }
              }
            },
            "changing": {
              "type": "object",
              "required": ["executable"],
              "$ref": "#/$defs/passesInput",
              "additionalProperties": false,
              "properties": {
                "executable": { "$ref": "#/$defs/executable" }, "args": { "$ref": "#/$defs/args" }, "input": { "$ref": "#/$defs/input" },
                "return": { "$ref": "#/$defs/return" }, "implementsPretest": { "type": "boolean" }, "handlesExist": { "type": "boolean" }
              }
            }
          }
        }
        """;

    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void The_manifest_obeys_the_rules_for_manifests()
    {
        JsonNode manifest = JsonNode.Parse(sandbox.Done("dsc", "manifest"))!;

        EvaluationResults result = JsonSchema.FromText(ManifestRules).Evaluate(manifest, new EvaluationOptions { OutputFormat = OutputFormat.List });

        string[] errors = [.. result.Details.Where(detail => detail.HasErrors).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Value}"))];
        Assert.True(result.IsValid, string.Join('\n', errors));
        Assert.Equal("LlamaGate/Item", (string?)manifest["type"]);
        Assert.StartsWith((string)manifest["version"]!, sandbox.Done("--version"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_operation_of_the_manifest_is_one_of_the_tool()
    {
        JsonNode manifest = JsonNode.Parse(sandbox.Done("dsc", "manifest"))!;

        foreach (string operation in new[] { "get", "set", "whatIf", "test", "delete", "export" })
        {
            JsonNode command = manifest[operation]!;
            Assert.Equal("llamagate", (string?)command["executable"]);
            JsonNode?[] arguments = [.. command["args"]!.AsArray()];
            string instance = "{\"id\":\"alpha\",\"type\":\"extension\",\"_exist\":false}";
            string[] words = [.. arguments.SelectMany(word => word is JsonObject json ? [(string)json["jsonInputArg"]!, instance] : new[] { (string)word! })];
            CommandResult result = sandbox.Run(System.Text.Encoding.UTF8.GetBytes(instance), words);
            Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
            string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal((string?)command["return"] is "stateAndDiff" ? 2 : operation is "get" ? 1 : 0, lines.Length);
        }
    }

    [Fact]
    public void The_manifest_lies_beside_the_tool()
    {
        string manifest = Path.Combine(Path.GetDirectoryName(Sandbox.CommandLinePath)!, "llamagate.dsc.resource.json");

        Assert.Equal(File.ReadAllText(manifest).Trim(), sandbox.Done("dsc", "manifest").Trim());
    }

    [Fact]
    public void What_the_resource_takes_and_gives_obeys_its_schema()
    {
        JsonSchema schema = JsonSchema.FromText(sandbox.Done("dsc", "schema"));
        sandbox.Done("import", sandbox.ExtensionZip("alpha.zip", "alpha"), "--no-refresh");
        string wanted = "{\"id\":\"alpha\",\"type\":\"extension\"}";
        string[] given =
        [
            sandbox.Done("dsc", "get", "--input", wanted),
            sandbox.Done("dsc", "get", "--input", "{\"id\":\"beta\",\"type\":\"agentic-module\"}"),
            sandbox.Done("dsc", "test", "--input", wanted).Split('\n')[0],
            sandbox.Done("dsc", "set", "--input", wanted).Split('\n')[0],
            .. sandbox.Done("dsc", "export").Split('\n', StringSplitOptions.RemoveEmptyEntries),
            "{\"id\":\"alpha\",\"type\":\"extension\",\"source\":{\"repository\":\"team\",\"name\":\"alpha\",\"prerelease\":true}}",
        ];

        Assert.All(given, instance => Assert.True(schema.Evaluate(JsonNode.Parse(instance)).IsValid, instance));
        string[] refused =
        [
            "{\"id\":\"alpha\"}",
            "{\"id\":\"a b\",\"type\":\"extension\"}",
            "{\"id\":\"alpha\",\"type\":\"plugin\"}",
            "{\"id\":\"alpha\",\"type\":\"extension\",\"_exist\":\"yes\"}",
            "{\"id\":\"alpha\",\"type\":\"extension\",\"colour\":\"red\"}",
            "{\"id\":\"alpha\",\"type\":\"extension\",\"sha256\":\"12\"}",
            "{\"id\":\"alpha\",\"type\":\"extension\",\"source\":{\"repository\":\"team\"}}",
        ];
        Assert.All(refused, instance => Assert.False(schema.Evaluate(JsonNode.Parse(instance)).IsValid, instance));
    }
}
