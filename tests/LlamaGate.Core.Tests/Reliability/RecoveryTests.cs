using System;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using Xunit;

namespace LlamaGate.Tests.Reliability;

// Longer than 300 lines because its cases share the interrupted changes that they begin with.

/// <summary>What becomes of an interrupted change when something else has happened since: other changes do not wait for it.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly TestHome test = new(inMemory: true);

    public RecoveryTests()
    {
        test.Import(test.ExtensionZip("x", "1.0.0", "one"));
        test.Import(test.ExtensionZip("y"));
    }

    public void Dispose() => test.Dispose();

    [Fact]
    public void An_item_that_was_put_back_by_hand_after_its_removal_died_is_left_there()
    {
        Die("remove.checksums", "remove", "x");
        test.Write("extensions/installed/x/manifest.yaml", TestHome.Manifest("x", "5.0.0"));

        Operation.Run(test.Context(), "disable", "y");

        Assert.Equal(TestHome.Manifest("x", "5.0.0"), test.Read("extensions/installed/x/manifest.yaml"));
        Assert.Equal(["y"], test.Items().Select(item => item.Id));
        AssertSettled();
        Operation.Run(test.Context(), "sync");
        Assert.Equal("5.0.0", test.Item("x").Version);
    }

    [Fact]
    public void A_file_that_was_put_where_the_backup_goes_takes_the_update_back()
    {
        Die("install.set-aside", "import", test.ExtensionZip("x", "2.0.0", "two"));
        string backup = Path.Combine(test.Home.BackupFolder(ItemType.Extension, "x"), Journalled("backup"));
        File.WriteAllText(backup, "in the way");

        Operation.Run(test.Context(), "disable", "y");

        Assert.Equal(("1.0.0", "one"), (test.Item("x").Version, test.Read("extensions/installed/x/templates/body.txt")));
        Assert.Equal("in the way", File.ReadAllText(backup));
        Assert.Contains(test.Log.Warnings, line => line.Contains("Undid the interrupted change of extension 'x'", StringComparison.Ordinal));
        AssertSettled();
        test.Import(test.ExtensionZip("x", "2.0.0", "two"));
        Assert.Equal("2.0.0", test.Item("x").Version);
    }

    [Fact]
    public void A_file_where_the_next_backup_would_go_is_passed_by()
    {
        var now = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        test.Write("extensions/backups/x/20260101-120000-000", "a file");
        StoreSettings context = test.Context();
        context.Clock = () => now;

        Operation.Run(context, "import", test.ExtensionZip("x", "2.0.0", "two"));

        Assert.Equal("2.0.0", test.Item("x").Version);
        Assert.True(Directory.Exists(Path.Combine(test.Home.BackupFolder(ItemType.Extension, "x"), "20260101-120000-001")));
    }

    [Fact]
    public void A_file_that_was_put_in_the_items_place_is_kept_when_the_update_is_completed()
    {
        Die("install.exchange", "import", test.ExtensionZip("x", "2.0.0", "two"));
        string folder = test.Home.ItemFolder(ItemType.Extension, "x");
        StorePath.Delete(folder);
        File.WriteAllText(folder, "a file");
        string backup = Journalled("backup");

        Operation.Run(test.Context(), "disable", "y");

        Assert.Equal("two", test.Read("extensions/installed/x/templates/body.txt"));
        Assert.Equal("a file", File.ReadAllText(Path.Combine(test.Home.BackupFolder(ItemType.Extension, "x"), backup)));
        AssertSettled();
    }

    [Theory]
    [InlineData("install.exchange", true)]
    [InlineData("install.keep-backup", true)]
    [InlineData("install.set-aside", false)]
    [InlineData("install.move-in", false)]
    [InlineData("install.checksums", false)]
    public void A_home_that_was_copied_without_its_times_is_mended_like_any_other(string step, bool mayExchange)
    {
        Die(step, mayExchange, "import", test.ExtensionZip("x", "2.0.0", "two"));
        ForgetTimes(test.Home.Path);
        Assert.Equal("2.0.0", test.Item("x").Version);

        Operation.Run(test.Context(), "disable", "y");

        Assert.Equal("two", test.Read("extensions/installed/x/templates/body.txt"));
        string backup = Assert.Single(Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "x")));
        Assert.Equal("one", File.ReadAllText(Path.Combine(backup, "templates", "body.txt")));
        AssertSettled();
        using PackageStore store = test.Open();
        Assert.Empty(store.PlanSync(default).Changes);
    }

    [Fact]
    public void A_sync_sees_at_once_that_staged_content_was_deleted()
    {
        Die("install.exchange", "import", test.ExtensionZip("x", "2.0.0", "two"));
        StorePath.Delete(test.Home.StagingFolder);

        Operation.Run(test.Context(), "sync");

        Assert.Equal("1.0.0", test.Item("x").Version);
        AssertSettled();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_change_whose_staged_content_was_deleted_is_taken_back(bool isUpdate)
    {
        string id = isUpdate ? "x" : "new";
        Die(isUpdate ? "install.exchange" : "install.move-in", "import", test.ExtensionZip(id, "2.0.0", "two"));
        StorePath.Delete(Path.Combine(test.Home.Path, "tmp"));
        AssertOld(); // Readers see what the next writer will make of it.
        using (PackageStore store = test.Open())
        {
            Assert.Empty(store.PlanSync(default).Changes);
        }

        Operation.Run(test.Context(), "disable", "y");

        AssertOld();
        Assert.Contains(test.Log.Warnings, line => line.Contains($"Undid the interrupted change of extension '{id}'", StringComparison.Ordinal));
        AssertSettled();

        void AssertOld() => Assert.Equal(isUpdate ? "1.0.0" : null, test.Items().SingleOrDefault(item => item.Id == id)?.Version);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_change_whose_staged_content_was_deleted_in_part_is_taken_back(bool isUpdate)
    {
        string id = isUpdate ? "x" : "new";
        Die(isUpdate ? "install.set-aside" : "install.move-in", mayExchange: false, "import", test.ExtensionZip(id, "2.0.0", "two"));
        File.Delete(Directory.GetFiles(test.Home.StagingFolder, "manifest.yaml", SearchOption.AllDirectories).Single());

        Operation.Run(test.Context(), "disable", "y");

        Assert.Equal(isUpdate ? "1.0.0" : null, test.Items().SingleOrDefault(item => item.Id == id)?.Version);
        Assert.Equal(isUpdate, Directory.Exists(test.Home.ItemFolder(ItemType.Extension, id)));
        Assert.Equal("one", test.Read("extensions/installed/x/templates/body.txt"));
        AssertSettled();
    }

    [Fact]
    public void Packages_whose_staged_content_is_deleted_while_they_wait_for_the_lock_are_not_installed()
    {
        test.Write("extensions/installed/unregistered/manifest.yaml", TestHome.Manifest("unregistered", "0.9.0"));
        StoreSettings context = test.Context();
        context.OnStep = step =>
        {
            if (step == "session.lock")
            {
                // The folders only: a FUSE mount keeps the lock files of this process under other names.
                foreach (string staged in Directory.GetDirectories(Path.Combine(test.Home.Path, "tmp", "import")))
                {
                    StorePath.Delete(staged);
                }
            }
        };

        using (var store = new PackageStore(context))
        {
            string[] packages = [.. new[] { "x", "new", "unregistered" }.Select(id => test.ExtensionZip(id, "2.0.0", "two"))];
            Assert.All(store.Import(packages, new ImportOptions(), _ => true, default).ToList(), outcome =>
            {
                Assert.Equal(ErrorIds.InstallFailed, outcome.Error!.ErrorId);
                Assert.Contains("no longer exists", outcome.Error.Message, StringComparison.Ordinal);
            });
        }

        Assert.Equal([("x", "1.0.0"), ("y", "1.0.0")], test.Items().Select(item => (item.Id, item.Version)));
        AssertSettled();
    }

    [Theory]
    [InlineData("import", "2.0.0", true)]
    [InlineData("remove", null, true)]
    [InlineData("disable", "1.0.0", false)]
    public void What_the_journal_may_hold_although_it_failed_is_not_called_unchanged(string command, string? version, bool enabled)
    {
        string subject = command == "import" ? test.ExtensionZip("x", "2.0.0", "two") : "x";
        StoreSettings context = test.Context();
        context.OnStep = step =>
        {
            if (step is "journal.flush" or "journal.cut")
            {
                throw new IOException($"The disk fails at {step}.");
            }
        };

        var error = Assert.Throws<LlamaGateException>(() => Operation.Run(context, command, subject));

        Assert.Contains("The next command that changes something completes it", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("othing was changed", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("still installed", error.Message, StringComparison.Ordinal);
        Operation.Run(test.Context(), "disable", "y");
        InstalledItem? item = test.Items().SingleOrDefault(each => each.Id == "x");
        Assert.Equal(version, item?.Version);
        Assert.Equal(version is null ? null : enabled, item?.Enabled);
        Assert.Equal(version is not null, Directory.Exists(test.Home.ItemFolder(ItemType.Extension, "x")));
        AssertSettled();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void New_content_that_was_written_to_since_is_taken_out_when_the_update_is_taken_back(bool mayExchange)
    {
        Die("install.checksums", mayExchange, "import", test.ExtensionZip("x", "2.0.0", "two"));
        test.Write("extensions/installed/x/cache.txt", "the item's own");
        string checksums = Path.GetDirectoryName(test.Home.ChecksumsFile(ItemType.Extension, "x"))!;
        StorePath.Delete(checksums);
        File.WriteAllText(checksums, "in the way");

        Operation.Run(test.Context(), "disable", "y");

        Assert.Equal(("1.0.0", "one"), (test.Item("x").Version, test.Read("extensions/installed/x/templates/body.txt")));
        string kept = Assert.Single(Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "x")));
        Assert.Equal("the item's own", File.ReadAllText(Path.Combine(kept, "cache.txt")));
        AssertSettled();
    }

    [Fact]
    public void The_old_version_comes_back_when_the_new_one_was_deleted_and_its_backup_has_no_place()
    {
        Die("install.keep-backup", "import", test.ExtensionZip("x", "2.0.0", "two"));
        StorePath.Delete(test.Home.ItemFolder(ItemType.Extension, "x"));
        StorePath.Delete(test.Home.BackupFolder(ItemType.Extension, "x"));
        File.WriteAllText(test.Home.BackupFolder(ItemType.Extension, "x"), "in the way");

        Operation.Run(test.Context(), "disable", "y");

        Assert.Equal(("1.0.0", "one"), (test.Item("x").Version, test.Read("extensions/installed/x/templates/body.txt")));
        AssertSettled();
    }

    [Fact]
    public void An_item_that_was_deleted_after_its_reinstall_died_does_not_come_back()
    {
        Die("install.keep-backup", "reinstall", test.ExtensionZip("x", "1.0.0", "one"));
        StorePath.Delete(test.Home.ItemFolder(ItemType.Extension, "x"));

        Operation.Run(test.Context(), "disable", "y");

        Assert.Equal(["y"], test.Items().Select(item => item.Id));
        Assert.False(Directory.Exists(test.Home.ItemFolder(ItemType.Extension, "x")));
        string backup = Assert.Single(Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "x")));
        Assert.Equal("one", File.ReadAllText(Path.Combine(backup, "templates", "body.txt")));
        AssertSettled();
    }

    [Fact]
    public void What_the_next_command_completes_is_not_called_unchanged()
    {
        test.SkipUnlessExchanging();
        test.Import(test.ExtensionZip("a", "1.0.0", "one"));
        int exchanges = 0;
        StoreSettings context = test.Context();
        context.OnStep = step =>
        {
            bool fails = step is "install.keep-backup" or "undo.exchange" || (step == "install.exchange" && ++exchanges == 2);
            if (fails)
            {
                throw new IOException($"The disk fails at {step}.");
            }
        };

        using (var store = new PackageStore(context))
        {
            string[] packages = [test.ExtensionZip("a", "2.0.0", "two"), test.ExtensionZip("x", "2.0.0", "two")];
            Assert.All(store.Import(packages, new ImportOptions(), _ => true, default).ToList(), outcome =>
            {
                Assert.Equal(ErrorIds.InstallFailed, outcome.Error!.ErrorId);
                Assert.Contains("The next command that changes something completes it", outcome.Error.Message, StringComparison.Ordinal);
            });
        }

        Assert.Equal(["2.0.0", "2.0.0"], test.Items().Where(item => item.Id != "y").Select(item => item.Version));
        Operation.Run(test.Context(), "disable", "y");
        Assert.Equal("two", test.Read("extensions/installed/a/templates/body.txt"));
        Assert.Equal("two", test.Read("extensions/installed/x/templates/body.txt"));
        AssertSettled();
    }

    [Fact]
    public void What_was_committed_is_completed_though_the_disk_fails_for_a_moment()
    {
        Die("install.checksums", mayExchange: false, "import", test.ExtensionZip("new", "2.0.0", "two"));
        StoreSettings context = test.Context();
        bool hasFailed = false;
        context.OnStep = step =>
        {
            if (step == "install.checksums" && !hasFailed)
            {
                hasFailed = true;
                throw new IOException("No space left on device");
            }
        };

        Operation.Run(context, "disable", "y");

        Assert.Equal(("2.0.0", "two"), (test.Item("new").Version, test.Read("extensions/installed/new/templates/body.txt")));
        AssertSettled();
    }

    [Fact]
    public void A_removal_that_was_taken_back_without_the_journal_knowing_is_not_called_undone()
    {
        int opened = 0;
        StoreSettings context = test.Context();
        context.OnStep = step =>
        {
            if (step == "remove.checksums" || (step == "journal.open" && ++opened > 1))
            {
                throw new IOException($"The disk fails at {step}.");
            }
        };

        var error = Assert.Throws<LlamaGateException>(() => Operation.Run(context, "remove", "x"));

        Assert.Contains("The next command that changes something completes it", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("still installed", error.Message, StringComparison.Ordinal);
        Operation.Run(test.Context(), "disable", "y");
        Assert.Equal(["y"], test.Items().Select(item => item.Id));
        AssertSettled();
    }

    [Fact]
    public void A_removal_that_the_next_command_completes_is_not_called_undone()
    {
        StoreSettings context = test.Context();
        context.OnStep = step =>
        {
            if (step is "remove.checksums" or "undo.put-back")
            {
                throw new IOException($"The disk fails at {step}.");
            }
        };

        var error = Assert.Throws<LlamaGateException>(() => Operation.Run(context, "remove", "x"));

        Assert.Equal(ErrorIds.RemoveFailed, error.ErrorId);
        Assert.Contains("The next command that changes something completes it", error.Message, StringComparison.Ordinal);
        Operation.Run(test.Context(), "disable", "y");
        Assert.Equal(["y"], test.Items().Select(item => item.Id));
        AssertSettled();
    }

    private void Die(string step, params string[] words) => Die(step, step != "install.set-aside", words);

    private void Die(string step, bool mayExchange, params string[] words) => Death.At(test, step, mayExchange, words);

    private string Journalled(string field) => System.Text.Json.Nodes.JsonNode
        .Parse(File.ReadAllLines(test.Home.JournalFile).Last(line => line.Contains("\"install\"", StringComparison.Ordinal)))![field]!.ToString();

    private static void ForgetTimes(string folder)
    {
        foreach (string path in Directory.GetDirectories(folder, "*", SearchOption.AllDirectories))
        {
            Directory.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }
    }

    private void AssertSettled()
    {
        test.AssertNoStaging();
        Assert.False(File.Exists(test.Home.JournalFile));
    }
}
