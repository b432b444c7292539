using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>Registries that people and other programs wrote: what they plainly mean is read, and the sync writes what the gateway reads.</summary>
public sealed class RegistryRepairTests : IDisposable
{
    private const string Entry =
        """{"id":"x","type":"extension","name":"x","version":"1.0.0","enabled":false,"installed_at":"2026-01-01T00:00:00Z"}""";

    private readonly TestHome test = new(inMemory: true);

    public RegistryRepairTests()
    {
        test.Write("extensions/installed/x/manifest.yaml", TestHome.Manifest("x"));
    }

    public void Dispose() => test.Dispose();

    [Theory]
    [InlineData("utf-8-bom", "[" + Entry + "]")]
    [InlineData("utf-16", "[" + Entry + "]")]
    [InlineData("utf-16-no-bom", "[" + Entry + "]")]
    [InlineData("", "[" + Entry + ",]")]
    [InlineData("", "// mine\n[" + Entry + " /* off */ ]")]
    [InlineData("", Entry)]
    [InlineData("", "[null, " + Entry + "]")]
    [InlineData("", "[" + Entry + ", 7, \"text\"]")]
    [InlineData("", "[" + Entry + ", " + Entry + "]")]
    [InlineData("", """[{"id":"x","type":"extension","name":"x","version":"1.0.0","enabled":"false"}]""")]
    [InlineData("", """[{"id":"x","type":"extension","name":"x","version":"1.0.0","enabled":0}]""")]
    [InlineData("", """[{"id":"x","type":"Extensions","name":"x","version":"1.0.0","enabled":false}]""")]
    [InlineData("", """[{"id":"x","type":"extension","name":"x","version":1.0,"enabled":false}]""")]
    [InlineData("", """[{"id":"x","type":"extension","name":"x","version":"1.0.0","enabled":false,"installed_at":"2026-01-01"}]""")]
    [InlineData("", """[{"Id":"x","Type":"Extension","Name":"x","Version":"1.0.0","Enabled":false,"InstalledAt":"2026-01-01T00:00:00+00:00","LastUpdatedAt":"/Date(1767225600000)/","Path":"/home/x","HomePath":"/home"}]""")]
    public void What_is_plainly_meant_is_read_and_written_as_the_gateway_reads_it(string encoding, string json)
    {
        byte[] bytes = encoding switch
        {
            "utf-8-bom" => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(json)],
            "utf-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(json)],
            "utf-16-no-bom" => Encoding.Unicode.GetBytes(json),
            _ => Encoding.UTF8.GetBytes(json),
        };
        test.Write("registry/installed.json", string.Empty);
        File.WriteAllBytes(test.Home.RegistryFile, bytes);

        Assert.False(test.Item("x").Enabled);
        using (PackageStore store = test.Open())
        {
            SyncPlan plan = store.PlanSync(default);
            Assert.True(plan.RegistryProblems.Count + plan.Changes.Count > 0, "The sync has to say what it corrects.");
            store.Sync(plan, _ => true, default);
        }

        InstalledItem item = test.Item("x");
        Assert.Equal((false, "1.0.0"), (item.Enabled, item.Version));
        JsonObject entry = Assert.Single(JsonNode.Parse(File.ReadAllBytes(test.Home.RegistryFile))!.AsArray())!.AsObject();
        Assert.Equal(
            ["id", "type", "name", "version", "enabled"],
            entry.Select(field => field.Key).Where(field => field is not ("installed_at" or "last_updated_at" or "source_path")));
        Assert.Equal(("extension", "1.0.0"), ((string?)entry["type"], (string?)entry["version"]));
        Assert.False((bool)entry["enabled"]!);
        using PackageStore again = test.Open();
        SyncPlan nothing = again.PlanSync(default);
        Assert.Empty(nothing.RegistryProblems);
        Assert.Empty(nothing.Changes);
    }

    [Fact]
    public void What_is_left_out_of_the_registry_is_kept_in_a_copy()
    {
        const string Mixed = "[" + Entry + ", 7, \"text\"]";
        test.Write("registry/installed.json", Mixed);

        Operation.Run(test.Context(), "sync");

        string copy = Assert.Single(Directory.GetFiles(test.Home.RegistryFolder, "*.corrupt-*"));
        Assert.Equal(Mixed, File.ReadAllText(copy));
        Assert.Contains(test.Log.Warnings, line => line.Contains(copy, StringComparison.Ordinal));
        Assert.Single(JsonNode.Parse(test.Read("registry/installed.json"))!.AsArray());
    }

    [Fact]
    public void A_registry_that_was_cut_off_keeps_the_states_that_can_be_told_and_names_those_that_are_lost()
    {
        test.Write("extensions/installed/y/manifest.yaml", TestHome.Manifest("y"));
        test.Write("registry/installed.json", "[" + Entry + """, {"id":"y","type":"extension","name":"y","enab""");
        using PackageStore store = test.Open();
        SyncPlan plan = store.PlanSync(default);

        SyncChange lost = Assert.Single(store.Sync(plan, _ => true, default), change => change.Status == SyncChange.Added);

        Assert.Equal("y", lost.Id);
        Assert.Contains("lost", lost.Reason, StringComparison.Ordinal);
        Assert.False(test.Item("x").Enabled);
        Assert.Single(Directory.GetFiles(test.Home.RegistryFolder, "*.corrupt-*"));
    }
}
