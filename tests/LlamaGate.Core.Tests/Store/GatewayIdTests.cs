using System;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>Ids that gateway 0.9.1 allows and import does not: long ones, and names of devices.</summary>
public sealed class GatewayIdTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    public static TheoryData<string> Ids => OperatingSystem.IsWindows() ? [new string('x', 150)] : [new string('x', 150), new string('x', 248), "con", "LPT1"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_item_of_the_registry_is_listed_switched_and_removed(string id)
    {
        Register(id);
        test.Write($"extensions/installed/{id}/manifest.yaml", TestHome.Manifest(id));
        using PackageStore store = test.Open();

        Assert.Equal([id], store.GetItems().Select(item => item.Id));
        Assert.False(store.SetEnabled(store.FindItem(id, null), enabled: false, TestContext.Current.CancellationToken).Enabled);
        store.Remove(store.FindItem(id, null), TestContext.Current.CancellationToken);

        Assert.Empty(test.Items());
        Assert.False(Directory.Exists(test.Home.ItemFolder(ItemType.Extension, id)));
    }

    [Fact]
    public void A_folder_that_is_not_registered_is_removed()
    {
        string id = new('x', 150);
        test.Write($"extensions/installed/{id}/manifest.yaml", TestHome.Manifest(id));
        using PackageStore store = test.Open();

        store.Remove(store.FindItem(id, null), TestContext.Current.CancellationToken);

        Assert.False(Directory.Exists(test.Home.ItemFolder(ItemType.Extension, id)));
    }

    [Fact]
    public void A_package_may_not_have_such_an_id() =>
        Assert.Equal(ErrorIds.ManifestInvalid, test.ImportFails(test.ExtensionZip(new string('x', 150))).ErrorId);

    private void Register(string id) => test.Write(
        "registry/installed.json",
        $$"""
        [
          {
            "id": "{{id}}",
            "type": "extension",
            "name": "{{id}}",
            "version": "1.0.0",
            "enabled": true,
            "installed_at": "2026-01-02T03:04:05Z",
            "last_updated_at": "2026-01-02T03:04:05Z",
            "source_path": "x"
          }
        ]
        """);
}
