using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Runtime.Versioning;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>What a user who lacks permissions meets, and what permissions new files and folders get.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PermissionTests
{
    private const string Nobody = "65534";
    private const UnixFileMode Permissions = (UnixFileMode)0x1FF;

    public static TheoryData<string> Scenarios =>
        ["first install", "update with two backups", "several packages at once", "remove", "disable", "sync", "migration", "export"];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Each_folder_and_file_that_may_not_be_written_or_read_ends_in_a_clear_error_and_the_old_state(string scenario)
    {
        Assert.SkipUnless(CanDropRights(), "This needs Unix, and as root also setpriv (util-linux), to run a child that is not root.");
        using var trial = new CrashTrial(scenario);
        string[] places = [.. Directory.EnumerateFileSystemEntries(trial.Before, "*", SearchOption.AllDirectories).Append(trial.Before)
            .Select(path => Path.GetRelativePath(trial.Before, path))];
        IReadOnlyList<string> some = TestScale.Sample(places, oneOf: 20);
        foreach (string place in some)
        {
            foreach (UnixFileMode taken in new[] { UnixFileMode.UserWrite, Permissions })
            {
                Try(trial, taken, [place]);
            }
        }

        Try(trial, UnixFileMode.UserWrite, places);
        Try(trial, Permissions, places);
        TestScale.Report((some.Count + 1) * 2, "commands without a permission");
    }

    [Fact]
    public void A_home_that_may_not_be_read_fails_to_list_with_a_clear_error()
    {
        Assert.SkipUnless(CanDropRights(), "This needs Unix, and as root also setpriv (util-linux), to run a child that is not root.");
        using var trial = new CrashTrial("update");
        foreach (string place in new[] { ".", "registry", "registry/installed.json" })
        {
            trial.Reset();
            GiveAway(trial.Test.Root);
            Change(Path.Combine(trial.Test.Home.Path, place), Permissions);
            using Child child = StartWithoutRights(trial.Test.Home, "list");

            (string id, string message) = Assert.NotNull(child.GetError());

            Assert.Equal(ErrorIds.RegistryCorrupt, id);
            Assert.Contains("permission", message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void A_legacy_folder_that_may_not_be_read_stops_no_other()
    {
        Assert.SkipUnless(CanDropRights(), "This needs Unix, and as root also setpriv (util-linux), to run a child that is not root.");
        using var test = new TestHome();
        string legacy = test.Folder("legacy", ("locked/hidden/manifest.yaml", TestHome.Manifest("hidden")), ("m/manifest.yaml", TestHome.Manifest("m")));
        GiveAway(test.Root);
        UnixFileMode mode = Change(Path.Combine(legacy, "locked"), Permissions);

        using (Child child = StartWithoutRights(test.Home, "migrate", legacy))
        {
            (string id, string message) = Assert.NotNull(child.GetError());
            Assert.Equal(ErrorIds.InstallFailed, id);
            Assert.Contains("locked' cannot be searched", message, StringComparison.Ordinal);
        }

        File.SetUnixFileMode(Path.Combine(legacy, "locked"), mode);
        Assert.Equal("m", Assert.Single(test.Items()).Id);
        Assert.False(File.Exists(test.Home.MigrationMarker));
    }

    [Fact]
    public void An_export_into_a_folder_that_may_be_written_and_not_read_succeeds()
    {
        Assert.SkipUnless(CanDropRights(), "This needs Unix, and as root also setpriv (util-linux), to run a child that is not root.");
        using var test = new TestHome();
        test.Import(test.ExtensionZip("x"));
        string inbox = Directory.CreateDirectory(Path.Combine(test.Root, "inbox")).FullName;
        GiveAway(test.Root);
        Change(inbox, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        using (Child child = StartWithoutRights(test.Home, "export", "x", Path.Combine(inbox, "x.zip")))
        {
            child.AssertSucceeded();
        }

        Assert.Equal(["x.zip"], Directory.EnumerateFiles(inbox).Select(Path.GetFileName));
    }

    [Fact]
    public void Folders_that_forbid_to_be_changed_are_deleted_all_the_same()
    {
        Assert.SkipUnless(CanDropRights(), "This needs Unix, and as root also setpriv (util-linux), to run a child that is not root.");
        using var test = new TestHome();
        test.Import(test.ExtensionZip("x"));
        string cache = Path.GetDirectoryName(test.Write("extensions/installed/x/cache/below/file", "text"))!;
        GiveAway(test.Root);
        Change(cache, UnixFileMode.UserWrite);
        Change(Path.GetDirectoryName(cache)!, UnixFileMode.UserWrite);

        using (Child child = StartWithoutRights(test.Home, "remove", "x"))
        {
            child.AssertSucceeded();
        }

        test.AssertNoStaging();
        Assert.False(Directory.Exists(test.Home.ItemFolder(ItemType.Extension, "x")));
    }

    [Theory]
    [InlineData("022")]
    [InlineData("027")]
    [InlineData("077")]
    public void New_folders_and_files_follow_the_umask_and_keep_their_execute_bits(string umask)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no umask.");
        using var test = new TestHome();
        var mask = (UnixFileMode)Convert.ToInt32(umask, 8);
        string zip = ZipWithModes(test);
        string exported = Path.Combine(test.Root, "out", "x.zip");
        Run(test.Home, umask, "import", zip);
        Run(test.Home, umask, "reinstall", zip);
        Run(test.Home, umask, "disable", "x");
        Run(test.Home, umask, "export", "x", exported);
        var again = new LlamaGateHome(Path.Combine(test.Root, "again"));
        Run(again, umask, "import", exported);

        foreach (LlamaGateHome home in new[] { test.Home, again })
        {
            foreach (string path in Directory.EnumerateFileSystemEntries(home.Path, "*", SearchOption.AllDirectories).Append(home.Path))
            {
                bool executable = Directory.Exists(path) || Path.GetFileName(path) is "run.sh" or "suid.sh";
                UnixFileMode expected = (executable ? (UnixFileMode)0x1FF : (UnixFileMode)0x1B6) & ~mask;
                Assert.True(File.GetUnixFileMode(path) == expected, $"{path} has the mode {File.GetUnixFileMode(path)}, not {expected}.");
            }
        }

        Assert.Equal((UnixFileMode)0x1B6 & ~mask, File.GetUnixFileMode(exported));
        using ZipArchive archive = ZipFile.OpenRead(exported);
        Assert.Equal(
            [("manifest.yaml", 0x81A4), ("run.sh", 0x81ED), ("suid.sh", 0x81ED), ("checksums.txt", 0x81A4)],
            archive.Entries.Select(entry => (entry.FullName, entry.ExternalAttributes >>> 16)));
    }

    private static void Run(LlamaGateHome home, string umask, params string[] words)
    {
        using var child = Child.Start(["/bin/sh", "-c", $"umask {umask}; exec \"$0\" \"$@\"", Child.Program, home.Path, .. words]);
        child.AssertSucceeded();
    }

    private static string ZipWithModes(TestHome test)
    {
        string path = test.Zip("modes.zip", ("manifest.yaml", TestHome.Manifest("x")), ("run.sh", "run"), ("suid.sh", "run"));
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update);
        zip.GetEntry("run.sh")!.ExternalAttributes = 0x81ED << 16; // 0100755
        zip.GetEntry("suid.sh")!.ExternalAttributes = unchecked((int)0x8FEDU << 16); // 0107755: set-uid, set-gid and sticky
        return path;
    }

    private static void Try(CrashTrial trial, UnixFileMode taken, IReadOnlyList<string> places)
    {
        trial.Reset();
        GiveAway(trial.Test.Root);
        Dictionary<string, UnixFileMode> modes = [];
        foreach (string path in places.Select(place => Path.Combine(trial.Test.Home.Path, place)))
        {
            modes.Add(path, Change(path, taken));
        }

        (string ErrorId, string Message)? error;
        using (Child child = StartWithoutRights(trial.Test.Home, trial.Words))
        {
            error = child.GetError();
        }

        foreach ((string path, UnixFileMode mode) in modes.Where(each => Path.Exists(each.Key)))
        {
            File.SetUnixFileMode(path, mode);
        }

        CrashTrial.Check(
            () =>
            {
                Assert.Contains(error?.ErrorId, new[] { null, trial.ErrorId, ErrorIds.RegistryCorrupt });
                trial.AssertOldWhenFailed(error is not null);
                trial.AssertNothingIsLost(mayExchange: true, PackageLimits.DefaultBackupCount + 1);
            },
            $"{string.Join(", ", places)} without {taken}: {error}");
    }

    private static UnixFileMode Change(string path, UnixFileMode taken)
    {
        UnixFileMode mode = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, mode & ~taken);
        return mode;
    }

    private static bool CanDropRights() =>
        !OperatingSystem.IsWindows() && (!Environment.IsPrivilegedProcess || SystemTool.TryRun("setpriv", "--version"));

    // The child's user must own the home, or nothing in it could be changed at all.
    private static void GiveAway(string root)
    {
        if (Environment.IsPrivilegedProcess)
        {
            Assert.True(SystemTool.TryRun("chown", "-R", $"{Nobody}:{Nobody}", root));
        }
    }

    private static Child StartWithoutRights(LlamaGateHome home, params string[] words) => Child.Start(
        [
            .. Environment.IsPrivilegedProcess ? new[] { "setpriv", "--reuid=" + Nobody, "--regid=" + Nobody, "--clear-groups" } : [],
            Child.Program, home.Path, .. words,
        ]);
}
