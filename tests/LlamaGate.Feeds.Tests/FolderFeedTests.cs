using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using LlamaGate.Feeds;
using LlamaGate.Tests.Support;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Folders as feeds: searching, choosing versions, installing, saving.</summary>
public sealed class FolderFeedTests : IDisposable
{
    private readonly FeedHome home = new();
    private readonly string feed;

    public FolderFeedTests()
    {
        feed = home.Folder("feed");
        foreach (string version in new[] { "1.0.0", "1.1.0", "2.0.0", "2.1.0-beta.2" })
        {
            TestPackages.Write(feed, "alpha", version);
        }

        TestPackages.Write(feed, "alpha-beta", "0.1.0");
        TestPackages.Write(feed, "Other.Library", "9.0.0", type: null);
        TestPackages.Write(feed, "Some.Tool", "9.0.0", type: "DotnetTool");
        home.Feeds.AddRepository("local", feed);
    }

    public void Dispose() => home.Dispose();

    [Fact]
    public void Only_our_types_are_found_the_newest_of_each()
    {
        Assert.Equal(["alpha 2.0.0", "alpha-beta 0.1.0"], home.Find("*"));
        Assert.Equal(["alpha 2.1.0-beta.2", "alpha-beta 0.1.0"], home.Find("*", prerelease: true));
        Assert.Empty(home.Find("Other.*"));
        Assert.Equal(ErrorIds.PackageNotFound, Assert.Throws<LlamaGateException>(() => home.Find("Other.Library")).ErrorId);
        Assert.Contains("There are: 2.1.0-beta.2", Assert.Throws<LlamaGateException>(() => home.Find("alpha", "[9.0,)")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALPHA", "alpha 2.0.0")]
    [InlineData("alpha-*", "alpha-beta 0.1.0")]
    [InlineData("*beta", "alpha-beta 0.1.0")]
    [InlineData("alph?", "alpha 2.0.0")]
    public void Names_take_wildcards_and_any_case(string name, string expected) => Assert.Equal([expected], home.Find(name));

    [Fact]
    public void All_versions_are_given_newest_first() =>
        Assert.Equal(["alpha 2.0.0", "alpha 1.1.0", "alpha 1.0.0"], home.Find("alpha", allVersions: true));

    [Theory]
    [InlineData(null, "2.0.0")]
    [InlineData("1.0.0", "1.0.0")]
    [InlineData("[1.0,2.0)", "1.1.0")]
    [InlineData("(1.0.0,)", "2.0.0")]
    [InlineData("1.*", "1.1.0")]
    [InlineData("1.0.*", "1.0.0")]
    [InlineData("*", "2.0.0")]
    [InlineData("*-*", "2.1.0-beta.2")]
    [InlineData("2.1.0-beta.2", "2.1.0-beta.2")]
    [InlineData("[2.1.0-alpha,)", "2.1.0-beta.2")]
    public void The_newest_version_that_fits_is_taken(string? range, string expected) => Assert.Equal(expected, home.Resolve("alpha", range).Version);

    [Theory]
    [InlineData("alpha", "[3.0,)")]
    [InlineData("alpha", "one")]
    [InlineData("gamma", null)]
    public void What_is_not_there_is_told(string name, string? range) =>
        Assert.Equal(ErrorIds.PackageNotFound, Assert.Throws<LlamaGateException>(() => home.Resolve(name, range)).ErrorId);

    [Fact]
    public void A_package_is_installed_from_a_name_a_folder_or_any_repository()
    {
        Assert.Equal("1.0.0", home.Install("alpha", "1.0.0", "local").Item!.Version);
        Assert.Equal("1.1.0", home.Install("alpha", "1.1.0", feed).Item!.Version);
        Assert.Equal(ImportedItem.Updated, home.Install("alpha").Item!.Status);
        Assert.Equal("2.0.0", home.Test.Item("alpha").Version);
        home.Test.AssertNoStaging();
    }

    [Fact]
    public void A_package_of_another_type_is_not_installed()
    {
        Assert.Equal(ErrorIds.PackageInvalid, home.Install("Some.Tool").Error!.ErrorId);
        home.AssertUntouched();
    }

    [Fact]
    public void The_version_of_the_item_is_the_packages()
    {
        File.WriteAllBytes(Path.Combine(feed, "wrong.1.0.0.nupkg"), TestPackages.Make("wrong", "1.0.0", itemVersion: "1.0.1"));

        LlamaGateException error = home.Install("wrong").Error!;

        Assert.Equal(ErrorIds.PackageInvalid, error.ErrorId);
        Assert.Contains("1.0.1", error.Message, StringComparison.Ordinal);
        home.AssertUntouched();
    }

    [Fact]
    public void One_bad_package_does_not_stop_the_rest()
    {
        FeedPackage[] packages = [home.Resolve("alpha"), home.Resolve("Some.Tool"), home.Resolve("alpha-beta")];

        InstallOutcome[] outcomes =
            [.. home.Feeds.Install(packages, new ImportOptions(), PackageFeeds.DefaultMaxDownloadBytes, TestContext.Current.CancellationToken)];

        Assert.Equal(["alpha", null, "alpha-beta"], outcomes.Select(outcome => outcome.Item?.Id));
        Assert.Equal(["alpha 2.0.0", "Some.Tool 9.0.0", "alpha-beta 0.1.0"], outcomes.Select(outcome => outcome.Source));
    }

    [Fact]
    public void A_package_over_the_limit_is_not_downloaded()
    {
        InstallOutcome outcome = Assert.Single(home.Feeds.Install(
            [home.Resolve("alpha")], new ImportOptions(), maxDownloadBytes: 100, TestContext.Current.CancellationToken));

        Assert.Equal(FeedErrorIds.DownloadFailed, outcome.Error!.ErrorId);
        home.AssertUntouched();
    }

    [Fact]
    public void A_saved_package_is_the_one_of_the_feed_and_can_be_imported()
    {
        FeedPackage package = home.Resolve("alpha", "1.0.0");
        SavedPackage saved = home.Feeds.Save(package, home.Folder("saved"), overwrite: false, PackageFeeds.DefaultMaxDownloadBytes, TestContext.Current.CancellationToken);

        Assert.Equal(File.ReadAllBytes(Path.Combine(feed, "alpha.1.0.0.nupkg")), File.ReadAllBytes(saved.Path));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData(File.ReadAllBytes(saved.Path))), saved.Sha512);
        Assert.Equal([saved.Path], Directory.EnumerateFiles(home.Folder("saved")));
        Assert.Equal("alpha", home.Test.Import(saved.Path).Id);
        LlamaGateException again = Assert.Throws<LlamaGateException>(() => home.Feeds.Save(
            package, home.Folder("saved"), overwrite: false, PackageFeeds.DefaultMaxDownloadBytes, TestContext.Current.CancellationToken));
        Assert.Equal(ErrorIds.DestinationExists, again.ErrorId);
    }

    [Fact]
    public void A_folder_that_is_not_there_and_files_that_are_no_packages_are_told()
    {
        File.WriteAllText(Path.Combine(feed, "broken.1.0.0.nupkg"), "This is no package.");

        Assert.Equal(2, home.Find("*").Count);
        Assert.Contains(home.Log.Verboses, message => message.Contains("broken.1.0.0.nupkg", StringComparison.Ordinal));
        Directory.Delete(feed, recursive: true);
        Assert.Equal(FeedErrorIds.DownloadFailed, Assert.Throws<LlamaGateException>(() => home.Find("*")).ErrorId);
        Assert.Equal(FeedErrorIds.RepositoryNotFound, Assert.Throws<LlamaGateException>(() => home.Find("*", repository: "nowhere")).ErrorId);
    }

    [Fact]
    public void Ten_thousand_other_packages_are_no_trouble()
    {
        // Small but whole packages; a test of the work that a search does, not of the disk.
        byte[] other = TestPackages.Make("placeholder", type: null);
        for (int i = 0; i < 10_000; i++)
        {
            File.WriteAllBytes(Path.Combine(feed, $"other{i}.1.0.0.nupkg"), other);
        }

        Assert.Equal(["alpha 2.0.0", "alpha-beta 0.1.0"], home.Find("*"));
        Assert.Equal("2.0.0", home.Resolve("alpha").Version);
    }

    [Fact]
    public void A_feed_in_folders_as_nuget_makes_them_is_read()
    {
        string nested = home.Folder("nested");
        string folder = Path.Combine(nested, "alpha", "3.0.0");
        TestPackages.Write(folder, "alpha", "3.0.0");
        using (ZipArchive package = ZipFile.OpenRead(Path.Combine(folder, "alpha.3.0.0.nupkg")))
        {
            package.GetEntry("alpha.nuspec")!.ExtractToFile(Path.Combine(folder, "alpha.nuspec"));
        }

        File.WriteAllText(Path.Combine(folder, "alpha.3.0.0.nupkg.sha512"), "x");

        Assert.Equal(["alpha 3.0.0"], home.Find("*", repository: nested));
        Assert.Equal("3.0.0", home.Install("alpha", repository: nested).Item!.Version);
    }
}
