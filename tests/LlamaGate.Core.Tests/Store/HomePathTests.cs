using System;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>Homes in unusual places, and one home under several names.</summary>
public sealed class HomePathTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Theory]
    [InlineData("J\u00fcrgen M\u00fcller")]
    [InlineData("\u65e5\u672c\u8a9e")]
    [InlineData("100% & more (1)")]
    public void A_home_may_have_any_name(string name) => UseAll(new LlamaGateHome(Path.Combine(test.Root, name, ".llamagate")));

    [Fact]
    public void A_home_may_lie_deeper_than_260_characters()
    {
        string deep = Path.Combine([test.Root, .. Enumerable.Repeat(new string('d', 60), 5)]);
        Assert.True(deep.Length > 300);

        UseAll(new LlamaGateHome(deep));
    }

    [Theory]
    [InlineData("forward slashes")]
    [InlineData("another case")]
    [InlineData(@"\\?\")]
    [InlineData("another drive")]
    [InlineData("a share")]
    public void A_home_under_another_name_of_Windows_is_the_same_home(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "These are names of Windows.");
        test.Import(test.ExtensionZip("x", "1.0.0"));
        string path = test.Home.Path;
        using SubstitutedDrive? drive = kind == "another drive" ? new SubstitutedDrive(test.Root) : null;
        var other = new LlamaGateHome(kind switch
        {
            "forward slashes" => path.Replace('\\', '/'),
            "another case" => path.ToUpperInvariant(),
            @"\\?\" => @"\\?\" + path,
            "another drive" => Path.Combine(drive!.Root, Path.GetRelativePath(test.Root, path)),
            _ => $@"\\localhost\{path[0]}$\{path[3..]}",
        });
        Assert.SkipUnless(Directory.Exists(other.Path), $"'{other.Path}' does not exist here.");
        var log = new RecordingLog();
        using var store = new PackageStore(other, log);

        Assert.Equal("1.0.0", store.FindItem("x", null).Version);
        ImportOutcome update = Assert.Single(store.Import([test.ExtensionZip("x", "2.0.0")], new ImportOptions(), _ => true, TestContext.Current.CancellationToken));
        Assert.Equal(("2.0.0", ImportedItem.Updated), (update.Item!.Version, update.Item.Status));
        string inside = Path.Combine(test.Home.RegistryFolder, "x.zip");
        Assert.Throws<LlamaGateException>(() => store.Export(store.FindItem("x", null), inside, overwrite: false, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(inside));
        test.Import(test.ExtensionZip("x", "3.0.0"));
        store.Remove(store.FindItem("x", null), TestContext.Current.CancellationToken);

        Assert.Empty(log.Warnings);
        Assert.Empty(test.Items());
        Assert.False(Directory.Exists(test.Home.ItemFolder(ItemType.Extension, "x")));
    }

    // Every command that moves or reads the files of an item.
    private void UseAll(LlamaGateHome home)
    {
        string export = Path.Combine(test.Root, "x.zip");
        var settings = new StoreSettings(home, test.Log, TimeSpan.FromSeconds(30));
        Operation.Run(settings, "import", test.ExtensionZip("x", "1.0.0"));
        Operation.Run(settings, "import", test.ExtensionZip("x", "2.0.0"));
        Operation.Run(settings, "restore", "x");
        Operation.Run(settings, "export", "x", export);
        Operation.Run(settings, "remove", "x");
        Operation.Run(settings, "import", export);

        using var store = new PackageStore(settings);
        InstalledItem item = Assert.Single(store.GetItems());
        Assert.Equal(("1.0.0", home.ItemFolder(ItemType.Extension, "x")), (item.Version, item.Path));
        Assert.True(File.Exists(Path.Combine(item.Path, "manifest.yaml")));
        Assert.Empty(store.PlanSync(TestContext.Current.CancellationToken).Changes);
        Assert.Empty(test.Log.Warnings);
    }

    // A drive letter that stands for a folder.
    private sealed class SubstitutedDrive : IDisposable
    {
        public SubstitutedDrive(string folder)
        {
            string[] taken = Environment.GetLogicalDrives();
            char letter = "RSTUVWXY".First(each => !taken.Contains($@"{each}:\", StringComparer.OrdinalIgnoreCase));
            Root = $@"{letter}:\";
            Assert.SkipUnless(SystemTool.TryRun("subst", Root[..2], folder), "No drive can be substituted here.");
        }

        public string Root { get; }

        public void Dispose() => SystemTool.TryRun("subst", Root[..2], "/d");
    }
}
