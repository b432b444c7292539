using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LlamaGate.FileSystem;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>What readers see while an item is updated, or restored back and forth, again and again (contract, section 6: no gap).</summary>
public sealed class ReaderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Theory]
    [InlineData("updates")]
    [InlineData("restores")]
    public void A_process_that_only_reads_files_sees_a_whole_manifest_at_every_look(string changes)
    {
        Assert.SkipUnless(CanExchange(), "This file system does not exchange folders: there is a gap that only readers of the journal do not see.");
        int times = TestScale.Times(inShort: 60, inFull: 1000);
        using var looker = Start("look", Path.Combine(Install(), "manifest.yaml"));
        using Child writer = Child.Start(test.Home, ["--times", $"{times}", .. Words(changes)]);

        writer.AssertSucceeded();

        TestScale.Report(times, changes);
        TestScale.Report(looker.AssertSawNothingWrong(), "looks at a manifest with file calls during them");
    }

    [Theory]
    [InlineData(true, "updates")]
    [InlineData(false, "updates")]
    [InlineData(true, "restores")]
    [InlineData(false, "restores")]
    public async Task Our_own_readers_see_and_export_one_whole_version_at_every_look(bool mayExchange, string changes)
    {
        string folder = Install();
        int times = TestScale.Times(inShort: 30, inFull: 1000);
        using var lister = Start("watch", "x");
        using Child writer = Child.Start(
            test.Home, [.. mayExchange ? [] : new[] { "--move" }, "--times", $"{times}", .. Words(changes)]);
        HashSet<string> versions = [.. Zips().Select(zip => Path.GetFileName(zip).Split('-')[1])];
        int exports = 0;
        var end = Task.Run(writer.AssertSucceeded, TestContext.Current.CancellationToken);
        do
        {
            using PackageStore store = test.Open();
            string zip = Path.Combine(test.Root, "exported.zip");
            ExportedPackage package = store.Export(store.FindItem("x", null), zip, overwrite: true, CancellationToken.None);
            exports++;
            using var archive = System.IO.Compression.ZipFile.OpenRead(zip);
            foreach (string file in new[] { "manifest.yaml", "templates/body.txt" })
            {
                using var reader = new StreamReader(archive.GetEntry(file)!.Open());
                Assert.Contains(package.Version, reader.ReadToEnd(), StringComparison.Ordinal);
            }

            Assert.Contains(package.Version, versions);
        }
        while (!end.IsCompleted);

        await end;
        Assert.True(Directory.Exists(folder));
        Assert.InRange(exports, 1, int.MaxValue);
        TestScale.Report(times, changes);
        TestScale.Report(exports, "exports during them");
        TestScale.Report(lister.AssertSawNothingWrong(), "listings during them");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_item_whose_folder_moves_between_a_look_at_the_journal_and_one_at_the_folders_is_found(bool isDone)
    {
        string[] zips = [.. new[] { "1.0.0", "2.0.0", "3.0.0" }.Select(version => test.ExtensionZip("x", version))];
        test.Import(zips[0]);
        using PackageStore owing = test.Open(context => context.MayExchange = false);
        if (isDone)
        {
            Assert.Null(Assert.Single(owing.Import(zips[1..2], new ImportOptions(), _ => true, default)).Error);
        }
        else
        {
            Death.At(test, "install.checksums", mayExchange: false, "import", zips[1]);
        }

        using var found = new ManualResetEventSlim();
        using var moving = new ManualResetEventSlim();
        Task? writer = null;
        using PackageStore reader = test.Open(context => context.OnLook = () =>
        {
            if (writer is null)
            {
                writer = Task.Run(Update);
                Assert.True(moving.Wait(Patience));
            }
        });

        InstalledItem item = Assert.Single(reader.GetItems());
        found.Set();
        await writer!;

        Assert.Equal("3.0.0", item.Version);

        void Update()
        {
            using PackageStore store = test.Open(context =>
            {
                context.MayExchange = false;
                context.OnStep = name =>
                {
                    if (name == "install.move-in")
                    {
                        moving.Set();
                        Assert.True(found.Wait(Patience));
                    }
                };
            });
            Assert.Null(Assert.Single(store.Import(zips[2..], new ImportOptions(), _ => true, default)).Error);
        }
    }

    [Theory]
    [InlineData("install.exchange", true, "update")]
    [InlineData("install.set-aside", false, "update")]
    [InlineData("install.move-in", false, "update")]
    [InlineData("install.keep-backup", true, "update")]
    [InlineData("install.checksums", true, "update")]
    [InlineData("install.exchange", true, "restore")]
    [InlineData("install.set-aside", false, "restore")]
    [InlineData("install.move-in", false, "restore")]
    [InlineData("install.keep-backup", true, "restore")]
    [InlineData("install.checksums", true, "restore")]
    public async Task An_export_that_starts_in_the_middle_of_a_change_gives_one_version(string step, bool mayExchange, string change)
    {
        if (mayExchange)
        {
            test.SkipUnlessExchanging();
        }

        string[] zips = [test.ExtensionZip("x", "1.0.0", "one"), test.ExtensionZip("x", "2.0.0", "two")];
        Assert.All(change == "update" ? zips[..1] : [zips[1], zips[0]], each => test.Import(each));
        string zip = Path.Combine(test.Root, "exported.zip");
        using var found = new ManualResetEventSlim();
        using var changed = new ManualResetEventSlim();
        Task<ExportedPackage>? exporter = null;
        using (PackageStore writer = test.Open(context =>
        {
            context.MayExchange = mayExchange;
            context.OnStep = name =>
            {
                if (name == step)
                {
                    // The exporter has looked where the content lies, and reads it when the change is done.
                    exporter = Task.Run(ExportInTheMiddle);
                    Assert.True(found.Wait(Patience));
                }
            };
        }))
        {
            if (change == "update")
            {
                Assert.Null(Assert.Single(writer.Import(zips[1..], new ImportOptions(), _ => true, default)).Error);
            }
            else
            {
                Assert.NotNull(writer.Restore(writer.FindBackup("x", null, null, default), _ => true, default));
            }
        }

        changed.Set();
        ExportedPackage package = await exporter!;

        Assert.Equal("2.0.0", package.Version);
        using var archive = System.IO.Compression.ZipFile.OpenRead(zip);
        using var body = new StreamReader(archive.GetEntry("templates/body.txt")!.Open());
        Assert.Equal("two", body.ReadToEnd());

        ExportedPackage ExportInTheMiddle()
        {
            using PackageStore store = test.Open(context => context.OnStep = name =>
            {
                if (name == "export.write")
                {
                    found.Set();
                    Assert.True(changed.Wait(Patience));
                }
            });
            return store.Export(store.FindItem("x", null), zip, overwrite: false, default);
        }
    }

    private Child Start(params string[] words) => Child.Start(test.Home, words).WaitFor("watching");

    private string Install()
    {
        Assert.All(Zips()[..2], zip => test.Import(zip));
        return test.Home.ItemFolder(ItemType.Extension, "x");
    }

    // What the writer does: imports of three versions by turns, or restores that go back and forth between two.
    private string[] Words(string changes) => changes == "restores" ? ["swing", "x"] : ["alternate", .. Zips()];

    private string[] Zips() => [.. Enumerable.Range(1, 3).Select(i => Zip($"{i}.0.{new string('1', i)}"))];

    private string Zip(string version)
    {
        string name = $"x-{version}-.zip";
        return File.Exists(Path.Combine(test.Root, name))
            ? Path.Combine(test.Root, name)
            : test.Zip(name, ("manifest.yaml", TestHome.Manifest("x", version, "end: true\n")), ("templates/body.txt", version));
    }

    private bool CanExchange()
    {
        string left = test.Folder("left", ("left.txt", string.Empty));
        string right = test.Folder("right", ("right.txt", string.Empty));
        return Durable.TryExchange(left, right) && File.Exists(Path.Combine(left, "right.txt"));
    }
}
