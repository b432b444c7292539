using System;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace LlamaGate.Tests.Packages;

/// <summary>NuGet packages: what of them is the item (contract, section 12).</summary>
public sealed class NupkgTests : IDisposable
{
    private readonly TestHome home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public void The_items_files_are_installed_and_what_belongs_to_NuGet_is_not()
    {
        string package = Nupkg(("content/llamagate/manifest.yaml", TestHome.Manifest("alpha")), ("content/llamagate/templates/body.txt", "hello"));

        ImportedItem item = home.Import(package);

        Assert.Equal("alpha", item.Id);
        Assert.Equal(["manifest.yaml", "templates/body.txt"], TestHome.Tree(item.Path).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_content_is_unchanged_whether_it_comes_as_zip_or_NuGet_package()
    {
        home.Import(home.ExtensionZip("alpha"));

        string package = Nupkg(("content/llamagate/manifest.yaml", TestHome.Manifest("alpha")), ("content/llamagate/templates/body.txt", "hello"));

        Assert.Equal(ImportedItem.Unchanged, home.Import(package).Status);
    }

    [Fact]
    public void Names_are_as_they_were_before_NuGet_escaped_them()
    {
        string package = Nupkg(
            ("content/llamagate/manifest.yaml", TestHome.Manifest("alpha")),
            ("content/llamagate/my%20templates/100%25%20caf%C3%A9.txt", "hello"),
            ("content/llamagate/not%zz-escaped.txt", "hello"));

        Assert.Equal(
            ["manifest.yaml", "my templates/100% caf\u00e9.txt", "not%zz-escaped.txt"],
            TestHome.Tree(home.Import(package).Path).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("content/llamagate/%2e%2e/evil.txt")]
    [InlineData("content/llamagate/a%5C..%5Cevil.txt")]
    [InlineData("content/llamagate/a%00b.txt")]
    [InlineData("content/llamagate/%2Fevil.txt")]
    [InlineData("content/llamagate/MANIFEST.yaml")]
    public void Names_obey_the_rules_once_they_are_read(string name)
    {
        string package = Nupkg(("content/llamagate/manifest.yaml", TestHome.Manifest("alpha")), (name, "evil"));

        Assert.Equal(ErrorIds.PackageInvalid, home.ImportFails(package).ErrorId);
        Assert.Empty(home.Items());
    }

    [Fact]
    public void Names_of_what_belongs_to_NuGet_are_no_matter()
    {
        string package = Nupkg(
            ("content/llamagate/manifest.yaml", TestHome.Manifest("alpha")), ("tools/aux.ps1", "x"), ("lib/net8.0/A.dll", "x"), ("lib/net8.0/a.dll", "x"));

        Assert.Equal("alpha", home.Import(package).Id);
    }

    [Fact]
    public void A_package_for_something_else_is_refused_with_the_reason()
    {
        LlamaGateException error = home.ImportFails(Nupkg(("lib/net8.0/A.dll", "x")));

        Assert.Equal(ErrorIds.PackageInvalid, error.ErrorId);
        Assert.Contains("content/llamagate/", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_that_only_has_a_folder_of_that_name_is_any_zip()
    {
        string zip = home.Zip("plain.zip", ("manifest.yaml", TestHome.Manifest("alpha")), ("content/llamagate/notes.txt", "x"), ("x.nuspec", "x"));

        Assert.Equal(
            ["content/llamagate/notes.txt", "manifest.yaml", "x.nuspec"], TestHome.Tree(home.Import(zip).Path).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Unpacking_checks_as_import_does_and_leaves_nothing()
    {
        using PackageStore store = home.Open();
        string folder;
        using (UnpackedPackage unpacked = store.Unpack(home.ExtensionZip("alpha", "1.2.3"), null, new PackageLimits(), CancellationToken.None))
        {
            folder = unpacked.Folder;
            Assert.Equal(("alpha", "1.2.3", ItemType.Extension, "A test."), (unpacked.Id, unpacked.Version, unpacked.Type, unpacked.Description));
            Assert.Equal(["manifest.yaml", "templates/body.txt"], unpacked.Files.Select(file => file.Path));
            Assert.Equal(["templates"], unpacked.Folders);
            Assert.Equal("hello", File.ReadAllText(Path.Combine(folder, "templates", "body.txt")));
        }

        string bad = home.Zip("bad.zip", ("manifest.yaml", "name: alpha\n"));
        Assert.Equal(
            ErrorIds.ManifestInvalid,
            Assert.Throws<LlamaGateException>(() => store.Unpack(bad, null, new PackageLimits(), CancellationToken.None)).ErrorId);
        Assert.False(Directory.Exists(folder));
        home.AssertNoStaging();
        Assert.Empty(home.Items());
    }

    [Fact]
    public void A_temporary_folder_is_in_the_homes_tmp_and_goes_when_it_is_disposed()
    {
        using PackageStore store = home.Open();
        using (TemporaryFolder folder = store.CreateTemporaryFolder())
        {
            Assert.StartsWith(Path.Combine(home.Home.Path, "tmp"), folder.Path, StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(folder.Path, "file"), "x");
        }

        home.AssertNoStaging();
    }

    private string Nupkg(params (string Path, string Content)[] content) => home.Zip(
        $"{Guid.NewGuid():N}.nupkg",
        [
            ("_rels/.rels", "<Relationships />"),
            ("alpha.nuspec", "<package />"),
            ("[Content_Types].xml", "<Types />"),
            ("package/services/metadata/core-properties/1.psmdcp", "<coreProperties />"),
            (".signature.p7s", "x"),
            .. content,
        ]);
}
