using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LlamaGate.Feeds;
using LlamaGate.Tests.Support;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Where items came from, and their updates from there (contract, section 12).</summary>
public sealed class UpdateTests : IDisposable
{
    private readonly FeedHome home = new();
    private readonly string feed;

    public UpdateTests()
    {
        feed = home.Folder("feed");
        Directory.CreateDirectory(feed);
        home.Feeds.AddRepository("local", feed);
    }

    public void Dispose() => home.Dispose();

    [Fact]
    public void Two_homes_a_feed_and_a_new_version()
    {
        home.Publish(home.Test.ExtensionZip("alpha", "1.0.0"), "local");
        using var other = new FeedHome();
        other.Feeds.AddRepository("shared", feed);
        Assert.Equal("shared: alpha 1.0.0", other.Install("alpha").Item!.Source);
        Assert.Equal(PackageUpdate.UpToDate, Assert.Single(FindUpdates(other)).Status);

        home.Publish(home.Test.ExtensionZip("alpha", "1.1.0", body: "new"), "local");
        string before = TestHome.Snapshot(other.Test.Home.Path);
        PackageUpdate update = Assert.Single(FindUpdates(other));
        Assert.Equal(("alpha", "1.0.0", "1.1.0", PackageUpdate.Available), (update.Id, update.Version, update.AvailableVersion, update.Status));
        Assert.Equal(before, TestHome.Snapshot(other.Test.Home.Path));

        PackageUpdate updated = Assert.Single(other.Feeds.Update([update], long.MaxValue, CancellationToken.None));

        Assert.Equal(PackageUpdate.Updated, updated.Status);
        InstalledItem item = other.Test.Item("alpha");
        Assert.Equal(("1.1.0", "shared: alpha 1.1.0"), (item.Version, item.Source));
        Assert.Equal("new", File.ReadAllText(Path.Combine(item.Path, "templates", "body.txt")));
        Assert.Equal(PackageUpdate.UpToDate, Assert.Single(FindUpdates(other)).Status);
    }

    [Fact]
    public async Task Two_homes_a_server_and_a_new_version()
    {
        await using FeedServer server = await FeedServer.StartAsync(new FeedServer { Credentials = "me:s3cret", ApiKey = "key" });
        home.Feeds.AddRepository("server", server.Index, new RepositoryCredential("me", "s3cret"));
        home.Publish(home.Test.ExtensionZip("alpha", "1.0.0"), "server", apiKey: "key");
        using var other = new FeedHome();
        other.Feeds.AddRepository("server", server.Index, new RepositoryCredential("me", "s3cret"));
        other.Install("alpha");

        home.Publish(home.Test.ExtensionZip("alpha", "1.1.0"), "server", apiKey: "key");
        Assert.Equal(PackageUpdate.Updated, Assert.Single(other.Feeds.Update(FindUpdates(other), long.MaxValue, CancellationToken.None)).Status);

        Assert.Equal("server: alpha 1.1.0", other.Test.Item("alpha").Source);
        Assert.Equal(ItemIntegrity.Intact, other.Store.Verify(other.Test.Item("alpha"), CancellationToken.None).Status);

        ItemBackup backup = other.Store.FindBackup("alpha", type: null, name: null, CancellationToken.None);
        Assert.Equal("1.0.0", other.Store.Restore(backup, _ => true, CancellationToken.None)!.Version);
        Assert.Equal(ItemIntegrity.Intact, other.Store.Verify(other.Test.Item("alpha"), CancellationToken.None).Status);
    }

