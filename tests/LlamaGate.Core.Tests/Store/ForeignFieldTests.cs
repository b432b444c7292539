using System;
using System.IO;
using System.Text.Json.Nodes;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>What other programs keep in the registry with an item stays there when the item changes (contract, section 3).</summary>
public sealed class ForeignFieldTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Theory]
    [InlineData("import")]
    [InlineData("restore")]
    [InlineData("disable")]
    [InlineData("sync")]
    public void A_field_that_is_not_ours_survives_a_change_of_its_item(string command)
    {
        test.Import(test.ExtensionZip("x", "1.0.0"));
        test.Import(test.ExtensionZip("x", "2.0.0"));
        JsonObject before = ReadEntry();
        before["notes"] = new JsonObject { ["text"] = "two\nlines" };
        File.WriteAllText(test.Home.RegistryFile, new JsonArray(before.DeepClone()).ToJsonString());
        string[] words = command switch
        {
            "import" => [command, test.ExtensionZip("x", "3.0.0")],
            "sync" => [command],
            _ => [command, "x"],
        };
        if (command == "sync")
        {
            test.Write("extensions/installed/x/manifest.yaml", TestHome.Manifest("x", "2.1.0"));
        }

        Operation.Run(test.Context(), words);

        JsonObject after = ReadEntry();
        Assert.NotEqual((string?)before["last_updated_at"], (string?)after["last_updated_at"]);
        Assert.Equal("two\nlines", (string?)after["notes"]?["text"]);
    }

    private JsonObject ReadEntry() => Assert.Single(JsonNode.Parse(test.Read("registry/installed.json"))!.AsArray())!.AsObject();
}
