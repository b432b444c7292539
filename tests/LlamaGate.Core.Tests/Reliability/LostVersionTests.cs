using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlamaGate.FileSystem;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>Homes in which a version or a change was once lost, although every crash trial passed (contract, sections 3 and 6).</summary>
public sealed class LostVersionTests : IDisposable
{
    private readonly TestHome test = new(inMemory: true);

    public LostVersionTests()
    {
        test.Import(test.ExtensionZip("x", "1.0.0", "one"));
        test.Import(test.ExtensionZip("y"));
    }

    public void Dispose() => test.Dispose();

    [Fact]
    public void On_xfs_an_update_that_fails_at_its_last_step_leaves_the_old_version()
    {
        using var disk = new XfsDisk(test.Folder("disk"));
        AssertOldVersionStays(disk.Home);
    }

    [Fact]
    public void An_update_that_only_adds_a_file_and_fails_at_its_last_step_leaves_the_old_version() => AssertOldVersionStays(test.Home);

    [Theory]
    [InlineData("install.exchange", true)]
    [InlineData("install.keep-backup", true)]
    [InlineData("install.checksums", true)]
    [InlineData("install.set-aside", false)]
    [InlineData("install.move-in", false)]
    [InlineData("install.checksums", false)]
    public void An_item_that_writes_into_its_folder_after_the_crash_loses_no_version(string step, bool mayExchange)
    {
        Die(step, mayExchange, "import", AddsAFile());
        string folder = test.Home.ItemFolder(ItemType.Extension, "x");
        bool writes = Directory.Exists(folder);
        if (writes)
        {
            File.WriteAllText(Path.Combine(folder, "cache.txt"), "the item's own");
        }

        Operation.Run(test.Context(), "disable", "y");

        Assert.True(File.Exists(Path.Combine(folder, "added.txt")), "The update was committed.");
        string backup = Assert.Single(Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "x")));
        Assert.False(File.Exists(Path.Combine(backup, "added.txt")));
        Assert.Equal("one", File.ReadAllText(Path.Combine(backup, "templates", "body.txt")));
        Assert.Equal(writes ? 1 : 0, Directory.GetFiles(test.Home.Path, "cache.txt", SearchOption.AllDirectories).Length);
        AssertSettled();
    }

    [Fact]
    public void Readers_and_disk_agree_though_the_end_of_the_change_did_not_reach_the_disk()
    {
        StorePath.Delete(test.Home.ItemFolder(ItemType.Extension, "x"));
        Die("registry.flush-renames", mayExchange: true, "import", test.ExtensionZip("x", "2.0.0", "two"));
        string[] lines = File.ReadAllLines(test.Home.JournalFile);
        Assert.Contains("\"done\"", lines[^1], StringComparison.Ordinal);
        File.WriteAllText(test.Home.JournalFile, string.Join("\n", lines[..^1]) + "\n");
        test.Write("extensions/installed/x/cache.txt", "the item's own");

        Assert.Equal("2.0.0", test.Item("x").Version);
        Operation.Run(test.Context(), "disable", "y");

        Assert.Equal(("2.0.0", "two"), (test.Item("x").Version, test.Read("extensions/installed/x/templates/body.txt")));
        Assert.Equal("the item's own", test.Read("extensions/installed/x/cache.txt"));
    }

    [Theory]
    [InlineData("\"tags\": [\n  \"a\",\n  { \"b\": [ 1, 2 ] }\n]")]
    [InlineData("\"note\": {\r\n\r\n\"deep\": [[[\r\n1]]] }")]
    public void A_journal_record_is_one_line_whatever_a_field_holds(string field)
    {
        JsonArray registry = JsonNode.Parse(test.Read("registry/installed.json"))!.AsArray();
        string entry = registry.First(each => (string?)each!["id"] == "x")!.ToJsonString();
        test.Write("registry/installed.json", $"[{entry[..^1]},\n{field} }}]");
        string[]? lines = null;
        bool? seen = null;
        StoreSettings context = test.Context();
        context.OnStep = step =>
        {
            if (step == "registry.flush-renames")
            {
                lines = File.ReadAllLines(test.Home.JournalFile);
                seen = test.Item("x").Enabled;
                DiskCopy.Take(test.Home.Path, Path.Combine(test.Root, "copy"));
            }
        };

        Operation.Run(context, "disable", "x");

        Assert.All(lines!, line => JsonDocument.Parse(line).Dispose());
        Assert.False(seen);
        DiskCopy.Restore(Path.Combine(test.Root, "copy"), test.Home.Path);
        Operation.Run(test.Context(), "sync");
        Assert.False(test.Item("x").Enabled);
        string name = field[1..field.IndexOf('"', 1)];
        Assert.NotNull(JsonNode.Parse(test.Read("registry/installed.json"))!.AsArray().First(each => (string?)each!["id"] == "x")![name]);
    }

    [Fact]
    public void What_the_gateway_changes_after_a_killed_import_stays()
    {
        Die(
            "registry.flush-renames", mayExchange: true,
            "import", test.ExtensionZip("x", "2.0.0", "two"), test.ExtensionZip("y", "2.0.0"), test.ExtensionZip("new"));
        JsonArray registry = JsonNode.Parse(test.Read("registry/installed.json"))!.AsArray();
        JsonNode x = registry.First(entry => (string?)entry!["id"] == "x")!;
        x["enabled"] = false;
        x["last_updated_at"] = DateTimeOffset.UtcNow.AddSeconds(5).ToString("O");
        test.Write("registry/installed.json", new JsonArray(x.DeepClone()).ToJsonString());
        StorePath.Delete(test.Home.ItemFolder(ItemType.Extension, "y"));

        Assert.Equal([("new", true), ("x", false)], test.Items().Select(item => (item.Id, item.Enabled)));
        Operation.Run(test.Context(), "disable", "new");

        Assert.Equal([("new", false), ("x", false)], test.Items().Select(item => (item.Id, item.Enabled)));
        Assert.Equal("2.0.0", test.Item("x").Version);
        using PackageStore store = test.Open();
        Assert.Empty(store.PlanSync(default).Changes);
    }

    [Fact]
    public void A_journal_that_begins_with_zeros_was_never_committed()
    {
        File.WriteAllBytes(test.Home.JournalFile, new byte[4096]);

        Assert.Equal(2, test.Items().Count);
        Operation.Run(test.Context(), "disable", "y");

        Assert.False(test.Item("y").Enabled);
        AssertSettled();
    }

    [Fact]
    public void A_folder_that_changes_between_the_question_and_the_answer_is_not_installed_unchecked()
    {
        string package = test.Folder("package", ("manifest.yaml", TestHome.Manifest("p", "1.0.0")));
        using PackageStore store = test.Open();

        ImportOutcome outcome = Assert.Single(store.Import(
            [package],
            new ImportOptions(),
            _ =>
            {
                File.WriteAllText(Path.Combine(package, "manifest.yaml"), TestHome.Manifest("p", "6.6.6"));
                return true;
            },
            TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.PackageInvalid, outcome.Error?.ErrorId);
        Assert.DoesNotContain(test.Items(), item => item.Id == "p");
        test.AssertNoStaging();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void What_is_replaced_keeps_its_mode()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            File.SetUnixFileMode(test.Home.RegistryFile, Secret);
        }
        catch (UnauthorizedAccessException exception)
        {
            Assert.Skip("This mount refuses to change modes: " + exception.Message);
        }

        string export = Path.Combine(test.Root, "x.zip");
        File.WriteAllText(export, "old");
        File.SetUnixFileMode(export, Secret);
        Assert.SkipUnless(File.GetUnixFileMode(export) == Secret, "This file system holds no modes.");

        Operation.Run(test.Context(), "disable", "x");
        Operation.Run(test.Context(), "export", "x", export);

        Assert.Equal(Secret, File.GetUnixFileMode(test.Home.RegistryFile));
        Assert.Equal(Secret, File.GetUnixFileMode(export));
    }

    [Fact]
    public void A_registry_that_is_a_link_is_written_through_it()
    {
        string folder = Directory.CreateDirectory(Path.Combine(test.Root, "dotfiles")).FullName;
        string target = Path.Combine(folder, "installed.json");
        File.Move(test.Home.RegistryFile, target);
        TestLink.ToFile(test.Home.RegistryFile, target);

        Operation.Run(test.Context(), "disable", "x");

        Assert.NotNull(new FileInfo(test.Home.RegistryFile).LinkTarget);
        Assert.False(test.Item("x").Enabled);
        Assert.Contains("\"enabled\": false", File.ReadAllText(target), StringComparison.Ordinal);
        Assert.Equal([target], Directory.GetFiles(folder));
    }

    private string AddsAFile() => test.Zip(
        $"more-{Guid.NewGuid():N}.zip", ("manifest.yaml", TestHome.Manifest("x", "1.0.0")), ("templates/body.txt", "one"), ("added.txt", "added"));

    private void AssertOldVersionStays(LlamaGateHome home)
    {
        Run("reinstall", test.ExtensionZip("x", "0.1.0", "zero"));
        Run("reinstall", test.ExtensionZip("x", "0.2.0", "zero"));
        Run("reinstall", test.ExtensionZip("x", "1.0.0", "one"));
        string checksums = Path.GetDirectoryName(home.ChecksumsFile(ItemType.Extension, "x"))!;
        StorePath.Delete(checksums);
        File.WriteAllText(checksums, "in the way");
        string item = HomeState.Content(home.ItemFolder(ItemType.Extension, "x"));
        string[] backups = Backups();

        var error = Assert.Throws<LlamaGateException>(() => Run("import", AddsAFile()));

        Assert.Equal(ErrorIds.InstallFailed, error.ErrorId);
        Assert.Equal(item, HomeState.Content(home.ItemFolder(ItemType.Extension, "x")));
        Assert.Equal(backups, Backups());
        File.Delete(checksums);
        Run("import", AddsAFile());
        Assert.True(File.Exists(Path.Combine(home.ItemFolder(ItemType.Extension, "x"), "added.txt")));

        void Run(params string[] words) => Operation.Run(new StoreSettings(home, test.Log, TimeSpan.FromSeconds(30)), words);

        string[] Backups() =>
            [.. Directory.GetDirectories(home.BackupFolder(ItemType.Extension, "x")).Order(StringComparer.Ordinal).Select(HomeState.Content)];
    }

    private void Die(string step, bool mayExchange, params string[] words) => Death.At(test, step, mayExchange, words);

    private void AssertSettled()
    {
        test.AssertNoStaging();
        Assert.False(File.Exists(test.Home.JournalFile));
    }

    /// <summary>An XFS in a file. XFS sets the times of both folders when they are exchanged.</summary>
    private sealed class XfsDisk : IDisposable
    {
        private const long Size = 320L * 1024 * 1024; // mkfs.xfs takes 300 MiB at least; the file is sparse
        private readonly string folder;

        public XfsDisk(string mountPoint)
        {
            folder = Directory.CreateDirectory(mountPoint).FullName;
            string image = Path.Combine(Path.GetTempPath(), $"llamagate-{Guid.NewGuid():N}.xfs");
            try
            {
                using (FileStream file = File.Create(image))
                {
                    file.SetLength(Size);
                }

                bool mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
                    && SystemTool.TryRun("mkfs.xfs", "-q", image) && SystemTool.TryRun("mount", "-o", "loop", image, folder);
                Assert.SkipUnless(mounted, "No XFS can be mounted here: it takes Linux, root and mkfs.xfs (Debian's xfsprogs).");
            }
            finally
            {
                File.Delete(image); // The mount keeps its content.
            }

            Home = new LlamaGateHome(Path.Combine(folder, "home"));
        }

        public LlamaGateHome Home { get; }

        public void Dispose() => Assert.True(SystemTool.TryRun("umount", "--lazy", folder));
    }
}
