using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

// Longer than 300 lines because import is one operation, and its cases share one store.

public sealed class ImportTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void A_first_import_installs_the_files_and_registers_the_item()
    {
        ImportedItem item = test.Import(test.ExtensionZip("my-ext"));

        Assert.Equal(ImportedItem.Installed, item.Status);
        Assert.Null(item.PreviousVersion);
        Assert.Equal("my-ext", item.Id);
        Assert.Equal("Extension", item.Type);
        Assert.True(item.Enabled);
        Assert.Equal(test.Home.ItemFolder(ItemType.Extension, "my-ext"), item.Path);
        Assert.Equal("hello", test.Read("extensions/installed/my-ext/templates/body.txt"));
        Assert.Equal("1.0.0", test.Item("my-ext").Version);
        test.AssertNoStaging();
    }

    [Fact]
    public void The_registry_has_the_gateways_fields_in_the_gateways_order()
    {
        test.Import(test.ExtensionZip("my-ext"));

        string json = test.Read("registry/installed.json");
        string[] lines = json.Split('\n');
        Assert.Equal("[", lines[0]);
        Assert.Equal("]", lines[^1]);
        Assert.Equal(
            ["id", "type", "name", "version", "enabled", "installed_at", "last_updated_at", "source_path"],
            lines.Where(line => line.StartsWith("    \"", StringComparison.Ordinal)).Select(line => line.Split('"')[1]));
        Assert.DoesNotContain('\r', json);
        Assert.False(File.Exists(test.Home.JournalFile));
    }

    [Fact]
    public void An_update_keeps_state_install_time_and_the_previous_version()
    {
        ImportedItem first = test.Import(test.ExtensionZip("my-ext", "1.0.0", "one"));
        using (PackageStore store = test.Open())
        {
            store.SetEnabled(store.FindItem("my-ext", null), enabled: false, default);
        }

        ImportedItem second = test.Import(test.ExtensionZip("my-ext", "2.0.0", "two"));

        Assert.Equal(ImportedItem.Updated, second.Status);
        Assert.Equal("1.0.0", second.PreviousVersion);
        Assert.False(second.Enabled);
        Assert.Equal(first.InstalledAt, second.InstalledAt);
        Assert.True(second.LastUpdatedAt > first.LastUpdatedAt);
        Assert.Equal("two", test.Read("extensions/installed/my-ext/templates/body.txt"));
        string backup = Assert.Single(Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "my-ext")));
        Assert.Equal("one", File.ReadAllText(Path.Combine(backup, "templates", "body.txt")));
        test.AssertNoStaging();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_newest_two_backups_are_kept_with_or_without_an_exchange(bool mayExchange)
    {
        for (int i = 1; i <= 5; i++)
        {
            using PackageStore store = test.Open(context => context.MayExchange = mayExchange);
            ImportOutcome outcome = Assert.Single(store.Import([test.ExtensionZip("x", $"{i}.0.0", $"body {i}")], new ImportOptions(), _ => true, default));
            Assert.Null(outcome.Error);
        }

        Assert.Equal(
            ["body 3", "body 4"],
            Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "x")).Order(StringComparer.Ordinal)
                .Select(folder => File.ReadAllText(Path.Combine(folder, "templates", "body.txt"))));
        Assert.Equal("body 5", test.Read("extensions/installed/x/templates/body.txt"));
        test.AssertNoStaging();
    }

    [Fact]
    public void Two_backups_in_one_millisecond_and_a_clock_that_goes_back_keep_their_order()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 0, TimeSpan.Zero);
        string[] versions = ["1.0.0", "2.0.0", "3.0.0"];
        foreach (string version in versions)
        {
            using PackageStore store = test.Open(context => context.Clock = () => now);
            Assert.Null(Assert.Single(store.Import([test.ExtensionZip("x", version, version)], new ImportOptions(), _ => true, default)).Error);
            now = now.AddHours(version == "2.0.0" ? -5 : 0);
        }

        Assert.Equal(
            ["20260301-120000-000", "20260301-120000-001"],
            Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "x")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("21260301-120000-000")]
    [InlineData("99981231-235959-999")]
    [InlineData("99991231-235959-999")]
    public void A_backup_from_the_future_is_in_nobodys_way(string name)
    {
        test.Import(test.ExtensionZip("x", "1.0.0"));
        test.Write($"extensions/backups/x/{name}/manifest.yaml", TestHome.Manifest("x", "0.1.0"));

        Assert.Equal(ImportedItem.Updated, test.Import(test.ExtensionZip("x", "2.0.0")).Status);

        Assert.Equal(2, Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "x")).Length);
    }

    [Fact]
    public void The_same_content_again_is_unchanged_and_writes_nothing()
    {
        string zip = test.ExtensionZip("my-ext");
        test.Import(zip);
        string before = TestHome.Snapshot(test.Home.Path);

        ImportedItem again = test.Import(zip);

        Assert.Equal(ImportedItem.Unchanged, again.Status);
        Assert.Equal("1.0.0", again.PreviousVersion);
        Assert.Equal(before, TestHome.Snapshot(test.Home.Path));
    }

    [Fact]
    public void Force_installs_the_same_content_again()
    {
        string zip = test.ExtensionZip("my-ext");
        test.Import(zip);

        Assert.Equal(ImportedItem.Updated, test.Import(zip, force: true).Status);
        Assert.Single(Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "my-ext")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_text_that_is_no_path_is_an_error_like_any_other(string path) =>
        Assert.Equal(ErrorIds.PackageNotFound, test.ImportFails(path).ErrorId);

    [Fact]
    public void Outcomes_come_in_order_and_a_bad_package_stops_no_other()
    {
        string missing = Path.Combine(test.Root, "missing.zip");
        string[] paths = [test.ExtensionZip("a"), missing, test.ExtensionZip("b"), test.ModuleZip("c")];

        IReadOnlyList<ImportOutcome> outcomes = test.Import(new ImportOptions(), paths);

        Assert.Equal(paths, outcomes.Select(outcome => outcome.SourcePath));
        Assert.Equal(["a", null, "b", "c"], outcomes.Select(outcome => outcome.Item?.Id));
        Assert.Equal(ErrorIds.PackageNotFound, outcomes[1].Error!.ErrorId);
        Assert.Equal(["c", "a", "b"], test.Items().Select(item => item.Id));
    }

    [Fact]
    public void Two_versions_in_one_call_are_installed_one_after_the_other()
    {
        IReadOnlyList<ImportOutcome> outcomes = test.Import(
            new ImportOptions(), test.ExtensionZip("x", "1.0.0", "1"), test.ExtensionZip("x", "2.0.0", "2"), test.ExtensionZip("x", "1.5.0", "3"));

        Assert.Equal([ImportedItem.Installed, ImportedItem.Updated, ImportedItem.Downgraded], outcomes.Select(outcome => outcome.Item!.Status));
        Assert.Equal([null, "1.0.0", "2.0.0"], outcomes.Select(outcome => outcome.Item!.PreviousVersion));
        Assert.Contains(test.Log.Verboses, line => line.StartsWith("Downgraded", StringComparison.Ordinal));
        Assert.Contains("1.5.0 is now installed, not 2.0.0", Assert.Single(test.Log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_differs_only_by_case_is_a_conflict()
    {
        test.Import(test.ExtensionZip("my-ext"));

        LlamaGateException error = test.ImportFails(test.ExtensionZip("My-Ext"));

        Assert.Equal(ErrorIds.IdConflict, error.ErrorId);
        Assert.Single(test.Items());
    }

    [Fact]
    public void The_same_id_in_both_types_is_allowed_with_a_warning()
    {
        test.Import(test.ExtensionZip("twin"));
        test.Import(test.ModuleZip("twin"));

        Assert.Equal(["AgenticModule", "Extension"], test.Items().Select(item => item.Type));
        Assert.Contains(test.Log.Warnings, line => line.Contains("keys its registry by the id", StringComparison.Ordinal));
    }

    [Fact]
    public void Checking_only_names_the_plan_and_leaves_no_trace()
    {
        var plans = new List<ImportPlan>();
        using (PackageStore store = test.Open())
        {
            Assert.Empty(store.Import([test.ExtensionZip("x", "1.2.3")], new ImportOptions(checkOnly: true), plan => { plans.Add(plan); return true; }, default));
        }

        ImportPlan plan = Assert.Single(plans);
        Assert.Equal(("x", "Extension", "1.2.3", ImportedItem.Installed), (plan.Id, plan.Type, plan.Version, plan.Status));
        Assert.False(Directory.Exists(test.Home.Path));
    }

    [Fact]
    public void A_declined_package_leaves_no_trace()
    {
        using (PackageStore store = test.Open())
        {
            Assert.Empty(store.Import([test.ExtensionZip("x")], new ImportOptions(), _ => false, default));
        }

        Assert.False(Directory.Exists(test.Home.Path));
    }

    [Fact]
    public void An_enumeration_that_is_left_early_has_saved_what_it_returned_and_nothing_half_done()
    {
        string[] zips = [.. Enumerable.Range(0, 50).Select(i => test.ExtensionZip($"x{i:00}"))];
        string first;
        using (PackageStore store = test.Open())
        {
            first = store.Import(zips, new ImportOptions(), _ => true, default).First().Item!.Id;
        }

        IReadOnlyList<InstalledItem> items = test.Items();
        Assert.Contains(items, item => item.Id == first);
        Assert.All(items, item => Assert.True(File.Exists(Path.Combine(item.Path, "manifest.yaml"))));
        Assert.Equal(items.Count, Directory.GetDirectories(test.Home.InstalledFolder(ItemType.Extension)).Length);
        Assert.False(File.Exists(test.Home.JournalFile));
        test.AssertNoStaging();
    }

    [Fact]
    public void A_file_in_the_place_of_the_items_folder_is_refused()
    {
        test.Write("extensions/installed/x", "not a folder");

        Assert.Equal(ErrorIds.InstallFailed, test.ImportFails(test.ExtensionZip("x")).ErrorId);
        Assert.Equal("not a folder", test.Read("extensions/installed/x"));
    }

    [Theory]
    [InlineData("extensions/installed/x")]
    [InlineData("extensions/installed")]
    [InlineData("extensions")]
    [InlineData("tmp")]
    [InlineData("tmp/import")]
    [InlineData("registry")]
    public void A_link_inside_the_home_is_never_followed(string link)
    {
        string elsewhere = test.Folder("elsewhere", ("keep.txt", "keep"));
        string path = Path.Combine(test.Home.Path, link);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        TestLink.ToFolder(path, elsewhere);

        LlamaGateException error = test.ImportFails(test.ExtensionZip("x"));

        Assert.Equal(ErrorIds.InstallFailed, error.ErrorId);
        Assert.Contains("link", error.Message, StringComparison.Ordinal);
        Assert.Equal(["keep.txt"], TestHome.Tree(elsewhere).Keys);
    }

    [Fact]
    public void The_home_itself_may_be_a_link()
    {
        string real = test.Folder("real", ("other.txt", "other"));
        TestLink.ToFolder(test.Home.Path, real);

        test.Import(test.ExtensionZip("x"));

        Assert.Equal("1.0.0", test.Item("x").Version);
        Assert.True(File.Exists(Path.Combine(real, "extensions", "installed", "x", "manifest.yaml")));
    }

    [Fact]
    public void An_unregistered_folder_of_the_same_id_is_updated_and_kept_as_a_backup()
    {
        test.Write("extensions/installed/x/manifest.yaml", TestHome.Manifest("x", "0.9.0"));

        ImportedItem item = test.Import(test.ExtensionZip("x"));

        Assert.Equal((ImportedItem.Updated, "0.9.0"), (item.Status, item.PreviousVersion));
        Assert.Single(Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "x")));
    }

    [Fact]
    public void A_folder_is_a_package_too()
    {
        string folder = test.Folder("src", ("manifest.yaml", TestHome.Manifest("x")), ("a/b/c.txt", "deep"));
        Directory.CreateDirectory(Path.Combine(folder, "empty"));

        ImportedItem item = test.Import(folder);

        Assert.Equal("deep", File.ReadAllText(Path.Combine(item.Path, "a", "b", "c.txt")));
        Assert.True(Directory.Exists(Path.Combine(item.Path, "empty")));
    }

    [Fact]
    public void The_gateways_backups_are_not_replaced_by_an_item_of_that_name()
    {
        string backup = test.Write("extensions/installed/backups/x/20260101-000000/manifest.yaml", "the gateway's");

        LlamaGateException error = test.ImportFails(test.ExtensionZip("backups"));

        Assert.Equal(ErrorIds.IdConflict, error.ErrorId);
        Assert.Equal("the gateway's", File.ReadAllText(backup));
        Assert.Empty(test.Items());
    }
}
