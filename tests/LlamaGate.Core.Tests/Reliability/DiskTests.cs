using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using Xunit;

namespace LlamaGate.Tests.Reliability;

// Longer than 300 lines because its cases share the file systems that they mount.

/// <summary>Real disks that are full, read-only or another one, and things in the way.</summary>
[Collection(nameof(AloneOnDisk))]
public sealed class DiskTests : IDisposable
{
    private const int Page = 4096;
    private const int Kilobytes = 1024;
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void A_full_disk_loses_nothing_however_much_is_free()
    {
        using var disk = new SmallDisk(test.Folder("disk"));
        LlamaGateHome home = disk.Home;
        string body = new('x', 5 * Page);
        Run("import", test.ExtensionZip("x", "1.0.0", "one " + body));
        Run("import", test.ExtensionZip("x", "2.0.0", "two " + body));
        Run("import", test.ExtensionZip("y"));
        string[][] commands =
        [
            ["import", test.ExtensionZip("x", "3.0.0", "three " + body)], ["import", test.ExtensionZip("new", "1.0.0", body)],
            ["disable", "x"], ["remove", "x"],
        ];
        string before = Path.Combine(test.Root, "before");
        DiskCopy.Take(home.Path, before);
        HomeState old = State();
        int failed = 0;
        foreach (string[] command in commands)
        {
            DiskCopy.Restore(before, home.Path);
            Run(command);
            HomeState done = State();
            foreach (int free in TestScale.Sample([.. Enumerable.Range(0, 20)], oneOf: 3))
            {
                DiskCopy.Restore(before, home.Path);
                string filler = disk.FillBut(free * Page);
                Exception? error = Record.Exception(() => Run(command));
                HomeState seen = State();

                Assert.Equal(error is null ? done.Items : old.Items, seen.Items);
                if (error is not null)
                {
                    failed++;
                    string expected = command[0] switch
                    {
                        "remove" => ErrorIds.RemoveFailed,
                        "enable" or "disable" or "sync" => ErrorIds.ChangeFailed,
                        _ => ErrorIds.InstallFailed,
                    };
                    Assert.Equal(expected, Assert.IsType<LlamaGateException>(error).ErrorId);
                    Assert.Contains("space", error.Message, StringComparison.OrdinalIgnoreCase);
                }

                File.Delete(filler);
                Run("import", test.ExtensionZip(HomeState.Other));
                Assert.Equal(seen.Items, State().Items);
                Assert.Empty(Directory.EnumerateFileSystemEntries(home.StagingFolder));
            }
        }

        Assert.InRange(failed, commands.Length, int.MaxValue);
        TestScale.Report(failed, "commands that met a full disk");

        void Run(params string[] words) => Operation.Run(new StoreSettings(home, test.Log, TimeSpan.Zero), words);

        HomeState State() => HomeState.Read(home, test.Root);
    }

    [Fact]
    public void A_disk_that_fills_while_a_group_is_committed_leaves_no_half_of_it_in_the_journal()
    {
        using var disk = new SmallDisk(test.Folder("disk"));
        string[] old = [test.ExtensionZip("a", "1.0.0", "one"), test.ExtensionZip("p")];
        string[] packages = [test.ExtensionZip("a", "2.0.0", "two"), test.ExtensionZip("b", "2.0.0", "two")];
        int failed = 0;
        for (int commits = 0; commits < 20; commits++) // Each fills the journal's last page a little more.
        {
            var home = new LlamaGateHome(Path.Combine(disk.Home.Path, $"{commits}"));
            Operation.Run(new StoreSettings(home, test.Log, TimeSpan.Zero), ["import", .. old]);
            string? filler = null;
            var context = new StoreSettings(home, test.Log, TimeSpan.Zero);
            bool fills = false;
            context.OnStep = step => filler = fills && step == "journal.write" ? disk.FillBut(0) : filler;
            IReadOnlyList<ImportOutcome> outcomes;
            using (var store = new PackageStore(context))
            {
                for (int i = 0; i < commits; i++)
                {
                    store.SetEnabled(store.FindItem("p", null), enabled: i % 2 != 0, default);
                }

                fills = true;
                outcomes = store.Import(packages, new ImportOptions(), _ => true, default).ToList();
                fills = false;
                File.Delete(filler!);
            }

            Operation.Run(new StoreSettings(home, test.Log, TimeSpan.Zero), "import", test.ExtensionZip(HomeState.Other));
            var seen = HomeState.Read(home, test.Root);
            bool isNew = outcomes.All(outcome => outcome.Error is null);
            failed += isNew ? 0 : 1;
            Assert.True(isNew || outcomes.All(outcome => outcome.Error?.ErrorId == ErrorIds.InstallFailed), "Half of a group.");
            Assert.Equal(isNew, seen.Items.ContainsKey("Extension/b"));
            Assert.StartsWith(isNew ? "2.0.0" : "1.0.0", seen.Items["Extension/a"], StringComparison.Ordinal);
            Assert.EndsWith(isNew ? "= two" : "= one", seen.Items["Extension/a"], StringComparison.Ordinal);
            Assert.Empty(seen.Differences);
            StorePath.Delete(home.Path);
        }

        Assert.InRange(failed, 1, 20);
    }

