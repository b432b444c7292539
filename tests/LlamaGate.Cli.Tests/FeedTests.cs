using System;
using System.IO;
using System.Linq;
using LlamaGate.Tests.Gateway;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Repositories, feeds, addresses and updates on the command line.</summary>
public sealed class FeedTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_package_goes_through_a_feed_to_another_home_and_is_updated_there()
    {
        sandbox.Write("source/manifest.yaml", Sandbox.Manifest("alpha"));
        string feed = Path.Combine(sandbox.Folder, "feed");
        string other = Path.Combine(sandbox.Folder, "other");

        Assert.Equal($"Added team: {feed}\n", sandbox.Done("repo", "add", "team", feed));
        Assert.Equal("Published extension alpha (v1.0.0) to team\n", sandbox.Done("publish", "source", "--repository", "team"));
        sandbox.Done("repo", "add", "shared", feed, "--home", other);
        Assert.Equal("alpha 1.0.0 (shared): A test.\n", sandbox.Done("search", "--home", other));
        Assert.Equal("Would install alpha 1.0.0 from shared\n", sandbox.Done("install", "alpha", "--dry-run", "--home", other));
        Assert.Equal("Installed extension alpha (v1.0.0)\n", sandbox.Done("install", "alpha", "--home", other, "--no-refresh"));
        Assert.Equal("Up to date extension alpha (v1.0.0)\n", sandbox.Done("update", "--home", other));

        sandbox.Write("source/manifest.yaml", Sandbox.Manifest("alpha", "1.1.0"));
        sandbox.Done("publish", "source", "--repository", "team");
        Assert.Equal("Would update extension alpha (v1.0.0) to v1.1.0 from shared\n", sandbox.Done("update", "--dry-run", "--home", other));
        Assert.Equal("Updated extension alpha (v1.0.0) to v1.1.0 from shared\n", sandbox.Done("update", "--home", other, "--no-refresh"));
        Assert.Contains("\"source\": \"shared: alpha 1.1.0\"", sandbox.Done("list", "--json", "--home", other), StringComparison.Ordinal);
        Assert.Contains("alpha", sandbox.Done("verify", "--home", other), StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_is_saved_and_imported_elsewhere()
    {
        sandbox.ExtensionZip("alpha.zip", "alpha");
        string feed = Path.Combine(sandbox.Folder, "feed");
        sandbox.Done("publish", "alpha.zip", "--repository", feed);

        sandbox.Done("save", "alpha", "--out", "offline", "--repository", feed);

        Assert.Equal("Installed extension alpha (v1.0.0)\n", sandbox.Done("import", Path.Combine("offline", "alpha.1.0.0.nupkg"), "--no-refresh"));
    }

    [Theory]
    [InlineData("PackageNotFound", "search", "missing", "--repository", ".")]
    [InlineData("RepositoryNotFound", "search")]
    [InlineData("RepositoryNotFound", "install", "alpha")]
    [InlineData("RepositoryNotFound", "repo", "remove", "nothing")]
    [InlineData("RepositoryInvalid", "repo", "add", "plain", "http://feeds.example/index.json")]
    [InlineData("DownloadFailed", "import", "http://feeds.example/alpha.zip")]
    [InlineData("DownloadFailed", "import", "https://localhost:1/alpha.zip")]
    public void What_cannot_be_done_is_an_error_with_an_id(string errorId, params string[] line)
    {
        CommandResult result = sandbox.Run(line);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"error {errorId}: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("repo", "add", "team")]
    [InlineData("repo", "list", "team")]
    [InlineData("repo", "rename", "team")]
    [InlineData("save", "alpha")]
    [InlineData("publish", "alpha.zip")]
    public void A_line_that_lacks_something_is_a_usage_error(params string[] line) => Assert.Equal(2, sandbox.Run(line).ExitCode);

    [Fact]
    public void The_proxy_of_the_environment_is_asked_for_addresses_and_feeds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has its own settings for proxies");
        using var proxy = LoopbackServer.Answering(403, "Connection: close\r\n");
        sandbox.Environment["https_proxy"] = $"http://127.0.0.1:{proxy.Port}";
        sandbox.Environment["no_proxy"] = null;

        CommandResult result = sandbox.Run("import", "https://packages.example/alpha.zip");
        sandbox.Run("search", "--repository", "https://feeds.example/index.json");

        Assert.StartsWith("error DownloadFailed: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["CONNECT packages.example:443 HTTP/1.1", "CONNECT feeds.example:443 HTTP/1.1"],
            proxy.Requests.Select(request => request.Split('\n')[0]).Distinct(StringComparer.Ordinal));
    }
}
