using System;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>What file managers, editors, disks and version control leave behind, and files that hold secrets.</summary>
public sealed class DebrisTests : IDisposable
{
    private static readonly string[] Debris =
    [
        ".git/config", "__MACOSX/._x", "sub/._x", ".DS_Store", "Thumbs.db", "sub/desktop.ini", ".#manifest.yaml", "manifest.yaml~",
        "@eaDir/x@SynoEAStream", ".stfolder/x", "lost+found/x", ".hg/x", ".svn/x",
    ];

    private static readonly string[] UnixDebris = ["Icon\r", "x:Zone.Identifier"];

    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_left_out_of_an_import_and_told(bool isZip)
    {
        (string, string)[] files = [("manifest.yaml", TestHome.Manifest("a")), ("sub/x.txt", "x"), .. AllDebris(isZip).Select(name => (name, "debris"))];

        ImportedItem item = test.Import(isZip ? test.Zip("a.zip", files) : test.Folder("a", files));

        Assert.Equal(["manifest.yaml", "sub/x.txt"], TestHome.Tree(item.Path).Keys.Order(StringComparer.Ordinal));
        string line = Assert.Single(test.Log.Verboses, line => line.Contains("Left out: ", StringComparison.Ordinal));
        Assert.All([".git/", "@eaDir/", ".#manifest.yaml", "manifest.yaml~"], name => Assert.Contains(name, line, StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_left_out_of_an_export_and_told()
    {
        ImportedItem item = test.Import(test.ExtensionZip("a"));
        string clean = Export("clean.zip");
        foreach (string name in AllDebris(isZip: false))
        {
            test.Write("extensions/installed/a/" + name.Replace("sub/", "templates/", StringComparison.Ordinal), "debris");
        }

        Assert.Equal(clean, Export("again.zip"));
        Assert.Contains(test.Log.Verboses, line => line.Contains("Left out: ", StringComparison.Ordinal));
        Assert.Equal(ImportedItem.Unchanged, test.Import(Path.Combine(test.Root, "clean.zip")).Status);

        string Export(string name)
        {
            using PackageStore store = test.Open();
            return store.Export(item, Path.Combine(test.Root, name), overwrite: false, TestContext.Current.CancellationToken).Sha256;
        }
    }

    [Fact]
    public void Beside_a_single_top_level_folder_it_is_no_second_thing()
    {
        ImportedItem item = test.Import(test.Zip(
            "a.zip", ("my-a/manifest.yaml", TestHome.Manifest("a")), ("._my-a", "x"), ("Thumbs.db", "x"), ("@eaDir/my-a/x", "x")));

        Assert.Equal(["manifest.yaml"], TestHome.Tree(item.Path).Keys);
    }

    [Fact]
    public void It_is_no_item_among_the_installed()
    {
        test.Import(test.ExtensionZip("a"));
        test.Write("extensions/installed/@eaDir/manifest.yaml", TestHome.Manifest("b"));
        test.Write("extensions/installed/lost+found/x", "x");
        test.Write("extensions/installed/.git/x", "x");

        using PackageStore store = test.Open();

        Assert.Empty(store.PlanSync(TestContext.Current.CancellationToken).Changes);
        Assert.Equal(["a"], store.FindItems(_ => true, type: null).Select(item => item.Id));
    }

    [Theory]
    [InlineData(".env", "A=1", true)]
    [InlineData("config/.env.production", "A=1", true)]
    [InlineData(".env.example", "A=", false)]
    [InlineData("id_ed25519", "x", true)]
    [InlineData("id_ed25519.pub", "x", false)]
    [InlineData("server.pem", "-----BEGIN PRIVATE KEY-----\n", true)]
    [InlineData("server.key", "-----BEGIN RSA PRIVATE KEY-----\n", true)]
    [InlineData("ca.pem", "-----BEGIN CERTIFICATE-----\n", false)]
    [InlineData("client.pfx", "x", true)]
    public void What_holds_secrets_is_content_and_a_warning_at_import_and_export(string name, string content, bool isSecret)
    {
        ImportedItem item = test.Import(test.Zip("a.zip", ("manifest.yaml", TestHome.Manifest("a")), (name, content)));
        string[] atImport = [.. test.Log.Warnings];
        using PackageStore store = test.Open();
        store.Export(item, Path.Combine(test.Root, "out.zip"), overwrite: false, TestContext.Current.CancellationToken);
        string[] atExport = [.. test.Log.Warnings.Skip(atImport.Length)];

        Assert.Equal(content, test.Read($"extensions/installed/a/{name}"));
        foreach (string[] warnings in new[] { atImport, atExport })
        {
            Assert.Equal(isSecret ? 1 : 0, warnings.Length);
            Assert.All(warnings, warning => Assert.Contains($"{name}: may contain", warning, StringComparison.Ordinal));
        }
    }

    // Windows holds no files of some of these names; a zip may.
    private static string[] AllDebris(bool isZip) => isZip || Path.DirectorySeparatorChar == '/' ? [.. Debris, .. UnixDebris] : Debris;
}
