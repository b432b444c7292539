using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>Former versions of items, and how they come back.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly TestHome test = new(inMemory: true);

    public void Dispose() => test.Dispose();

    [Fact]
    public void Backups_are_listed_the_newest_first()
    {
        Install("alpha", "1.0.0", "2.0.0", "3.0.0");
        test.Import(test.ModuleZip("crew", "1.0.0"));
        test.Import(test.ModuleZip("crew", "1.1.0"));

        IReadOnlyList<ItemBackup> backups = Backups(_ => true);

        Assert.Equal(["AgenticModule crew 1.0.0", "Extension alpha 2.0.0", "Extension alpha 1.0.0"], backups.Select(b => $"{b.Type} {b.Id} {b.Version}"));
        ItemBackup newest = backups[1];
        Assert.Equal(Path.Combine(test.Home.BackupFolder(ItemType.Extension, "alpha"), newest.Name), newest.Path);
        Assert.Equal(newest.Name, newest.CreatedAt.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture));
        Assert.Equal(2, newest.FileCount);
        Assert.Equal(new DirectoryInfo(newest.Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length), newest.Length);
        Assert.Empty(Backups(id => id == "beta"));
    }

    [Fact]
    public void Restore_after_restore_goes_back_and_forth_and_loses_no_version()
    {
        Install("alpha", "1.0.0", "2.0.0", "3.0.0");
        using (PackageStore store = test.Open())
        {
            store.SetEnabled(store.FindItem("alpha", null), enabled: false, default);
        }

        DateTimeOffset? installedAt = test.Item("alpha").InstalledAt;
        IReadOnlyDictionary<string, string> third = TestHome.Tree(test.Home.ItemFolder(ItemType.Extension, "alpha"));

        ImportedItem second = Restore("alpha");
        Assert.Equal((ImportedItem.Restored, "2.0.0", "3.0.0", false), (second.Status, second.Version, second.PreviousVersion, second.Enabled));
        Assert.Equal(["3.0.0", "1.0.0"], Backups(_ => true).Select(backup => backup.Version));
        Assert.Equal("3.0.0", Restore("alpha").Version);
        Assert.Equal(["2.0.0", "1.0.0"], Backups(_ => true).Select(backup => backup.Version));

        Assert.Equal(third, TestHome.Tree(test.Home.ItemFolder(ItemType.Extension, "alpha")));
        Assert.Equal((installedAt, false), (test.Item("alpha").InstalledAt, test.Item("alpha").Enabled));
        using PackageStore reader = test.Open();
        Assert.Equal(ItemIntegrity.Intact, reader.Verify(reader.FindItem("alpha", null), default).Status);
        test.AssertNoStaging();
    }

    [Fact]
    public void A_backup_is_restored_by_its_name()
    {
        Install("alpha", "1.0.0", "2.0.0", "3.0.0");
        string oldest = Backups(_ => true)[^1].Name;

        Assert.Equal("1.0.0", Restore("alpha", oldest).Version);
        Assert.Equal(["3.0.0", "2.0.0"], Backups(_ => true).Select(backup => backup.Version));
        Assert.Equal("body of 1.0.0", File.ReadAllText(Path.Combine(test.Home.ItemFolder(ItemType.Extension, "alpha"), "templates", "body.txt")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_item_that_was_lost_comes_back(bool isRegistered)
    {
        Install("alpha", "1.0.0", "2.0.0");
        Directory.Delete(test.Home.ItemFolder(ItemType.Extension, "alpha"), recursive: true);
        if (!isRegistered)
        {
            using PackageStore store = test.Open();
            store.Sync(store.PlanSync(default), _ => true, default);
            Assert.Empty(store.GetItems());
        }

        ImportedItem item = Restore("alpha");

        Assert.Equal(("1.0.0", isRegistered ? "2.0.0" : null), (item.Version, item.PreviousVersion));
        Assert.Equal("1.0.0", test.Item("alpha").Version);
        Assert.Empty(Backups(_ => true));
    }

    [Theory]
    [InlineData("version: one\n")]
    [InlineData("")]
    public void A_backup_that_is_no_item_any_more_is_refused_and_stays(string manifest)
    {
        Install("alpha", "1.0.0", "2.0.0");
        ItemBackup backup = Assert.Single(Backups(_ => true));
        File.WriteAllText(Path.Combine(backup.Path, "manifest.yaml"), manifest);
        string before = TestHome.Snapshot(test.Root);

        LlamaGateException refusal = Assert.Throws<LlamaGateException>(() => Restore("alpha"));

        Assert.Equal(ErrorIds.ManifestInvalid, refusal.ErrorId);
        Assert.Equal(before, TestHome.Snapshot(test.Root));
        Assert.Equal(string.Empty, Assert.Single(Backups(_ => true)).Version);
    }

    [Fact]
    public void A_backup_with_a_link_in_it_is_refused()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "Making links takes a privilege on Windows.");
        Install("alpha", "1.0.0", "2.0.0");
        File.CreateSymbolicLink(Path.Combine(Assert.Single(Backups(_ => true)).Path, "link"), "/etc/passwd");

        Assert.Equal(ErrorIds.ManifestInvalid, Assert.Throws<LlamaGateException>(() => Restore("alpha")).ErrorId);
        Assert.Equal("2.0.0", test.Item("alpha").Version);
    }

    [Theory]
    [InlineData("beta", null)]
    [InlineData("alpha", "20260101-000000-000")]
    [InlineData("alpha", "../../x")]
    public void A_backup_that_is_not_there_is_told(string id, string? name)
    {
        Install("alpha", "1.0.0", "2.0.0");

        Assert.Equal(ErrorIds.ItemNotFound, Assert.Throws<LlamaGateException>(() => Restore(id, name)).ErrorId);
    }

    [Fact]
    public void An_id_that_both_types_have_asks_for_the_type()
    {
        Install("alpha", "1.0.0", "2.0.0");
        test.Import(test.ModuleZip("alpha", "1.0.0"));
        test.Import(test.ModuleZip("alpha", "1.1.0"));

        Assert.Equal(ErrorIds.AmbiguousId, Assert.Throws<LlamaGateException>(() => Restore("alpha")).ErrorId);
        using PackageStore store = test.Open();
        ItemBackup backup = store.FindBackup("alpha", ItemType.AgenticModule, null, default);
        Assert.Equal("1.0.0", store.Restore(backup, _ => true, default)!.Version);
    }

    [Fact]
    public void What_is_not_approved_changes_nothing_and_the_question_names_both_versions()
    {
        Install("alpha", "1.0.0", "2.0.0");
        string before = TestHome.Snapshot(test.Root);
        ImportPlan? plan = null;
        using PackageStore store = test.Open();

        Assert.Null(store.Restore(
            store.FindBackup("alpha", null, null, default),
            asked =>
            {
                plan = asked;
                return false;
            },
            default));

        Assert.Equal(("1.0.0", "2.0.0", ImportedItem.Restored), (plan!.Version, plan.PreviousVersion, plan.Status));
        Assert.Equal(before, TestHome.Snapshot(test.Root));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void As_many_backups_are_kept_as_are_asked_for(int count)
    {
        foreach (string version in new[] { "1.0.0", "2.0.0", "3.0.0", "4.0.0" })
        {
            Assert.Null(Assert.Single(test.Import(new ImportOptions(backupCount: count), test.ExtensionZip("alpha", version, body: version))).Error);
        }

        Assert.Equal(new[] { "3.0.0", "2.0.0", "1.0.0" }.Take(count), Backups(_ => true).Select(backup => backup.Version));
        test.AssertNoStaging();
    }

    private void Install(string id, params string[] versions)
    {
        foreach (string version in versions)
        {
            test.Import(test.ExtensionZip(id, version, body: "body of " + version));
        }
    }

    private IReadOnlyList<ItemBackup> Backups(Func<string, bool> isMeant)
    {
        using PackageStore store = test.Open();
        return store.FindBackups(isMeant, null, TestContext.Current.CancellationToken);
    }

    private ImportedItem Restore(string id, string? name = null)
    {
        using PackageStore store = test.Open();
        return store.Restore(store.FindBackup(id, null, name, TestContext.Current.CancellationToken), _ => true, TestContext.Current.CancellationToken)!;
    }
}
