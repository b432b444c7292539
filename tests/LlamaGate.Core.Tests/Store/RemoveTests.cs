using System;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

public sealed class RemoveTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void Everything_of_the_item_goes_and_nothing_of_any_other()
    {
        test.Import(test.ExtensionZip("x", "1.0.0"));
        test.Import(test.ExtensionZip("x", "2.0.0"));
        test.Import(test.ExtensionZip("y"));
        test.Write("extensions/installed/backups/x/20260101-000000/manifest.yaml", "old");
        test.Write("extensions/installed/backups/y/20260101-000000/manifest.yaml", "old");
        Assert.True(File.Exists(test.Home.ChecksumsFile(ItemType.Extension, "x")));

        InstalledItem removed = Remove("x");

        Assert.Equal("2.0.0", removed.Version);
        Assert.Equal(["y"], test.Items().Select(item => item.Id));
        Assert.Empty(Directory.EnumerateFileSystemEntries(test.Home.Path, "x*", SearchOption.AllDirectories));
        Assert.True(Directory.Exists(test.Home.GatewayBackupFolder(ItemType.Extension, "y")));
        test.AssertNoStaging();
    }

    [Fact]
    public void An_item_whose_id_is_that_of_the_gateways_backups_but_for_case_is_removed_where_case_counts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it is the same folder.");
        test.Import(test.ExtensionZip("Backups"));
        test.Write("extensions/installed/backups/x/20260101-000000/manifest.yaml", "old");

        Operation.Run(test.Context(), "remove", "Backups");

        Assert.Equal("backups", Path.GetFileName(Assert.Single(Directory.GetDirectories(test.Home.InstalledFolder(ItemType.Extension)))));
        Directory.CreateDirectory(test.Home.ItemFolder(ItemType.Extension, "BACKUPS"));
        using PackageStore store = test.Open();
        Assert.Equal(["BACKUPS"], store.PlanSync(default).Changes.Select(change => change.Id));
    }

    [Fact]
    public void What_lies_in_an_item_that_is_called_as_the_gateways_backups_are_is_its_own()
    {
        test.Import(test.ExtensionZip("x"));
        test.Import(test.Zip("backups.zip", ("manifest.yaml", TestHome.Manifest("backups")), ("x/mine.txt", "keep")));

        Remove("x");

        Assert.Equal("keep", test.Read("extensions/installed/backups/x/mine.txt"));
        Assert.Contains(test.Log.Warnings, line => line.Contains("backups", StringComparison.Ordinal));
    }

    [Fact]
    public void An_item_that_is_only_registered_or_only_on_disk_goes_as_well()
    {
        test.Import(test.ExtensionZip("gone"));
        Directory.Delete(test.Home.ItemFolder(ItemType.Extension, "gone"), recursive: true);
        test.Write("agentic-modules/installed/loose/readme.txt", "no manifest even");

        Remove("gone");
        Remove("loose");

        Assert.Empty(test.Items());
        Assert.False(Directory.Exists(test.Home.ItemFolder(ItemType.AgenticModule, "loose")));
    }

    [Fact]
    public void A_source_path_elsewhere_is_left_alone_with_a_warning()
    {
        string elsewhere = test.Folder("elsewhere", ("manifest.yaml", TestHome.Manifest("x")));
        test.Write("registry/installed.json", $$"""[{"id":"x","type":"extension","enabled":true,"source_path":"{{elsewhere.Replace("\\", "\\\\", StringComparison.Ordinal)}}"}]""");

        Remove("x");

        Assert.Empty(test.Items());
        Assert.True(File.Exists(Path.Combine(elsewhere, "manifest.yaml")));
        Assert.Contains(test.Log.Warnings, line => line.Contains(elsewhere, StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_in_the_place_of_the_folder_is_removed_and_not_followed()
    {
        string elsewhere = test.Folder("elsewhere", ("manifest.yaml", TestHome.Manifest("x")));
        test.Write("registry/installed.json", """[{"id":"x","type":"extension","enabled":true}]""");
        Directory.CreateDirectory(test.Home.InstalledFolder(ItemType.Extension));
        string link = test.Home.ItemFolder(ItemType.Extension, "x");
        TestLink.ToFolder(link, elsewhere);

        Remove("x");

        Assert.False(Path.Exists(link));
        Assert.True(File.Exists(Path.Combine(elsewhere, "manifest.yaml")));
        Assert.Empty(test.Items());
    }

    [Fact]
    public void A_link_on_the_way_to_the_folder_is_refused()
    {
        string elsewhere = test.Folder("elsewhere", ("x/manifest.yaml", TestHome.Manifest("x")));
        test.Write("registry/installed.json", """[{"id":"x","type":"extension","enabled":true}]""");
        Directory.CreateDirectory(Path.Combine(test.Home.Path, "extensions"));
        TestLink.ToFolder(test.Home.InstalledFolder(ItemType.Extension), elsewhere);

        Assert.Equal(ErrorIds.RemoveFailed, Assert.Throws<LlamaGateException>(() => Remove("x")).ErrorId);

        Assert.True(File.Exists(Path.Combine(elsewhere, "x", "manifest.yaml")));
        Assert.Single(test.Items());
    }

    private InstalledItem Remove(string id)
    {
        using PackageStore store = test.Open();
        return store.Remove(store.FindItem(id, null), default);
    }
}
