using System;
using System.IO;
using Xunit;

namespace LlamaGate.Tests.Store;

public sealed class SwitchTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void A_change_of_state_is_registered_with_its_time()
    {
        ImportedItem before = test.Import(test.ExtensionZip("x"));

        InstalledItem after = Set("x", enabled: false);

        Assert.False(after.Enabled);
        Assert.Equal(before.InstalledAt, after.InstalledAt);
        Assert.True(after.LastUpdatedAt > before.LastUpdatedAt);
        Assert.False(test.Item("x").Enabled);
        Assert.Contains(test.Log.Verboses, line => line.Contains("next start", StringComparison.Ordinal));
    }

    [Fact]
    public void A_state_that_is_there_already_writes_nothing()
    {
        test.Import(test.ExtensionZip("x"));
        string before = TestHome.Snapshot(test.Home.Path);

        Assert.True(Set("x", enabled: true).Enabled);

        Assert.Equal(before, TestHome.Snapshot(test.Home.Path));
    }

    [Fact]
    public void An_unregistered_item_is_registered_on_the_way()
    {
        test.Write("extensions/installed/loose/manifest.yaml", TestHome.Manifest("loose", "3.0.0"));

        Set("loose", enabled: false);

        Assert.Equal((false, "3.0.0"), (test.Item("loose").Enabled, test.Item("loose").Version));
    }

    [Fact]
    public void An_unregistered_item_that_is_broken_is_refused()
    {
        test.Write("extensions/installed/broken/manifest.yaml", "name: [");

        Assert.Equal(ErrorIds.ManifestInvalid, Assert.Throws<LlamaGateException>(() => Set("broken", enabled: false)).ErrorId);
        Assert.False(File.Exists(test.Home.RegistryFile));
    }

    [Fact]
    public void Enabling_what_its_manifest_disables_warns_that_the_gateway_obeys_the_manifest()
    {
        ImportedItem item = test.Import(test.ExtensionZip("x", more: "enabled: false\n"));
        Assert.False(item.Enabled);

        Assert.True(Set("x", enabled: true).Enabled);

        Assert.Contains(test.Log.Warnings, line => line.Contains("enabled: false", StringComparison.Ordinal));
    }

    private InstalledItem Set(string id, bool enabled)
    {
        using PackageStore store = test.Open();
        return store.SetEnabled(store.FindItem(id, null), enabled, default);
    }
}
