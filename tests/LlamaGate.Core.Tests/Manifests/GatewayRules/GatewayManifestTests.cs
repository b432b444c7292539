using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using LlamaGate.Manifests;
using LlamaGate.Manifests.GatewayRules;
using Xunit;

namespace LlamaGate.Tests.Manifests.GatewayRules;

/// <summary>
/// Compares what we say of a definition file with what gateway 0.9.1 answered to the same bytes. <c>gateway-0.9.1.json</c> holds
/// its answers: each error as the gateway's own loader returned it, with its lines joined by ": " and "; ".
/// </summary>
public class GatewayManifestTests
{
    private static readonly string[] ToldByTheTree = ["unmarshal errors", "invalid map key", "cannot decode", "map merge", "base64"];

    [Fact]
    public void Every_answer_of_the_gateway_is_foretold()
    {
        string file = Path.Combine(
            Repository.Root, "tests", "LlamaGate.Core.Tests", "Manifests", "GatewayRules", "gateway-0.9.1.json");
        using var answers = JsonDocument.Parse(File.ReadAllText(file));
        var wrong = new List<string>();
        int count = 0;
        foreach (JsonElement answer in answers.RootElement.EnumerateArray())
        {
            count++;
            string text = answer.GetProperty("text").GetString()!;
            string expected = Expected(answer);
            string actual = Actual(text, answer.GetProperty("type").GetString() is "extension" ? ItemType.Extension : ItemType.AgenticModule);
            if (IsSyntax(expected) ? !actual.StartsWith("failed to parse YAML: ", StringComparison.Ordinal) : actual != expected)
            {
                wrong.Add($"{JsonSerializer.Serialize(text)}\n  gateway: {expected}\n  LlamaGate: {actual}");
            }
        }

        Assert.True(count > 600);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void A_file_in_UTF_16_is_loaded_when_it_has_a_byte_order_mark()
    {
        byte[] text = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(InMemoryManifests.Definition)];

        Assert.Equal("sample", Read(InMemoryManifests.Of("manifest.yaml", text)).Name);
        Assert.NotNull(Read(InMemoryManifests.Of("manifest.yaml", text.AsSpan(2).ToArray())).Refusal);
    }

    [Fact]
    public void Only_the_names_that_the_gateway_knows_are_read()
    {
        Assert.Equal(
            "no extension manifest found: manifest.yaml is required",
            Read(InMemoryManifests.Of(("manifest.yml", InMemoryManifests.Definition), ("extension.yaml", "id: a\n"))).Refusal);
    }

    [Theory]
    [InlineData("id: my-id\nenabled_default: off\n", "my-id", false)]
    [InlineData("name: other\n", "", true)]
    [InlineData("id: my-id\nenabled_default: maybe\n", "", true)]
    [InlineData("id: [a\n", "", true)]
    [InlineData("id: 5\n---\nid: 6\n", "5", true)]
    public void A_packaging_file_gives_id_and_state_and_a_broken_one_nothing(string text, string id, bool enabled)
    {
        var packaging = GatewayPackaging.Read(InMemoryManifests.Of(("extension.yaml", text)), ItemType.Extension, TestContext.Current.CancellationToken);

        Assert.Equal((id, enabled, null), (packaging.Id, packaging.EnabledByDefault, packaging.Refusal));
    }

    [Fact]
    public void An_id_that_the_gateway_does_not_allow_refuses_the_item() => Assert.StartsWith(
        "invalid id format: 'a b'",
        GatewayPackaging.Read(
            InMemoryManifests.Of(("module.yaml", "id: a b\n")), ItemType.AgenticModule, TestContext.Current.CancellationToken).Refusal,
        StringComparison.Ordinal);

    private static GatewayManifest Read(InMemoryManifests files) =>
        GatewayManifest.Read(files, ItemType.Extension, TestContext.Current.CancellationToken);

    private static string Expected(JsonElement answer) => answer.TryGetProperty("error", out JsonElement error)
        ? error.GetString()!
        : $"loads {answer.GetProperty("name")} {answer.GetProperty("version")}"
            + (answer.TryGetProperty("enabled", out JsonElement enabled) ? $" {enabled.GetBoolean()} {answer.GetProperty("builtin").GetBoolean()}" : "");

    private static string Actual(string text, ItemType type)
    {
        GatewayManifest manifest = GatewayManifest.Read(
            InMemoryManifests.Of(ManifestNames.Definition(type), Encoding.UTF8.GetBytes(text)), type, TestContext.Current.CancellationToken);
        return manifest.Refusal
            ?? $"loads {manifest.Name} {manifest.Version}" + (type == ItemType.Extension ? $" {manifest.IsEnabled} {manifest.SaysBuiltIn}" : "");
    }

    // Errors of the syntax are told in our own words, with the place where our reader found them.
    private static bool IsSyntax(string expected) => expected.StartsWith("failed to parse YAML: yaml: ", StringComparison.Ordinal)
        && !ToldByTheTree.Any(told => expected.Contains(told, StringComparison.Ordinal));
}
