using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Json.Schema;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LlamaGate.Tests;

/// <summary>The sample documents of desired state (samples/dsc) hold instances that the resource takes.</summary>
public sealed class DscSampleTests : IDisposable
{
    // What DSC makes of the expressions in the samples, with the parameters' default values.
    private static readonly Dictionary<string, JsonNode> Expressions = new(StringComparer.Ordinal)
    {
        ["[parameters('repository')]"] = "https://feeds.example.com/v3/index.json",
        ["[parameters('share')]"] = OperatingSystem.IsWindows() ? @"\\files\packages" : "/mnt/share/packages",
        ["[parameters('home')]"] = "/var/lib/llamagate",
        ["[if(equals(parameters('stage'), 'canary'), '[1.0,2.0)', '1.2.0')]"] = "1.2.0",
        ["[equals(parameters('stage'), 'canary')]"] = false,
    };

    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("ten-items.dsc.yaml", 10)]
    [InlineData("fleet.dsc.yaml", 3)]
    public void Every_instance_obeys_the_schema_and_is_tested(string document, int count)
    {
        var schema = JsonSchema.FromText(sandbox.Done("dsc", "schema"));
        JsonNode[] instances = [.. Instances(Path.Combine(Repository.Root, "samples", "dsc", document))];

        Assert.Equal(count, instances.Length);
        Assert.All(instances, instance =>
        {
            Assert.True(schema.Evaluate(instance).IsValid, instance.ToJsonString());
            instance.AsObject().Remove("home"); // The home of this test is asked, where nothing is installed.
            CommandResult result = sandbox.Run(Encoding.UTF8.GetBytes(instance.ToJsonString()), ["dsc", "get"]);
            Assert.Equal((0, false), (result.ExitCode, (bool)JsonNode.Parse(result.Output)!["_exist"]!));
        });
    }

    private static IEnumerable<JsonNode> Instances(string document)
    {
        var yaml = new YamlStream();
        using StreamReader reader = File.OpenText(document);
        yaml.Load(reader);
        JsonNode root = ToJson(yaml.Documents.Single().RootNode);
        return root["resources"]!.AsArray().Select(resource =>
        {
            Assert.Equal("LlamaGate/Item", (string?)resource!["type"]);
            return resource["properties"]!.DeepClone();
        });
    }

    private static JsonNode ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(field => KeyValuePair.Create(((YamlScalarNode)field.Key).Value!, (JsonNode?)ToJson(field.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" } => true,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" } => false,
        YamlScalarNode { Value: { } text } => Expressions.TryGetValue(text, out JsonNode? value) ? value.DeepClone() : Text(text),
        _ => throw new InvalidDataException(node.ToString()),
    };

    // DSC takes text that begins with a bracket for an expression, and two brackets for one in the text.
    private static JsonNode Text(string text) =>
        text.StartsWith("[[", StringComparison.Ordinal) ? text[1..] : !text.StartsWith('[') ? text : throw new InvalidDataException(text);
}
