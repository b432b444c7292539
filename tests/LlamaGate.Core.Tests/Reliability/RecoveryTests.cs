using System;
using System.IO;
using System.Linq;
using LlamaGate.Installation;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>What becomes of a change that died, when something else has happened since: nobody else's business waits for it.</summary>
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
        Assert.Contains(test.Log.Warnings, line => line.Contains("Took back the interrupted change of extension 'x'", StringComparison.Ordinal));
        AssertSettled();
        test.Import(test.ExtensionZip("x", "2.0.0", "two"));
        Assert.Equal("2.0.0", test.Item("x").Version);
    }

    [Fact]
    public void A_file_where_the_next_backup_would_go_is_passed_by()
    {
        var now = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        test.Write("extensions/backups/x/20260101-120000-000", "a file");
        StoreContext context = test.Context();
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

    [Fact]
    public void Folders_that_forbid_to_be_changed_are_deleted_all_the_same()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such folders.");
        string folder = Path.Combine(test.Home.ItemFolder(ItemType.Extension, "x"), "cache");
        Directory.CreateDirectory(Path.Combine(folder, "below"));
        File.WriteAllText(Path.Combine(folder, "below", "file"), "text");
#pragma warning disable CA1416 // Not on Windows, as said above.
        File.SetUnixFileMode(Path.Combine(folder, "below"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        Assert.True(!Environment.IsPrivilegedProcess || SystemTool.TryRun("chown", "-R", "65534:65534", test.Root));

        using (Child child = Child.Start([
            .. Environment.IsPrivilegedProcess ? new[] { "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups" } : [],
            Child.Program, test.Home.Path, "remove", "x",
        ]))
        {
            Assert.Null(child.GetError());
        }

        AssertSettled();
        Assert.False(Directory.Exists(test.Home.ItemFolder(ItemType.Extension, "x")));
    }

    // Leaves the home as a command that was killed at a step did.
    private void Die(string step, params string[] words) => Die(step, step != "install.set-aside", words);

    private void Die(string step, bool mayExchange, params string[] words)
    {
        string copy = Path.Combine(test.Root, "copy");
        StoreContext context = test.Context();
        context.MayExchange = mayExchange;
        context.OnStep = name =>
        {
            if (name == step)
            {
                DiskCopy.Take(test.Home.Path, copy);
            }
        };
        Operation.Run(context, words);
        DiskCopy.Restore(copy, test.Home.Path);
    }

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
