using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.Feeds;
using Xunit;

namespace LlamaGate.Tests.Support;

/// <summary>A home with its feeds, as one command sees them.</summary>
internal sealed class FeedHome : IDisposable
{
    private readonly PackageStore store;

    public FeedHome(Stall? stall = null, TestHome? test = null)
    {
        Test = test ?? new TestHome();
        store = Test.Open();
        Feeds = new PackageFeeds(store, Test.Log, stall ?? new Stall(TimeSpan.FromMinutes(1)));
    }

    public TestHome Test { get; }

    public PackageFeeds Feeds { get; }

    public PackageStore Store => store;

    public RecordingLog Log => Test.Log;

    public string Folder(string name) => Path.Combine(Test.Root, name);

    /// <summary>Finds packages; each as <c>name version repository</c>.</summary>
    public IReadOnlyList<string> Find(
        string name, string? version = null, string? repository = null, bool allVersions = false, bool prerelease = false) =>
        [.. Feeds.Find(new PackageRequest(name, version, repository, prerelease), allVersions, Token).Select(package => $"{package.Name} {package.Version}")];

    public FeedPackage Resolve(string name, string? version = null, string? repository = null, bool prerelease = false) =>
        Feeds.Resolve(new PackageRequest(name, version, repository, prerelease), Token);

    public InstallOutcome Install(string name, string? version = null, string? repository = null, bool prerelease = false) =>
        Assert.Single(Feeds.Install([Resolve(name, version, repository, prerelease)], new ImportOptions(), PackageFeeds.DefaultMaxDownloadBytes, Token));

    public InstallOutcome InstallFrom(Uri address, string? sha256 = null, long maxBytes = PackageFeeds.DefaultMaxDownloadBytes, CancellationToken? token = null) =>
        Assert.Single(Feeds.InstallFrom([address], sha256, new ImportOptions(), maxBytes, token ?? Token));

    public PublishedPackage Publish(string package, string repository, string? packageId = null, string? apiKey = null)
    {
        using UnpackedPackage content = Feeds.Open(package, null, new PackageLimits(), Token);
        return Feeds.Publish(content, repository, packageId, apiKey, Token);
    }

    /// <summary>That a failed command has left nothing.</summary>
    public void AssertUntouched()
    {
        Assert.Empty(Test.Items());
        Test.AssertNoStaging();
    }

    public void Dispose()
    {
        Feeds.Dispose();
        store.Dispose();
        Test.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
