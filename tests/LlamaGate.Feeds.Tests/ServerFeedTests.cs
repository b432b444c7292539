using System;
using System.Threading;
using System.Threading.Tasks;
using LlamaGate.Feeds;
using LlamaGate.Tests.Support;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Servers as feeds: searching in pages, credentials, unlisted and prerelease versions, servers that fail.</summary>
public sealed class ServerFeedTests : IDisposable
{
    private readonly FeedHome home = new();

    public void Dispose() => home.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_our_types_are_found_on_every_page(bool knowsTypes)
    {
        await using FeedServer server = await FeedServer.StartAsync(new FeedServer { KnowsTypes = knowsTypes, PageSize = 20 });
        for (int i = 0; i < 45; i++)
        {
            server.Add(TestPackages.Make($"alpha{i:00}"));
            server.Add(TestPackages.Make($"library{i:00}", type: null));
        }

        server.Add(TestPackages.Make("module", type: "LlamaGateAgenticModule"));
        home.Feeds.AddRepository("server", server.Index);

        Assert.Equal(46, home.Find("*").Count);
        Assert.Equal(["alpha07 1.0.0"], home.Find("alpha07"));
        Assert.Equal(["module 1.0.0"], home.Find("mod*"));
        Assert.Equal("AgenticModule", Assert.Single(home.Feeds.Find(new PackageRequest("module"), false, CancellationToken.None)).Type);
        Assert.Empty(home.Find("library0*"));
        Assert.Equal(ErrorIds.PackageNotFound, Assert.Throws<LlamaGateException>(() => home.Find("library07")).ErrorId);
    }

    [Fact]
    public async Task Unlisted_versions_are_for_those_who_name_them()
    {
        await using FeedServer server = await FeedServer.StartAsync(new FeedServer());
        server.Add(TestPackages.Make("alpha", "1.0.0"));
        server.Add(TestPackages.Make("alpha", "2.0.0"), isListed: false);
        server.Add(TestPackages.Make("alpha", "3.0.0-rc.1"));
        home.Feeds.AddRepository("server", server.Index);

        Assert.Equal(["alpha 1.0.0"], home.Find("alpha", allVersions: true));
        Assert.Equal(["alpha 3.0.0-rc.1", "alpha 1.0.0"], home.Find("alpha", allVersions: true, prerelease: true));
        Assert.Equal("1.0.0", home.Resolve("alpha").Version);
        Assert.Equal("3.0.0-rc.1", home.Resolve("alpha", prerelease: true).Version);
        Assert.Equal("2.0.0", home.Install("alpha", "2.0.0").Item!.Version);
    }

    [Fact]
    public async Task Credentials_of_the_file_and_of_the_environment_are_used()
    {
        await using FeedServer server = await FeedServer.StartAsync(new FeedServer { Credentials = "me:s3cret" });
        server.Add(TestPackages.Make("alpha"));
        home.Feeds.AddRepository("of-the-file", server.Index, new RepositoryCredential("me", "s3cret"));
        Environment.SetEnvironmentVariable("NuGetPackageSourceCredentials_of-the-environment", "Username=me;Password=s3cret");
        home.Feeds.AddRepository("of-the-environment", server.Index);
        Environment.SetEnvironmentVariable("LLAMAGATE_TESTS_TOKEN", "s3cret");
        home.Feeds.AddRepository("by-variable", server.Index, new RepositoryCredential("me", "%LLAMAGATE_TESTS_TOKEN%"));
        home.Feeds.AddRepository("without", server.Index);

        Assert.All(
            ["of-the-file", "of-the-environment", "by-variable"],
            name => Assert.Equal("alpha", home.Install("alpha", repository: name).Item!.Id));
        LlamaGateException error = Assert.Throws<LlamaGateException>(() => home.Find("*", repository: "without"));
        Assert.Equal(FeedErrorIds.DownloadFailed, error.ErrorId);
        Assert.Contains("401", error.Message, StringComparison.Ordinal);
        Assert.Contains("%LLAMAGATE_TESTS_TOKEN%", home.Test.Read("NuGet.Config"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_tried_again_and_then_given_up()
    {
        await using FeedServer server = await FeedServer.StartAsync(new FeedServer { BrokenDownloads = 2 });
        server.Add(TestPackages.Make("alpha"));

        Assert.Equal("alpha", home.Install("alpha", repository: server.Index).Item!.Id);

        server.BrokenDownloads = int.MaxValue;
        using var other = new FeedHome();
        Assert.Equal(FeedErrorIds.DownloadFailed, other.Install("alpha", repository: server.Index).Error!.ErrorId);
        other.AssertUntouched();
    }

    [Fact]
    public async Task A_repository_that_cannot_be_asked_leaves_the_others_their_say()
    {
        await using FeedServer server = await FeedServer.StartAsync(new FeedServer());
        server.Add(TestPackages.Make("alpha"));
        home.Feeds.AddRepository("server", server.Index);
        home.Feeds.AddRepository("gone", home.Folder("nowhere"));

        Assert.Equal(["alpha 1.0.0"], home.Find("*"));
        Assert.Contains("gone", Assert.Single(home.Log.Warnings), StringComparison.Ordinal);
        Assert.Equal(FeedErrorIds.DownloadFailed, Assert.Throws<LlamaGateException>(() => home.Find("beta")).ErrorId);
        Assert.Equal(FeedErrorIds.DownloadFailed, Assert.Throws<LlamaGateException>(() => home.Resolve("alpha")).ErrorId);
    }

    [Fact]
    public async Task What_is_no_feed_is_told()
    {
        await using WebServer server = await WebServer.StartAsync(context => context.Response.Body.WriteAsync("<html/>"u8.ToArray()).AsTask());

        Assert.Equal(
            FeedErrorIds.DownloadFailed, Assert.Throws<LlamaGateException>(() => home.Find("*", repository: server.Uri("/index.json").AbsoluteUri)).ErrorId);
    }

    [Fact]
    public async Task Stopping_ends_the_wait_for_a_server_at_once()
    {
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using WebServer server = await WebServer.StartAsync(async context =>
        {
            isAsked.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var stop = new CancellationTokenSource();
        Task<Exception?> search = Task.Run(() => Record.Exception(() =>
            home.Feeds.Find(new PackageRequest("*", repository: server.Uri("/index.json").AbsoluteUri), allVersions: false, stop.Token)));
        await isAsked.Task;

        await stop.CancelAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(await search);
    }
}
