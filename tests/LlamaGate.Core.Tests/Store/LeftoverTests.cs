using System;
using System.IO;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>What the gateway's commands leave behind, and what a sync does with it (contract, section 9).</summary>
public sealed class LeftoverTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void A_sync_clears_what_belongs_to_items_that_are_gone()
    {
        test.Import(test.ExtensionZip("kept", "1.0.0"));
        test.Import(test.ExtensionZip("kept", "2.0.0"));
        string checksums = test.Write("registry/checksums/extension/gone.sha256", string.Empty);
        string old = Path.GetDirectoryName(test.Write("extensions/backups/gone/20260101-000000-000/manifest.yaml", TestHome.Manifest("gone")))!;
        string young = Path.GetDirectoryName(test.Write("extensions/backups/late/20260215-000000-000/manifest.yaml", TestHome.Manifest("late")))!;

        Sync();

        Assert.False(File.Exists(checksums));
        Assert.False(Directory.Exists(Path.GetDirectoryName(old)));
        Assert.True(Directory.Exists(young));
        Assert.True(File.Exists(test.Home.ChecksumsFile(ItemType.Extension, "kept")));
        Assert.Single(Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "kept")));
        test.AssertNoStaging();
    }

    [Fact]
    public void Backups_of_an_item_whose_folder_is_gone_stay_for_30_days()
    {
        test.Import(test.ExtensionZip("lost", "1.0.0"));
        test.Import(test.ExtensionZip("lost", "2.0.0"));
        Directory.Delete(test.Home.ItemFolder(ItemType.Extension, "lost"), recursive: true);
        using PackageStore store = test.Open();

        store.Sync(store.PlanSync(default), _ => true, default);
        store.Sync(store.PlanSync(default), _ => true, default);

        Assert.Single(Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "lost")));
    }

    [Fact]
    public void A_sync_clears_staging_of_the_gateway_that_is_older_than_a_day()
    {
        string old = Staging("tmp/import/import-1", Now.AddDays(-2));
        string young = Staging("tmp/import/import-2", Now.AddHours(-2));
        string install = Staging("tmp/install/x", Now.AddDays(-2));
        string foreign = Staging("tmp/import/mine", Now.AddDays(-2));

        Sync();

        Assert.Equal((false, true, false, true), (Directory.Exists(old), Directory.Exists(young), Directory.Exists(install), Directory.Exists(foreign)));
    }

    [Fact]
    public void A_copy_that_a_killed_update_left_is_named_and_can_be_imported()
    {
        string copy = Path.GetDirectoryName(test.Write("extensions/installed/backups/lost/20260101-000000/manifest.yaml", TestHome.Manifest("lost")))!;
        test.Write("registry/checksums/extension/gone.sha256", string.Empty);

        Sync();

        Assert.Contains($"left a copy of it at '{copy}'", Assert.Single(test.Log.Warnings), StringComparison.Ordinal);
        Assert.Equal("lost", test.Import(copy).Id);
    }

    [Fact]
    public void What_a_link_leads_to_is_left_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "needs links");
        string outside = test.Folder("outside", ("20260101-000000-000/manifest.yaml", TestHome.Manifest("x")));
        Directory.CreateDirectory(Path.Combine(test.Home.Path, "extensions", "backups"));
        Directory.CreateSymbolicLink(Path.Combine(test.Home.Path, "extensions", "backups", "gone"), outside);

        Sync();

        Assert.True(File.Exists(Path.Combine(outside, "20260101-000000-000", "manifest.yaml")));
    }

    private string Staging(string path, DateTimeOffset time)
    {
        string folder = Path.GetDirectoryName(test.Write(path + "/file", "x"))!;
        Directory.SetLastWriteTimeUtc(folder, time.UtcDateTime);
        return folder;
    }

    private void Sync()
    {
        using PackageStore store = test.Open(settings => settings.Clock = () => Now);
        store.Sync(store.PlanSync(TestContext.Current.CancellationToken), _ => true, TestContext.Current.CancellationToken);
    }
}
