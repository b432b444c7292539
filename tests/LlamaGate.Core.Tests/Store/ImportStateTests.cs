using System;
using System.IO;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>In which state items end that are imported disabled, and what is told of versions.</summary>
public sealed class ImportStateTests : IDisposable
{
    private static readonly ImportOptions Disabled = new(disabled: true);

    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void An_item_that_is_imported_disabled_is_never_registered_as_enabled()
    {
        ImportOutcome outcome = Assert.Single(test.Import(Disabled, test.ExtensionZip("a")));

        Assert.Equal((ImportedItem.Installed, false), (outcome.Item!.Status, outcome.Item.Enabled));
        Assert.False(test.Item("a").Enabled);
    }

    [Fact]
    public void An_update_disables_too_and_a_backup_is_kept()
    {
        test.Import(test.ExtensionZip("a"));

        ImportedItem item = Assert.Single(test.Import(Disabled, test.ExtensionZip("a", "2.0.0"))).Item!;

        Assert.Equal((ImportedItem.Updated, false), (item.Status, item.Enabled));
        Assert.False(test.Item("a").Enabled);
        Assert.Single(Directory.EnumerateDirectories(test.Home.BackupFolder(ItemType.Extension, "a")));
    }

    [Fact]
    public void What_is_unchanged_is_disabled_and_not_written_again()
    {
        string zip = test.ExtensionZip("a");
        test.Import(zip);

        ImportedItem item = Assert.Single(test.Import(Disabled, zip)).Item!;

        Assert.Equal((ImportedItem.Unchanged, false), (item.Status, item.Enabled));
        Assert.False(test.Item("a").Enabled);
        Assert.False(Directory.Exists(test.Home.BackupFolder(ItemType.Extension, "a")));
    }

    [Fact]
    public void A_check_says_so_and_changes_nothing()
    {
        string zip = test.ExtensionZip("a");
        test.Import(zip);
        string before = TestHome.Snapshot(test.Home.Path);
        ImportPlan? plan = null;

        using (PackageStore store = test.Open())
        {
            var options = new ImportOptions(checkOnly: true, disabled: true);
            Assert.Empty(store.Import([zip], options, seen => (plan = seen) is null, TestContext.Current.CancellationToken));
        }

        Assert.Equal((ImportedItem.Unchanged, true), (plan!.Status, plan.Disables));
        Assert.Equal(before, TestHome.Snapshot(test.Home.Path));
    }

    [Fact]
    public void An_older_version_is_a_downgrade_without_a_warning_when_it_is_the_only_one()
    {
        test.Import(test.ExtensionZip("a", "1.10.0"));

        Assert.Equal(ImportedItem.Downgraded, test.Import(test.ExtensionZip("a", "1.9.0")).Status);
        Assert.Empty(test.Log.Warnings);
    }

    [Fact]
    public void Versions_that_rise_are_no_warning()
    {
        test.Import(new ImportOptions(), test.ExtensionZip("a", "1.9.0"), test.ExtensionZip("a", "1.10.0"));

        Assert.Empty(test.Log.Warnings);
    }
}
