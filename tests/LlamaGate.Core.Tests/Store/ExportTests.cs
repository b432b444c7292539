using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using Xunit;

namespace LlamaGate.Tests.Store;

public sealed class ExportTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void An_export_imports_again_and_exports_to_the_same_bytes()
    {
        test.Import(test.ExtensionZip("x"));
        ExportedPackage first = Export("x", Path.Combine(test.Root, "first.zip"));
        using (PackageStore store = test.Open())
        {
            store.Remove(store.FindItem("x", null), default);
        }

        test.Import(first.Path);
        ExportedPackage second = Export("x", Path.Combine(test.Root, "second.zip"));

        Assert.Equal(File.ReadAllBytes(first.Path), File.ReadAllBytes(second.Path));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(first.Path))), first.Sha256);
        Assert.Equal((new FileInfo(first.Path).Length, 2, "1.0.0"), (first.Length, first.FileCount, first.Version));
    }

    [Fact]
    public void The_checksums_come_last_and_list_every_file()
    {
        test.Import(test.ExtensionZip("x"));

        using ZipArchive zip = ZipFile.OpenRead(Export("x", Path.Combine(test.Root, "x.zip")).Path);

        Assert.Equal(["manifest.yaml", "templates/body.txt", "checksums.txt"], zip.Entries.Select(entry => entry.FullName));
        using var reader = new StreamReader(zip.Entries[2].Open());
        Assert.Equal(
            zip.Entries.Take(2).Select(entry =>
            {
                using Stream stream = entry.Open();
                return $"{Convert.ToHexStringLower(SHA256.HashData(stream))}  {entry.FullName}\n";
            }),
            reader.ReadToEnd().Split('\n').SkipLast(1).Select(line => line + "\n"));
    }

    [Fact]
    public void A_folder_as_destination_gets_a_file_named_by_id_and_version()
    {
        test.Import(test.ExtensionZip("x", "1.2.3-rc.1"));

        Assert.Equal(Path.Combine(test.Root, "x-1.2.3-rc.1.zip"), Export("x", test.Root).Path);
        Assert.Equal(Path.Combine(test.Root, "new", "x-1.2.3-rc.1.zip"), Export("x", Path.Combine(test.Root, "new") + Path.DirectorySeparatorChar).Path);
    }

    [Fact]
    public void A_version_that_is_none_does_not_lead_out_of_the_folder()
    {
        test.Import(test.ExtensionZip("x"));
        test.Write("registry/installed.json", test.Read("registry/installed.json").Replace("1.0.0", "../../up", StringComparison.Ordinal));

        Assert.Equal(Path.Combine(test.Root, "x.zip"), Export("x", test.Root).Path);
    }

    [Fact]
    public void A_destination_that_cannot_be_made_is_an_error_of_the_export()
    {
        test.Import(test.ExtensionZip("x"));
        string file = test.Folder("out", ("file", "content"));

        LlamaGateException error = Assert.Throws<LlamaGateException>(() => Export("x", Path.Combine(file, "file", "below", "x.zip")));

        Assert.Equal(ErrorIds.ExportFailed, error.ErrorId);
    }

    [Fact]
    public void What_is_at_the_destination_stays_unless_it_may_be_overwritten()
    {
        test.Import(test.ExtensionZip("x"));
        string path = test.Folder("out", ("x.zip", "precious")) + Path.DirectorySeparatorChar + "x.zip";

        LlamaGateException error = Assert.Throws<LlamaGateException>(() => Export("x", path));
        Assert.Equal((ErrorIds.DestinationExists, path), (error.ErrorId, error.Target));
        Assert.Equal("precious", File.ReadAllText(path));

        Export("x", path, overwrite: true);
        Assert.NotEqual("precious", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void An_item_whose_folder_is_gone_says_to_run_the_sync()
    {
        test.Import(test.ExtensionZip("x"));
        Directory.Delete(test.Home.ItemFolder(ItemType.Extension, "x"), recursive: true);

        LlamaGateException error = Assert.Throws<LlamaGateException>(() => Export("x", test.Root));

        Assert.Equal(ErrorIds.SourcePathMissing, error.ErrorId);
        Assert.Contains("source path does not exist", error.Message, StringComparison.Ordinal);
        Assert.Contains("Sync-LlamaGateExtension", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gateways_checksums_file_on_disk_is_no_content()
    {
        test.Import(test.ExtensionZip("x"));
        string clean = Export("x", Path.Combine(test.Root, "clean.zip")).Sha256;
        test.Write("extensions/installed/x/checksums.txt", "0000  left by the gateway\n");

        Assert.Equal(clean, Export("x", Path.Combine(test.Root, "again.zip")).Sha256);
    }

    [Fact]
    public void A_link_in_the_item_is_an_error_and_not_left_out()
    {
        test.Import(test.ExtensionZip("x"));
        TestLink.ToFile(Path.Combine(test.Home.ItemFolder(ItemType.Extension, "x"), "link"), "/etc/hostname");

        LlamaGateException error = Assert.Throws<LlamaGateException>(() => Export("x", Path.Combine(test.Root, "x.zip")));

        Assert.Equal(ErrorIds.ExportFailed, error.ErrorId);
        Assert.Contains(error.Problems, problem => problem.File == "link");
        Assert.Empty(Directory.GetFiles(test.Root, "*x.zip*"));
    }

    [Fact]
    public void An_export_reads_one_version_even_when_it_is_swapped_meanwhile()
    {
        test.Import(test.ExtensionZip("x", "1.0.0", "one"));
        bool swapped = false;
        using PackageStore store = test.Open(context => context.OnStep = step =>
        {
            if (step == "export.flush" && !swapped)
            {
                swapped = true;
                test.Import(test.ExtensionZip("x", "2.0.0", "two"));
            }
        });

        ExportedPackage package = store.Export(store.FindItem("x", null), Path.Combine(test.Root, "x.zip"), overwrite: false, default);

        Assert.True(swapped);
        Assert.Equal("2.0.0", package.Version);
        using ZipArchive zip = ZipFile.OpenRead(package.Path);
        using var body = new StreamReader(zip.GetEntry("templates/body.txt")!.Open());
        Assert.Equal("two", body.ReadToEnd());
    }

    [Fact]
    public void What_appears_at_the_destination_while_the_package_is_written_stays()
    {
        test.Import(test.ExtensionZip("x"));
        string folder = test.Folder("out", ("other", "of others"));
        string path = Path.Combine(folder, "x.zip");
        using PackageStore store = test.Open(context => context.OnStep = step =>
        {
            if (step == "export.flush")
            {
                File.WriteAllText(path, "precious");
            }
        });

        var error = Assert.Throws<LlamaGateException>(() => store.Export(store.FindItem("x", null), path, overwrite: false, default));

        Assert.Equal((ErrorIds.DestinationExists, path), (error.ErrorId, error.Target));
        Assert.Equal("precious", File.ReadAllText(path));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder).Length);
    }

    [Theory]
    [InlineData("registry/installed.json")]
    [InlineData("registry/x.zip")]
    [InlineData("tmp")]
    [InlineData("agentic-modules")]
    [InlineData("extensions/installed/x/x.zip")]
    [InlineData("tmp/x.zip")]
    [InlineData(".migration_complete")]
    public void Where_the_home_keeps_its_own_files_no_package_is_written(string place)
    {
        test.Import(test.ExtensionZip("x"));
        string before = TestHome.Snapshot(test.Home.Path);

        var error = Assert.Throws<LlamaGateException>(() => Export("x", Path.Combine(test.Home.Path, place), overwrite: true));

        Assert.Equal(ErrorIds.ExportFailed, error.ErrorId);
        Assert.Contains("keeps its own files", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, TestHome.Snapshot(test.Home.Path));
        Assert.Equal(1, Export("x", Path.Combine(test.Home.Path, "exports") + "/").Id.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_the_home_keeps_its_own_files_no_package_is_written_under_another_name_either(bool homeIsLink)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a privilege there.");
        test.Import(test.ExtensionZip("x"));
        string link = Path.Combine(test.Root, "link");
        TestLink.ToFolder(link, test.Home.Path);
        string registry = Path.Combine(test.Root, "registry");
        TestLink.ToFolder(registry, test.Home.RegistryFolder);
        var home = new LlamaGateHome(homeIsLink ? link : test.Home.Path);
        using var store = new PackageStore(home, test.Log);
        string other = homeIsLink ? test.Home.Path : link;
        string before = TestHome.Snapshot(test.Home.Path);

        Assert.All(
            [Path.Combine(other, "registry", "installed.json"), Path.Combine(other, "agentic-modules"), Path.Combine(registry, "new", "x.zip")],
            path => Assert.Equal(
                ErrorIds.ExportFailed,
                Assert.Throws<LlamaGateException>(() => store.Export(store.FindItem("x", null), path, overwrite: true, default)).ErrorId));

        Assert.Equal(before, TestHome.Snapshot(test.Home.Path));
    }

    [Theory]
    [InlineData("link to a file")]
    [InlineData("link to nothing")]
    [InlineData("pipe")]
    public void What_is_no_file_is_not_replaced(string what)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files without more rights.");
        test.Import(test.ExtensionZip("x"));
        string path = Path.Combine(test.Root, "x.zip");
        string target = Path.Combine(test.Root, "target");
        if (what == "pipe")
        {
            Assert.True(SystemTool.TryRun("mkfifo", path));
        }
        else
        {
            TestLink.ToFile(path, target);
        }

        if (what == "link to a file")
        {
            File.WriteAllText(target, "keep");
        }

        var error = Assert.Throws<LlamaGateException>(() => Export("x", path, overwrite: true));

        Assert.Equal(ErrorIds.ExportFailed, error.ErrorId);
        Assert.Contains("a link, a device or a pipe", error.Message, StringComparison.Ordinal);
        Assert.Equal(what != "pipe", new FileInfo(path).LinkTarget == target);
        Assert.Equal(what == "link to a file" ? "keep" : null, File.Exists(target) ? File.ReadAllText(target) : null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void What_is_no_path_is_an_error(string destination)
    {
        test.Import(test.ExtensionZip("x"));

        Assert.Equal(ErrorIds.ExportFailed, Assert.Throws<LlamaGateException>(() => Export("x", destination)).ErrorId);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_name_may_be_as_long_as_the_disk_allows(int length, bool isAllowed)
    {
        test.Import(test.ExtensionZip("x"));
        string path = Path.Combine(test.Root, new string('n', length - 4) + ".zip");

        if (isAllowed)
        {
            Assert.Equal(path, Export("x", path).Path);
        }
        else
        {
            Assert.Equal(ErrorIds.ExportFailed, Assert.Throws<LlamaGateException>(() => Export("x", path)).ErrorId);
        }

        Assert.Empty(Directory.GetFiles(test.Root, "*.tmp"));
    }

    private ExportedPackage Export(string id, string destination, bool overwrite = false)
    {
        using PackageStore store = test.Open();
        InstalledItem item = store.FindItem(id, null);
        return store.Export(item, PackageStore.GetExportPath(item, destination), overwrite, default);
    }
}
