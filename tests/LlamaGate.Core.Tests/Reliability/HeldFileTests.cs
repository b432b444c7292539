using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>
/// Commands while a program has a file of the item open, where folders in use cannot be renamed: on Windows, and under Wine as
/// build/windows-tests.sh starts it.
/// </summary>
public sealed class HeldFileTests : IDisposable
{
    private const string Body = "templates/body.txt";

    private readonly TestHome test = new();
    private readonly string item;
    private readonly string backups;

    public HeldFileTests()
    {
        test.Import(test.ExtensionZip("x", "1.0.0", "one"));
        test.Import(test.ExtensionZip("x", "2.0.0", "two"));
        test.Import(test.ExtensionZip("y"));
        item = test.Home.ItemFolder(ItemType.Extension, "x");
        backups = test.Home.BackupFolder(ItemType.Extension, "x");
    }

    public void Dispose() => test.Dispose();

    [Fact]
    public void A_journal_that_a_program_still_reads_when_it_is_dropped_takes_no_later_commit_with_it()
    {
        using (PackageStore store = test.Open())
        {
            store.SetEnabled(store.FindItem("y", null), enabled: false, TestContext.Current.CancellationToken);
            using (HeldFile.Open(test.Home.JournalFile))
            {
                store.Save(TestContext.Current.CancellationToken);
                store.SetEnabled(store.FindItem("x", null), enabled: false, TestContext.Current.CancellationToken);
            }

            Assert.Equal(["x False", "y False"], test.Items().Select(each => $"{each.Id} {each.Enabled}"));
        }

        test.Import(test.ExtensionZip("z")); // Deletes what was still open.
        AssertSettled();
    }

