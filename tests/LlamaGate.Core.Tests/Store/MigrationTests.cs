using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

public sealed class MigrationTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void Every_item_below_is_copied_but_builtin_ones_and_a_modules_own()
    {
        string legacy = Legacy();

        List<MigratedItem> results = Migrate(legacy);

        Assert.Equal(
            [("a", "Extension", MigratedItem.Migrated), ("deep", "Extension", MigratedItem.Migrated), ("mod", "AgenticModule", MigratedItem.Migrated)],
            results.Select(result => (result.Id, result.Type!, result.Status)));
        Assert.Equal(["mod", "a", "deep"], test.Items().Select(item => item.Id));
        Assert.True(File.Exists(Path.Combine(test.Home.ItemFolder(ItemType.AgenticModule, "mod"), "extensions", "own", "manifest.yaml")));
        Assert.True(File.Exists(test.Home.MigrationMarker));
        Assert.True(File.Exists(Path.Combine(legacy, "a", "manifest.yaml")));
    }

    [Fact]
    public void A_finished_migration_runs_again_only_when_forced()
    {
        string legacy = Legacy();
        Migrate(legacy);
        test.Folder("legacy", ("late/manifest.yaml", TestHome.Manifest("late")));

        Assert.Empty(Migrate(legacy));
        Assert.Contains(test.Log.Warnings, line => line.Contains("-Force", StringComparison.Ordinal));

        Assert.Equal(
            ["Skipped", "Skipped", "Migrated", "Skipped"], Migrate(legacy, force: true).Select(result => result.Status));
    }

    [Fact]
    public void A_failure_stops_no_other_and_keeps_the_migration_open()
    {
        string legacy = test.Folder("legacy", ("a/manifest.yaml", "name: ["), ("b/manifest.yaml", TestHome.Manifest("b")));

        List<MigratedItem> results = Migrate(legacy);

        Assert.Equal([MigratedItem.Failed, MigratedItem.Migrated], results.Select(result => result.Status));
        Assert.Contains("manifest validation failed", results[0].Reason, StringComparison.Ordinal);
        Assert.False(File.Exists(test.Home.MigrationMarker));
    }

    [Fact]
    public void A_legacy_directory_that_is_the_homes_own_folder_of_extensions_is_migrated_without_what_the_store_keeps_there()
    {
        test.Import(test.ExtensionZip("x", "1.0.0"));
        test.Import(test.ExtensionZip("x", "2.0.0"));
        test.Write("extensions/old/manifest.yaml", TestHome.Manifest("old"));

        Operation.Run(test.Context(), "migrate", Path.Combine(test.Home.Path, "extensions"));

        Assert.Equal([("old", "1.0.0"), ("x", "2.0.0")], test.Items().Select(item => (item.Id, item.Version)));
        Assert.True(File.Exists(test.Home.MigrationMarker));
    }

    [Fact]
    public void Nothing_to_migrate_is_no_finished_migration()
    {
        string legacy = test.Folder("legacy", ("readme.txt", "nothing"));

        Assert.Empty(Migrate(legacy));

        Assert.False(Directory.Exists(test.Home.Path));
    }

    [Fact]
    public void A_link_in_the_legacy_directory_is_not_followed()
    {
        string legacy = test.Folder("legacy", ("a/manifest.yaml", TestHome.Manifest("a")));
        TestLink.ToFolder(Path.Combine(legacy, "b"), test.Folder("elsewhere", ("manifest.yaml", TestHome.Manifest("b"))));

        Assert.Equal(["a Migrated", "b Skipped"], Migrate(legacy).Select(result => $"{result.Id} {result.Status}"));
    }

    [Fact]
    public void Checking_only_offers_what_would_be_migrated_and_writes_nothing()
    {
        var offered = new List<string>();
        using PackageStore store = test.Open();

        Assert.Empty(store.Migrate(Legacy(), force: false, checkOnly: true, plan => { offered.Add(plan.Id); return true; }, default));

        Assert.Equal(["a", "deep", "mod"], offered);
        Assert.False(Directory.Exists(test.Home.Path));
    }

    [Fact]
    public void What_is_installed_meanwhile_is_skipped()
    {
        string legacy = test.Folder("legacy", ("m/manifest.yaml", TestHome.Manifest("m", "1.0.0")));
        using PackageStore store = test.Open();

        MigratedItem item = Assert.Single(store.Migrate(legacy, force: false, checkOnly: false, InstallAnother, default));

        Assert.Equal(MigratedItem.Skipped, item.Status);
        Assert.Equal("2.0.0", test.Item("m").Version);
        Assert.False(Directory.Exists(test.Home.BackupFolder(ItemType.Extension, "m")));
        test.AssertNoStaging();

        bool InstallAnother(ImportPlan plan)
        {
            test.Import(test.ExtensionZip(plan.Id, "2.0.0"));
            return true;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void What_is_no_path_is_an_error(string path)
    {
        using PackageStore store = test.Open();

        var error = Assert.Throws<LlamaGateException>(() => store.Migrate(path, force: false, checkOnly: false, _ => true, default).ToList());

        Assert.Equal(ErrorIds.SourcePathMissing, error.ErrorId);
        Assert.Equal(ErrorIds.SourcePathMissing, Assert.Throws<LlamaGateException>(() => store.Startup(path, checkOnly: true, default)).ErrorId);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_an_error()
    {
        LlamaGateException error = Assert.Throws<LlamaGateException>(() => Migrate(Path.Combine(test.Root, "missing")));

        Assert.Equal(ErrorIds.SourcePathMissing, error.ErrorId);
        Assert.Contains("source path does not exist", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("extensions/installed")]
    [InlineData("extensions/backups/x")]
    [InlineData("extensions")]
    [InlineData("")]
    public void The_home_itself_is_no_legacy_directory(string place)
    {
        test.Import(test.ExtensionZip("x", "1.0.0"));
        test.Import(test.ExtensionZip("x", "2.0.0"));
        Directory.Delete(test.Home.ItemFolder(ItemType.Extension, "x"), recursive: true);
        Operation.Run(test.Context(), "sync");
        string folder = Path.Combine(test.Home.Path, place);

        StartupReport report;
        using (PackageStore store = test.Open())
        {
            report = store.Startup(folder, checkOnly: false, default);
            if (place.Contains('/', StringComparison.Ordinal))
            {
                var error = Assert.Throws<LlamaGateException>(
                    () => store.Migrate(folder, force: false, checkOnly: false, _ => true, default).ToList());
                Assert.Equal(ErrorIds.SourcePathMissing, error.ErrorId);
                Assert.Contains("its own items", error.Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.Empty(store.Migrate(folder, force: false, checkOnly: false, _ => true, default));
            }
        }

        Assert.Empty(test.Items());
        Assert.Equal((0, 0), (report.Migrated.Count, report.Failed.Count));
        Assert.Equal(place.Contains('/', StringComparison.Ordinal) ? 0 : 1, report.Legacy.Count); // A gateway that is started there loads the backups.
        Assert.False(File.Exists(test.Home.MigrationMarker));
    }

    [Fact]
    public void Startup_migrates_once_syncs_and_tells_what_is_loaded_from_where()
    {
        string legacy = Legacy();
        test.Write("extensions/installed/added/manifest.yaml", TestHome.Manifest("added"));
        test.Write("extensions/installed/broken/manifest.yaml", "name: [");
        using PackageStore store = test.Open();

        StartupReport first = store.Startup(legacy, checkOnly: false, default);

        Assert.Equal(["a", "deep", "mod"], first.Migrated.Select(item => item.Id));
        Assert.Equal(["mod", "a", "added", "deep"], first.Installed.Select(item => item.Id));
        Assert.Equal("broken", Assert.Single(first.Failed).Id);
        Assert.Equal(["core"], first.BuiltIn.Select(item => item.Id));
        Assert.Equal(["own"], first.Legacy.Select(item => item.Id));

        test.Folder("legacy", ("late/manifest.yaml", TestHome.Manifest("late")));
        store.SetEnabled(store.FindItem("a", null), enabled: false, default);
        StartupReport second = store.Startup(legacy, checkOnly: false, default);

        Assert.Empty(second.Migrated);
        Assert.Equal(["a"], second.Disabled.Select(item => item.Id));
        Assert.Equal(["a", "late", "own"], second.Legacy.Select(item => item.Id));
        Assert.Equal((6, 1, 1, 1), (second.LoadedCount, second.ModuleCount, second.DisabledCount, second.FailedCount));
    }

    [Fact]
    public void A_startup_tells_why_an_item_was_not_migrated_and_loads_it_all_the_same()
    {
        string legacy = test.Folder("legacy", ("a/manifest.yaml", TestHome.Manifest("a")));
        TestLink.ToFile(Path.Combine(legacy, "a", "link"), "/etc/hostname");
        using PackageStore store = test.Open();

        StartupReport report = store.Startup(legacy, checkOnly: false, default);

        Assert.StartsWith("it cannot be migrated: ", Assert.Single(report.Failed).Reason, StringComparison.Ordinal);
        Assert.Equal(
            $"the gateway copies it from '{Path.Combine(legacy, "a")}' when it starts", Assert.Single(report.Installed).Reason);
    }

    [Fact]
    public void A_startup_that_only_checks_writes_nothing()
    {
        using PackageStore store = test.Open();

        StartupReport report = store.Startup(Legacy(), checkOnly: true, default);

        Assert.Equal(["a", "deep", "mod"], report.Migrated.Select(item => item.Id));
        Assert.Equal(["mod", "a", "deep"], report.Installed.Select(item => item.Id));
        Assert.False(Directory.Exists(test.Home.Path));
    }

    [Fact]
    public void Modules_are_migrated_from_their_own_legacy_directory_when_the_user_names_none()
    {
        string extensions = test.Folder("extensions", ("a/manifest.yaml", TestHome.Manifest("a")));
        string modules = test.Folder(
            "agenticmodules",
            ("m/agenticmodule.yaml", "name: m\nversion: 1.0.0\ndescription: d\nsteps:\n  - extension: own\n"),
            ("m/extensions/own/manifest.yaml", TestHome.Manifest("own")));
        using PackageStore store = test.Open();

        Assert.Equal(
            ["a", "m"],
            store.Migrate([extensions, modules], force: false, checkOnly: false, _ => true, default).Select(item => item.Id));
        Assert.True(store.MigrationIsComplete);
    }

    [Fact]
    public void One_legacy_directory_of_two_is_enough()
    {
        string modules = test.Folder(
            "agenticmodules", ("m/agenticmodule.yaml", "name: m\nversion: 1.0.0\ndescription: d\nsteps:\n  - extension: own\n"));
        string none = Path.Combine(test.Root, "extensions");
        using PackageStore store = test.Open();

        StartupReport report = store.Startup([none, modules], checkOnly: false, default);

        Assert.Equal(["m"], report.Migrated.Select(item => item.Id));
        Assert.Null(report.LegacyPath);
        var error = Assert.Throws<LlamaGateException>(
            () => store.Migrate([none, none], force: false, checkOnly: false, _ => true, default).ToList());
        Assert.Equal(ErrorIds.SourcePathMissing, error.ErrorId);
    }

    private string Legacy() => test.Folder(
        "legacy",
        ("a/manifest.yaml", TestHome.Manifest("a")),
        ("group/deep/manifest.yaml", TestHome.Manifest("deep")),
        ("builtin/core/manifest.yaml", TestHome.Manifest("core")),
        ("mod/agenticmodule.yaml", "name: mod\nversion: 1.0.0\ndescription: d\nsteps:\n  - extension: own\n"),
        ("mod/extensions/own/manifest.yaml", TestHome.Manifest("own")));

    private List<MigratedItem> Migrate(string legacy, bool force = false)
    {
        using PackageStore store = test.Open();
        return [.. store.Migrate(legacy, force, checkOnly: false, _ => true, default)];
    }
}