    [Fact]
    public void The_record_says_all_and_goes_with_the_item()
    {
        TestPackages.Write(feed, "alpha", "1.2.0-rc.1");
        InstallOutcome outcome = home.Install("alpha", "[1.0,2.0)", prerelease: true);

        ItemSource source = home.Store.FindSource(outcome.Item!)!;
        Assert.Equal(("local", "alpha", "[1.0,2.0)", true, "1.2.0-rc.1"), (source.Repository, source.PackageId, source.VersionRange, source.IncludesPrerelease, source.Version));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData(File.ReadAllBytes(Path.Combine(feed, "alpha.1.2.0-rc.1.nupkg")))), source.Sha512);
        string file = home.Test.Home.SourceFile(ItemType.Extension, "alpha");
        Assert.True(File.Exists(file));

        home.Store.Remove(outcome.Item!, CancellationToken.None);

        Assert.False(File.Exists(file));
    }

    [Fact]
    public void What_comes_from_a_file_later_came_from_there_no_more()
    {
        TestPackages.Write(feed, "alpha", "1.0.0");
        home.Install("alpha");

        Assert.Null(home.Test.Import(home.Test.ExtensionZip("alpha", "3.0.0")).Source);

        Assert.Null(home.Test.Item("alpha").Source);
        Assert.Equal(PackageUpdate.NoRepository, Assert.Single(FindUpdates(home)).Status);
        home.Test.AssertNoStaging();
    }

    [Fact]
    public void A_version_that_the_repository_no_longer_has_is_not_replaced_by_an_older_one()
    {
        TestPackages.Write(feed, "alpha", "1.0.0");
        TestPackages.Write(feed, "alpha", "2.0.0");
        Assert.Equal("2.0.0", home.Install("alpha").Item!.Version);
        File.Delete(Path.Combine(feed, "alpha.2.0.0.nupkg"));

        PackageUpdate update = Assert.Single(FindUpdates(home));

        Assert.Equal(("2.0.0", PackageUpdate.UpToDate), (update.Version, update.Status));
    }

    [Fact]
    public void Pins_and_ranges_are_kept()
    {
        foreach (string version in new[] { "1.0.0", "1.5.0", "2.0.0", "2.1.0-beta" })
        {
            TestPackages.Write(feed, "pinned", version);
            TestPackages.Write(feed, "ranged", version);
            TestPackages.Write(feed, "any", version);
        }

        home.Install("pinned", "1.0.0");
        home.Install("ranged", "[1.0,1.5)");
        home.Install("any", "[1.0,1.5)");
        File.WriteAllText(
            home.Test.Home.SourceFile(ItemType.Extension, "any"),
            File.ReadAllText(home.Test.Home.SourceFile(ItemType.Extension, "any")).Replace("\"range\": \"[1.0,1.5)\",", string.Empty, StringComparison.Ordinal));
        TestPackages.Write(feed, "ranged", "1.4.0");

        IReadOnlyList<PackageUpdate> updates = FindUpdates(home);

        Assert.Equal(
            ["any 2.0.0 Available", "pinned  Pinned", "ranged 1.4.0 Available"],
            updates.Select(update => $"{update.Id} {update.AvailableVersion} {update.Status}"));
        Assert.Equal("2.1.0-beta", home.Feeds.FindUpdates([home.Test.Item("any")], true, CancellationToken.None)[0].AvailableVersion);
    }

    [Fact]
    public async Task A_thousand_items_ask_a_server_once_each_and_one_failure_does_not_stop_the_rest()
    {
        await using FeedServer server = await FeedServer.StartAsync(new FeedServer());
        using var large = new FeedHome(test: new TestHome(inMemory: true));
        for (int i = 0; i < 1000; i++)
        {
            server.Add(TestPackages.Make($"item{i:0000}", "1.0.0"));
        }

        large.Feeds.AddRepository("server", server.Index);
        FeedPackage[] packages = [.. large.Feeds.Find(new PackageRequest("*"), allVersions: false, CancellationToken.None)];
        Assert.Equal(1000, large.Feeds.Install(packages, new ImportOptions(), long.MaxValue, CancellationToken.None).Count(outcome => outcome.Error is null));
        server.Add(TestPackages.Make("item0003", "1.1.0"));
        server.Add(TestPackages.Make("item0005", "1.1.0"));
        server.BrokenIds.Add("item0004");
        int askedBefore = Registrations(server);

        IReadOnlyList<PackageUpdate> updates = FindUpdates(large);

        // NuGet's client asks a server that fails three times.
        Assert.Equal(1000 + 2, Registrations(server) - askedBefore);
        Assert.Equal(["item0003 Available", "item0004 Failed", "item0005 Available"], updates.Where(update => update.Status is not PackageUpdate.UpToDate).Select(update => $"{update.Id} {update.Status}"));
        Assert.Equal(FeedErrorIds.DownloadFailed, updates.Single(update => update.Status is PackageUpdate.Failed).GetError()!.ErrorId);
        Assert.Equal(["1.1.0", "1.1.0"], large.Feeds.Update(updates, long.MaxValue, CancellationToken.None).Select(update => large.Test.Item(update.Id).Version));
    }

    [Fact]
    public void A_repository_that_is_not_registered_any_more_is_told_for_its_items()
    {
        TestPackages.Write(feed, "alpha");
        home.Install("alpha");
        home.Feeds.RemoveRepository("local");

        PackageUpdate update = Assert.Single(FindUpdates(home));

        Assert.Equal((PackageUpdate.Failed, FeedErrorIds.RepositoryNotFound), (update.Status, update.GetError()!.ErrorId));
    }

    [Theory]
    [InlineData("install.source")]
    [InlineData("install.checksums")]
    public void A_change_that_dies_is_completed_with_its_source_by_the_next_writer(string step)
    {
        string package = home.Test.ExtensionZip("alpha", "2.0.0", body: "new");
        home.Test.Import(home.Test.ExtensionZip("alpha", "1.0.0"));
        var source = ItemSource.OfRepository("local", "alpha", null, false, "2.0.0", "00", DateTimeOffset.UtcNow);
        var options = new ImportOptions { Sources = new Dictionary<string, ItemSource>(StringComparer.Ordinal) { [package] = source } };
        string copy = home.Folder("copy");
        using (PackageStore store = home.Test.Open(settings => settings.OnStep = name =>
        {
            if (name == step && !Directory.Exists(copy))
            {
                DiskCopy.Take(home.Test.Home.Path, copy);
            }
        }))
        {
            Assert.Null(Assert.Single(store.Import([package], options, _ => true, CancellationToken.None)).Error);
        }

        // What the disk held at that moment, as after a power failure, for the next command.
        using var next = new PackageStore(new LlamaGateHome(copy), home.Log);
        next.SetEnabled(next.FindItem("alpha", null), enabled: false, CancellationToken.None);

        InstalledItem item = Assert.Single(next.GetItems());
        Assert.Equal(("2.0.0", "local: alpha 2.0.0"), (item.Version, item.Source));
    }

    private static int Registrations(FeedServer server) => server.Requests.Count(request => request.Path.StartsWith("/registration/", StringComparison.Ordinal));

    private static IReadOnlyList<PackageUpdate> FindUpdates(FeedHome home) => home.Feeds.FindUpdates(home.Test.Items(), false, CancellationToken.None);
}
