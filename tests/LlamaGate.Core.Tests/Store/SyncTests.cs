using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

public sealed class SyncTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void The_disk_is_the_truth()
    {
        test.Import(test.ExtensionZip("stays"));
        test.Import(test.ExtensionZip("gone"));
        test.Import(test.ModuleZip("changed"));
        using (PackageStore store = test.Open())
        {
            store.SetEnabled(store.FindItem("changed", null), enabled: false, default);
        }

        InstalledItem before = test.Item("changed");
        Directory.Delete(test.Home.ItemFolder(ItemType.Extension, "gone"), recursive: true);
        test.Write("agentic-modules/installed/changed/agenticmodule.yaml", "name: changed\nversion: 1.1.0\ndescription: d\nsteps:\n  - extension: a\n");
        test.Write("extensions/installed/added/manifest.yaml", TestHome.Manifest("added"));
        test.Write("extensions/installed/broken/manifest.yaml", "name: [");
        test.Write("extensions/installed/no id/manifest.yaml", TestHome.Manifest("x"));

        IReadOnlyList<SyncChange> changes = Sync();

        Assert.Equal(
            ["Updated changed", "Added added", "Skipped broken", "Removed gone", "Skipped no id"],
            changes.Select(change => $"{change.Status} {change.Id}"));
        Assert.Equal(["changed", "added", "stays"], test.Items().Select(item => item.Id));
        InstalledItem after = test.Item("changed");
        Assert.Equal((false, "1.1.0", before.InstalledAt), (after.Enabled, after.Version, after.InstalledAt));
        Assert.All(changes.Where(change => change.Status == SyncChange.Skipped), change => Assert.NotEmpty(change.Reason));
        Assert.Equal(["Skipped", "Skipped"], Sync().Select(change => change.Status));
    }

    [Fact]
    public void A_plan_writes_nothing_and_a_declined_change_is_not_made()
    {
        test.Import(test.ExtensionZip("gone"));
        Directory.Delete(test.Home.ItemFolder(ItemType.Extension, "gone"), recursive: true);
        string before = TestHome.Snapshot(test.Home.Path);
        using PackageStore store = test.Open();

        SyncPlan plan = store.PlanSync(default);
        Assert.Empty(store.Sync(plan, _ => false, default));

        Assert.Single(plan.Changes);
        Assert.Equal(before, TestHome.Snapshot(test.Home.Path));
    }

    [Fact]
    public void What_has_changed_since_it_was_compared_is_left_alone()
    {
        test.Import(test.ExtensionZip("x"));
        test.Import(test.ExtensionZip("y"));
        test.Write("extensions/installed/x/manifest.yaml", TestHome.Manifest("x", "1.0.1"));
        test.Write("extensions/installed/y/manifest.yaml", TestHome.Manifest("y", "1.0.1"));
        using PackageStore store = test.Open();
        SyncPlan plan = store.PlanSync(default);
        test.Import(test.ExtensionZip("x", "2.0.0"));
        Operation.Run(test.Context(), "disable", "y");

        IReadOnlyList<SyncChange> changes = store.Sync(plan, _ => true, default);

        Assert.Equal(["y"], changes.Select(change => change.Id));
        Assert.Equal(["x 2.0.0 True", "y 1.0.1 False"], test.Items().Select(item => $"{item.Id} {item.Version} {item.Enabled}"));
        Assert.Empty(Sync());
    }

    [Theory]
    [InlineData("extensions")]
    [InlineData("extensions/installed")]
    public void A_file_in_the_place_of_the_items_is_no_reason_to_forget_them(string place)
    {
        test.Import(test.ExtensionZip("x"));
        string folder = Path.GetFullPath(Path.Combine(test.Home.Path, place));
        Directory.Move(folder, Path.Combine(test.Root, "elsewhere"));
        File.WriteAllText(folder, "a file");

        var error = Assert.Throws<LlamaGateException>(() => Sync());

        Assert.Contains(folder, error.Message, StringComparison.Ordinal);
        Assert.Equal("x", Assert.Single(test.Items()).Id);
    }

    [Fact]
    public void A_path_that_is_wrong_is_corrected()
    {
        test.Import(test.ExtensionZip("x"));
        string installed = Path.DirectorySeparatorChar == '/' ? "installed/" : @"installed\\";
        string registry = test.Read("registry/installed.json").Replace(installed + "x", installed + "y", StringComparison.Ordinal);
        test.Write("registry/installed.json", registry);

        Assert.Equal(SyncChange.Updated, Assert.Single(Sync()).Status);

        Assert.Contains(installed + "x\"", test.Read("registry/installed.json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData(null)]
    public void A_registry_that_is_corrupt_or_deleted_is_rebuilt_from_disk(string? content)
    {
        test.Import(test.ExtensionZip("x"));
        test.Import(test.ModuleZip("m"));
        File.Delete(test.Home.RegistryFile);
        if (content is not null)
        {
            File.WriteAllText(test.Home.RegistryFile, content);
        }

        IReadOnlyList<SyncChange> changes = Sync();

        Assert.Equal(["m", "x"], changes.Select(change => change.Id));
        Assert.Equal(["m", "x"], test.Items().Select(item => item.Id));
        string[] aside = Directory.GetFiles(test.Home.RegistryFolder, "installed.json.corrupt-*");
        Assert.Equal(content is null ? [] : [content], aside.Select(File.ReadAllText));
    }

    [Fact]
    public void A_corrupt_registry_and_an_empty_disk_give_an_empty_registry()
    {
        test.Write("registry/installed.json", "garbage");

        Assert.Empty(Sync());

        Assert.Equal("[]", test.Read("registry/installed.json"));
    }

    [Fact]
    public void A_link_is_skipped_and_left_alone()
    {
        string elsewhere = test.Folder("elsewhere", ("manifest.yaml", TestHome.Manifest("x")));
        Directory.CreateDirectory(test.Home.InstalledFolder(ItemType.Extension));
        TestLink.ToFolder(test.Home.ItemFolder(ItemType.Extension, "x"), elsewhere);

        SyncChange change = Assert.Single(Sync());

        Assert.Equal((SyncChange.Skipped, "x"), (change.Status, change.Id));
        Assert.Empty(test.Items());
    }

    [Fact]
    public void Another_id_in_the_manifest_is_a_warning_and_the_folder_decides()
    {
        test.Write("extensions/installed/folder-name/manifest.yaml", TestHome.Manifest("other-name"));

        Assert.Equal("folder-name", Assert.Single(Sync()).Id);

        Assert.Contains(test.Log.Warnings, line => line.Contains("folder-name", StringComparison.Ordinal));
    }

    [Fact]
    public void The_gateways_backups_are_no_item()
    {
        test.Write("extensions/installed/backups/x/20260101-000000/manifest.yaml", TestHome.Manifest("x"));

        Assert.Empty(Sync());
    }

    [Fact]
    public void A_home_that_is_not_there_is_in_order()
    {
        Assert.Empty(Sync());
        Assert.False(Directory.Exists(test.Home.Path));
    }

    private IReadOnlyList<SyncChange> Sync()
    {
        using PackageStore store = test.Open();
        return store.Sync(store.PlanSync(default), _ => true, default);
    }
}
