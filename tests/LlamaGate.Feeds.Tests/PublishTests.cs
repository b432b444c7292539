using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LlamaGate.Feeds;
using LlamaGate.Tests.Support;
using NuGet.Packaging;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>What is published, and that it comes back as it was (contract, section 12).</summary>
public sealed class PublishTests : IDisposable
{
    private readonly FeedHome home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public void A_package_carries_its_type_version_and_content()
    {
        PublishedPackage published = home.Publish(home.Test.ExtensionZip("alpha", "1.2.3-rc.1+build.5"), home.Folder("feed"));

        Assert.Equal(("alpha", "1.2.3-rc.1+build.5", "alpha", "Extension"), (published.Name, published.Version, published.Id, published.Type));
        using var reader = new PackageArchiveReader(Assert.Single(Directory.EnumerateFiles(home.Folder("feed"))));
        Assert.Equal("LlamaGateExtension", Assert.Single(reader.NuspecReader.GetPackageTypes()).Name);
        Assert.Equal("1.2.3-rc.1+build.5", reader.NuspecReader.GetVersion().ToFullString());
        Assert.Equal("A test.", reader.NuspecReader.GetDescription());
        Assert.Equal(
            ["content/llamagate/manifest.yaml", "content/llamagate/templates/body.txt"],
            reader.GetFiles("content").Order(StringComparer.Ordinal));
        home.Test.AssertNoStaging();
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes()
    {
        string package = home.Test.ExtensionZip("alpha");

        PublishedPackage one = home.Publish(package, home.Folder("one"));
        PublishedPackage other = home.Publish(package, home.Folder("other"));

        Assert.Equal(one.Sha512, other.Sha512);
    }

    [Fact]
    public void Names_empty_folders_and_execute_permissions_come_back()
    {
        string source = home.Test.Folder(
            "source", ("manifest.yaml", TestHome.Manifest("alpha")), ("bin/run me.sh", "#!/bin/sh"), ("data/100% caf\u00e9 #1.txt", "x"), (".hidden", "x"), ("no-extension", "x"));
        Directory.CreateDirectory(Path.Combine(source, "empty", "deeper"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(source, "bin", "run me.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        home.Publish(source, home.Folder("feed"));
        ImportedItem item = home.Install("alpha", repository: home.Folder("feed")).Item!;

        Assert.Equal(TestHome.Tree(source), TestHome.Tree(item.Path));
        Assert.True(Directory.Exists(Path.Combine(item.Path, "empty", "deeper")));
        Assert.Equal(ImportedItem.Unchanged, home.Test.Import(source).Status);
    }

    [Fact]
    public void An_installed_item_is_published_and_installed_in_another_home_under_another_package_id()
    {
        home.Test.Import(home.Test.ModuleZip("triage", "2.0.0"));
        InstalledItem item = home.Test.Item("triage");
        using (UnpackedPackage content = home.Feeds.Open(item, CancellationToken.None))
        {
            home.Feeds.Publish(content, home.Folder("feed"), "Contoso.Triage", apiKey: null, CancellationToken.None);
        }

        using var other = new FeedHome();
        InstallOutcome outcome = other.Install("contoso.triage", repository: home.Folder("feed"));

        Assert.Equal(("triage", "2.0.0", "AgenticModule"), (outcome.Item!.Id, outcome.Item.Version, outcome.Item.Type));
        Assert.Equal(TestHome.Tree(item.Path), TestHome.Tree(outcome.Item.Path));
    }

    [Fact]
    public void A_version_that_is_there_stays()
    {
        home.Publish(home.Test.ExtensionZip("alpha"), home.Folder("feed"));

        LlamaGateException error = Assert.Throws<LlamaGateException>(() => home.Publish(home.Test.ExtensionZip("alpha", body: "other"), home.Folder("feed")));

        Assert.Equal(FeedErrorIds.PublishFailed, error.ErrorId);
        home.Test.AssertNoStaging();
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("-")]
    [InlineData("../evil")]
    public void An_id_that_NuGet_does_not_know_is_refused(string packageId)
    {
        Assert.Equal(
            ErrorIds.PackageInvalid,
            Assert.Throws<LlamaGateException>(() => home.Publish(home.Test.ExtensionZip("alpha"), home.Folder("feed"), packageId)).ErrorId);
        Assert.False(Directory.Exists(home.Folder("feed")) && Directory.EnumerateFileSystemEntries(home.Folder("feed")).Any());
    }

    [Fact]
    public async Task A_server_takes_it_with_the_right_key_and_once()
    {
        await using FeedServer server = await FeedServer.StartAsync(new FeedServer { ApiKey = "key" });
        home.Feeds.AddRepository("server", server.Index);
        string package = home.Test.ExtensionZip("alpha");

        Assert.Equal(FeedErrorIds.PublishFailed, Assert.Throws<LlamaGateException>(() => home.Publish(package, "server")).ErrorId);
        home.Publish(package, "server", apiKey: "key");
        Assert.Equal(FeedErrorIds.PublishFailed, Assert.Throws<LlamaGateException>(() => home.Publish(package, "server", apiKey: "key")).ErrorId);

        Assert.Equal(["alpha 1.0.0"], home.Find("*"));
        Assert.Equal("alpha", home.Install("alpha").Item!.Id);
    }
}