    [Theory]
    [InlineData("import", ErrorIds.InstallFailed)]
    [InlineData("restore", ErrorIds.InstallFailed)]
    [InlineData("remove", ErrorIds.RemoveFailed)]
    public void A_change_of_an_item_in_use_fails_and_changes_nothing(string command, string errorId)
    {
        HeldFile.SkipUnlessItKeepsItsFolder(test);
        string[] words = Words(command);
        string before = Everything();

        using (HeldFile.Open(item, Body))
        {
            var error = Assert.Throws<LlamaGateException>(() => Operation.Run(test.Context(), words));

            Assert.Equal(errorId, error.ErrorId);
            Assert.Contains("a program has a file in it open", error.Message, StringComparison.Ordinal);
            Assert.Contains(item, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Everything());
        Assert.Equal("2.0.0", test.Item("x").Version);
        test.AssertNoStaging();
        Operation.Run(test.Context(), words);
        AssertDone(command);
        AssertSettled();
    }

    [Theory]
    [InlineData("import", "install.set-aside")]
    [InlineData("restore", "install.set-aside")]
    [InlineData("remove", "remove.item")]
    public void A_file_that_is_open_for_a_moment_delays_a_change(string command, string step)
    {
        HeldFile.SkipUnlessItKeepsItsFolder(test);
        string[] words = Words(command);
        using FileStream file = HeldFile.Open(item, Body);
        bool isReached = false;
        bool isDelayed = false;
        StoreSettings settings = test.Context();
        settings.OnStep = name => isReached |= name == step;
        Sharing.OnPause = () =>
        {
            if (isReached)
            {
                isDelayed = true;
                file.Dispose();
            }
        };
        try
        {
            Operation.Run(settings, words);
        }
        finally
        {
            Sharing.OnPause = null;
        }

        Assert.True(isDelayed);
        AssertDone(command);
        Assert.Empty(test.Log.Warnings);
        AssertSettled();
    }

    [Fact]
    public void A_backup_in_use_is_kept_until_a_later_update()
    {
        HeldFile.SkipUnlessItKeepsItsFolder(test);
        test.Import(test.ExtensionZip("x", "3.0.0", "three"));
        string oldest = BackupFolders()[0];
        Assert.Equal("one", File.ReadAllText(Path.Combine(oldest, Body)));

        using (HeldFile.Open(oldest, Body))
        {
            test.Import(test.ExtensionZip("x", "4.0.0", "four"));
        }

        Assert.Contains(test.Log.Warnings, line => line.Contains($"The old backup '{oldest}' cannot be removed", StringComparison.Ordinal));
        Assert.Equal(["one", "two", "three"], BackupFolders().Select(folder => File.ReadAllText(Path.Combine(folder, Body))));
        test.Import(test.ExtensionZip("x", "5.0.0", "five"));
        Assert.Equal(["three", "four"], BackupFolders().Select(folder => File.ReadAllText(Path.Combine(folder, Body))));
    }

    [Fact]
    public void A_removal_whose_backups_are_in_use_is_taken_back()
    {
        HeldFile.SkipUnlessItKeepsItsFolder(test);
        string before = Everything();

        using (HeldFile.Open(BackupFolders()[0], Body))
        {
            var error = Assert.Throws<LlamaGateException>(() => Operation.Run(test.Context(), "remove", "x"));
            Assert.Equal(ErrorIds.RemoveFailed, error.ErrorId);
        }

        Assert.Equal(before, Everything());
        test.AssertNoStaging();
        Operation.Run(test.Context(), "remove", "x");
        AssertDone("remove");
        AssertSettled();
    }

    [Theory]
    [InlineData("import", "install.set-aside")]
    [InlineData("remove", "remove.item")]
    public void A_recovery_takes_back_what_a_file_in_use_keeps_from_being_completed(string command, string step)
    {
        HeldFile.SkipUnlessItKeepsItsFolder(test);
        string before = Everything();
        Interrupt(step, command);

        using (HeldFile.Open(item, Body))
        {
            Operation.Run(test.Context(), "disable", "y");
        }

        Assert.Contains(test.Log.Warnings, line => line.Contains("Undid the interrupted change of extension 'x'", StringComparison.Ordinal));
        Assert.Equal(before, Everything());
        Assert.Equal("2.0.0", test.Item("x").Version);
        AssertSettled();
        Operation.Run(test.Context(), Words(command));
        AssertDone(command);
    }

    [Fact]
    public void A_recovery_that_can_do_neither_changes_nothing_and_the_next_one_completes()
    {
        HeldFile.SkipUnlessItKeepsItsFolder(test);
        Interrupt("install.move-in", "import");
        string staged = Directory.GetDirectories(test.Home.StagingFolder).Single(folder => File.Exists(Path.Combine(folder, Body)));
        string aside = BackupFolders()[^1];
        string before = TestHome.Snapshot(test.Home.StagingFolder) + Everything();

        using (HeldFile.Open(staged, Body))
        using (HeldFile.Open(aside, Body))
        {
            var error = Assert.Throws<LlamaGateException>(() => Operation.Run(test.Context(), "disable", "y"));
            Assert.Contains("can be neither completed", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, TestHome.Snapshot(test.Home.StagingFolder) + Everything());
        Operation.Run(test.Context(), "disable", "y");
        Assert.Equal(("3.0.0", "three"), (test.Item("x").Version, File.ReadAllText(Path.Combine(item, Body))));
        Assert.Equal("two", File.ReadAllText(Path.Combine(aside, Body)));
        AssertSettled();
    }

    private string[] Words(string command) =>
        command == "import" ? ["import", test.ExtensionZip("x", "3.0.0", "three")] : [command, "x"];

    private void AssertDone(string command)
    {
        Assert.Equal(
            command switch { "import" => "3.0.0", "restore" => "1.0.0", _ => null },
            test.Items().SingleOrDefault(entry => entry.Id == "x")?.Version);
        Assert.Equal(command != "remove", Directory.Exists(item));
    }

    // Leaves the home as a command that was killed at a step does.
    private void Interrupt(string step, string command)
    {
        string copy = Path.Combine(test.Root, "copy");
        StoreSettings settings = test.Context();
        settings.OnStep = name =>
        {
            if (name == step)
            {
                DiskCopy.Take(test.Home.Path, copy);
            }
        };
        Operation.Run(settings, Words(command));
        DiskCopy.Restore(copy, test.Home.Path);
    }

    private List<string> BackupFolders() => [.. Directory.GetDirectories(backups).Order(StringComparer.Ordinal)];

    private string Everything() => TestHome.Snapshot(item) + TestHome.Snapshot(backups)
        + TestHome.Snapshot(Path.Combine(test.Home.RegistryFolder, "checksums"));

    private void AssertSettled()
    {
        test.AssertNoStaging();
        Assert.False(File.Exists(test.Home.JournalFile));
    }
}