    [Fact]
    public void A_file_system_whose_folders_cannot_be_flushed_is_used_all_the_same()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It takes a file system of Linux.");
        Durable.FlushFolder("/sys");
    }

    [Fact]
    public void A_read_only_disk_is_read_and_refuses_every_change()
    {
        using var disk = new SmallDisk(test.Folder("disk"));
        LlamaGateHome home = disk.Home;
        Run("import", test.ExtensionZip("x"));
        string before = TestHome.Snapshot(home.Path);
        disk.MakeReadOnly();

        Assert.Equal(ErrorIds.InstallFailed, Fails("import", test.ExtensionZip("x", "2.0.0")));
        Assert.Equal(ErrorIds.InstallFailed, Fails("import", test.ExtensionZip("new")));
        Assert.Equal(ErrorIds.ChangeFailed, Fails("disable", "x"));
        Assert.Equal(ErrorIds.RemoveFailed, Fails("remove", "x"));
        Assert.Equal(ErrorIds.InstallFailed, Fails("migrate", test.Folder("legacy", ("m/manifest.yaml", TestHome.Manifest("m")))));
        Assert.Equal(ErrorIds.ExportFailed, Fails("export", "x", Path.Combine(home.Path, "x.zip")));
        Run("list");
        Run("sync");
        Run("export", "x", Path.Combine(test.Root, "x.zip"));
        Assert.Equal(before, TestHome.Snapshot(home.Path));

        void Run(params string[] words) => Operation.Run(new StoreSettings(home, test.Log, TimeSpan.Zero), words);

        string Fails(params string[] words) => Assert.Throws<LlamaGateException>(() => Run(words)).ErrorId;
    }

    [Theory]
    [InlineData("extensions")]
    [InlineData("extensions/installed")]
    [InlineData("extensions/installed/x")]
    [InlineData("extensions/backups")]
    [InlineData("extensions/backups/x")]
    [InlineData("registry")]
    [InlineData("registry/checksums")]
    [InlineData("registry/checksums/extension")]
    [InlineData("tmp")]
    [InlineData("tmp/import")]
    public void A_file_in_the_place_of_a_folder_is_named_and_kept(string place)
    {
        test.Import(test.ExtensionZip("x", "1.0.0", "one"));
        string path = Path.Combine(test.Home.Path, place.Replace('/', Path.DirectorySeparatorChar));
        StorePath.Delete(path);
        test.Write(place, "not a folder");
        string before = TestHome.Snapshot(test.Home.InstalledFolder(ItemType.Extension));

        LlamaGateException error = test.ImportFails(test.ExtensionZip("x", "2.0.0", "two"));

        Assert.Equal(ErrorIds.InstallFailed, error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal("not a folder", test.Read(place));
        Assert.Equal(before, TestHome.Snapshot(test.Home.InstalledFolder(ItemType.Extension)));
        if (place != "registry")
        {
            Assert.Equal("1.0.0", test.Item("x").Version);
        }
    }

    [Fact]
    public void A_file_that_disappears_during_an_export_fails_it_and_leaves_what_was_there()
    {
        test.Import(test.Zip("many.zip", [("manifest.yaml", TestHome.Manifest("many")), .. Enumerable.Range(0, 200).Select(i => ($"files/{i:000}", $"{i}"))]));
        string path = test.Folder("out", ("many.zip", "what was there")) + "/many.zip";
        using PackageStore store = test.Open(context => context.OnStep = step =>
        {
            if (step == "export-write")
            {
                File.Delete(Path.Combine(test.Home.ItemFolder(ItemType.Extension, "many"), "files", "199"));
            }
        });

        var error = Assert.Throws<LlamaGateException>(() => store.Export(store.FindItem("many", null), path, overwrite: true, default));

        Assert.Equal(ErrorIds.ExportFailed, error.ErrorId);
        Assert.Contains("199", error.Message, StringComparison.Ordinal);
        Assert.Equal("what was there", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_file_in_the_place_of_the_destinations_folder_fails_the_export()
    {
        test.Import(test.ExtensionZip("x"));
        string file = Path.Combine(test.Folder("out", ("file", "keep")), "file");
        using PackageStore store = test.Open();

        var error = Assert.Throws<LlamaGateException>(
            () => store.Export(store.FindItem("x", null), Path.Combine(file, "x.zip"), overwrite: true, default));

        Assert.Equal(ErrorIds.ExportFailed, error.ErrorId);
        Assert.Equal("keep", File.ReadAllText(file));
    }

    [Fact]
    public void An_export_to_another_file_system_is_written_there()
    {
        using var disk = new SmallDisk(test.Folder("disk"));
        test.Import(test.ExtensionZip("x"));
        string path = Path.Combine(disk.Home.Path, "x.zip");
        using PackageStore store = test.Open();

        ExportedPackage package = store.Export(store.FindItem("x", null), path, overwrite: false, default);

        Assert.Equal([path], Directory.GetFiles(disk.Home.Path));
        Assert.Equal(new FileInfo(path).Length, package.Length);
    }

    [Fact]
    public void A_package_and_a_legacy_folder_on_another_file_system_are_installed()
    {
        using var disk = new SmallDisk(test.Folder("disk"));
        DiskCopy.Take(test.Folder("legacy", ("m/manifest.yaml", TestHome.Manifest("m"))), disk.Home.Path);

        Operation.Run(test.Context(), "migrate", disk.Home.Path);

        Assert.Equal("1.0.0", test.Item("m").Version);
    }

    [Theory]
    [InlineData("extensions")]
    [InlineData("extensions/installed")]
    [InlineData("registry")]
    [InlineData("tmp")]
    public void A_home_of_two_file_systems_is_told_so_and_kept(string place)
    {
        using var disk = new SmallDisk(Path.Combine(test.Home.Path, place));
        test.Write("extensions/installed/kept/manifest.yaml", TestHome.Manifest("kept"));
        string before = TestHome.Snapshot(test.Home.InstalledFolder(ItemType.Extension));

        LlamaGateException error = test.ImportFails(test.ExtensionZip("x"));

        Assert.Equal(ErrorIds.InstallFailed, error.ErrorId);
        Assert.Contains("on different file systems", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, TestHome.Snapshot(test.Home.InstalledFolder(ItemType.Extension)));
        Assert.Empty(test.Items());
        Assert.Empty(Directory.EnumerateFileSystemEntries(test.Home.StagingFolder));
    }

    [Theory]
    [InlineData("remove")]
    [InlineData("import")]
    public void What_is_mounted_inside_an_item_is_not_deleted_with_it(string command)
    {
        test.Import(test.ExtensionZip("x", "1.0.0", "one"));
        string outside = test.Folder("outside", ("precious.txt", "keep"));
        string place = Directory.CreateDirectory(Path.Combine(test.Home.ItemFolder(ItemType.Extension, "x"), "data")).FullName;
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && SystemTool.TryRun("mount", "--bind", outside, place),
            "Nothing can be mounted here: it takes Linux and root.");
        try
        {
            if (command == "remove")
            {
                Operation.Run(test.Context(), "remove", "x");
            }

            for (int i = 0; i < PackageLimits.DefaultBackupCount + 1 && command == "import"; i++)
            {
                Operation.Run(test.Context(), "import", test.ExtensionZip("x", $"2.{i}.0", "two"));
            }

            Operation.Run(test.Context(), "import", test.ExtensionZip("y"));
            Assert.Equal("keep", File.ReadAllText(Path.Combine(outside, "precious.txt")));
            Assert.Contains(test.Log.Warnings, line => line.Contains("is a mount point", StringComparison.Ordinal));
        }
        finally
        {
            foreach (string mounted in Directory.GetDirectories(test.Home.Path, "data", SearchOption.AllDirectories))
            {
                Assert.True(SystemTool.TryRun("umount", "--lazy", mounted));
            }
        }

        Operation.Run(test.Context(), "import", test.ExtensionZip("z"));
        test.AssertNoStaging();
    }

    [Fact]
    public void What_came_with_the_image_of_a_container_is_listed_and_switched_and_otherwise_kept()
    {
        test.Import(test.ExtensionZip("x", "1.0.0", "one"));
        using var image = new Layers(test.Home.Path, test.Root);

        string[] errors = [Fails("import", test.ExtensionZip("x", "2.0.0", "two")), Fails("remove", "x")];
        Operation.Run(test.Context(), "disable", "x");
        test.Import(test.ExtensionZip("new"));

        Assert.All(errors, message => Assert.Contains("on different file systems", message, StringComparison.Ordinal));
        var seen = HomeState.Read(test);
        Assert.Equal(["Extension/new", "Extension/x"], seen.Items.Keys);
        Assert.StartsWith("1.0.0, enabled: False, manifest.yaml = ", seen.Items["Extension/x"], StringComparison.Ordinal);
        Assert.Empty(seen.Differences);
        test.AssertNoStaging();

        string Fails(params string[] words) => Assert.Throws<LlamaGateException>(() => Operation.Run(test.Context(), words)).Message;
    }

    /// <summary>A folder as it came with an image, below the layer that takes what is changed.</summary>
    private sealed class Layers : IDisposable
    {
        private readonly string folder;

        public Layers(string image, string root)
        {
            folder = image;
            string upper = Directory.CreateDirectory(Path.Combine(root, "upper")).FullName;
            string work = Directory.CreateDirectory(Path.Combine(root, "work")).FullName;
            string options = $"redirect_dir=off,lowerdir={folder},upperdir={upper},workdir={work}";
            bool mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
                && SystemTool.TryRun("mount", "-t", "overlay", "-o", options, "overlay", folder);
            Assert.SkipUnless(mounted, "No layers can be mounted here: it takes Linux and root.");
        }

        public void Dispose() => Assert.True(SystemTool.TryRun("umount", "--lazy", folder));
    }

    /// <summary>A file system of a megabyte, in memory.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private const int Size = 1024 * Kilobytes;
        private readonly string folder;

        public SmallDisk(string mountPoint)
        {
            folder = Directory.CreateDirectory(mountPoint).FullName;
            bool mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
                && SystemTool.TryRun("mount", "-t", "tmpfs", "-o", $"size={Size}", "tmpfs", folder);
            Assert.SkipUnless(mounted, "No small file system can be mounted here: it takes Linux and root.");
            Home = new LlamaGateHome(Path.Combine(folder, "home"));
            Directory.CreateDirectory(Home.Path);
        }

        public LlamaGateHome Home { get; }

        /// <summary>Fills the disk but for so many bytes.</summary>
        /// <returns>The file that fills it.</returns>
        public string FillBut(int free)
        {
            string filler = Path.Combine(folder, "filler");
            using (var stream = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1))
            {
                stream.Write(new byte[new DriveInfo(folder).AvailableFreeSpace - free]);
            }

            return filler;
        }

        public void MakeReadOnly() => Assert.True(SystemTool.TryRun("mount", "-o", "remount,ro", folder));

        public void Dispose() => Assert.True(SystemTool.TryRun("umount", "--lazy", folder));
    }
}
