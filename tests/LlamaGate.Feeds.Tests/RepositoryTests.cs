using System;
using System.IO;
using System.Linq;
using LlamaGate.Feeds;
using LlamaGate.Tests.Support;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>The repositories of a home (contract, section 12).</summary>
public sealed class RepositoryTests : IDisposable
{
    private readonly FeedHome home = new();

    private string ConfigurationFile => Path.Combine(home.Test.Home.Path, "NuGet.Config");

    public void Dispose() => home.Dispose();

    [Fact]
    public void A_home_without_a_file_has_none_and_reading_makes_none()
    {
        Assert.Empty(home.Feeds.GetRepositories());
        Assert.False(Directory.Exists(home.Test.Home.Path));
        Assert.Equal(FeedErrorIds.RepositoryNotFound, Assert.Throws<LlamaGateException>(() => home.Find("*")).ErrorId);
    }

    [Fact]
    public void Those_that_were_added_are_there_for_the_next_command_in_their_order()
    {
        home.Feeds.AddRepository("first", home.Folder("feed"));
        home.Feeds.AddRepository("second", "https://feeds.example/v3/index.json");

        using var store = home.Test.Open();
        using var next = new PackageFeeds(store, home.Log);
        Assert.Equal(
            [("first", home.Folder("feed")), ("second", "https://feeds.example/v3/index.json")],
            next.GetRepositories().Select(repository => (repository.Name, repository.Source)));
        Assert.DoesNotContain("nuget.org", File.ReadAllText(ConfigurationFile), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_removed_is_gone_with_its_credentials()
    {
        home.Feeds.AddRepository("private", "https://feeds.example/v3/index.json", new RepositoryCredential("me", "secret"));
        Assert.True(Assert.Single(home.Feeds.GetRepositories()).HasCredentials);

        home.Feeds.RemoveRepository("PRIVATE");

        Assert.Empty(home.Feeds.GetRepositories());
        Assert.DoesNotContain("secret", File.ReadAllText(ConfigurationFile), StringComparison.Ordinal);
        Assert.Equal(FeedErrorIds.RepositoryNotFound, Assert.Throws<LlamaGateException>(() => home.Feeds.RemoveRepository("private")).ErrorId);
    }

    [Fact]
    public void The_file_of_credentials_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows inherits permissions");
        }

        home.Feeds.AddRepository("private", "https://feeds.example/v3/index.json", new RepositoryCredential("me", "secret"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(ConfigurationFile).UnixFileMode);
    }

    [Theory]
    [InlineData("first", "/tmp/other", FeedErrorIds.RepositoryExists)]
    [InlineData("FIRST", "/tmp/other", FeedErrorIds.RepositoryExists)]
    [InlineData("", "/tmp/other", FeedErrorIds.RepositoryInvalid)]
    [InlineData("a/b", "/tmp/other", FeedErrorIds.RepositoryInvalid)]
    [InlineData(".hidden", "/tmp/other", FeedErrorIds.RepositoryInvalid)]
    [InlineData("plain", "http://feeds.example/v3/index.json", FeedErrorIds.RepositoryInvalid)]
    [InlineData("ftp", "ftp://feeds.example/", FeedErrorIds.RepositoryInvalid)]
    [InlineData("leaky", "https://me:secret@feeds.example/v3/index.json", FeedErrorIds.RepositoryInvalid)]
    public void What_cannot_be_a_repository_is_refused(string name, string source, string errorId)
    {
        home.Feeds.AddRepository("first", home.Folder("feed"));

        LlamaGateException error = Assert.Throws<LlamaGateException>(() => home.Feeds.AddRepository(name, source));

        Assert.Equal(errorId, error.ErrorId);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Single(home.Feeds.GetRepositories());
    }

    [Theory]
    [InlineData("http://localhost:5000/v3/index.json", false)]
    [InlineData("http://127.0.0.1/v3/index.json", false)]
    [InlineData("http://feeds.example/v3/index.json", true)]
    public void Plain_http_is_for_this_machine_and_for_those_who_allow_it(string source, bool allow)
    {
        home.Feeds.AddRepository("plain", source, credential: null, allow);

        Assert.Equal(source, Assert.Single(home.Feeds.GetRepositories()).Source);
    }

    [Fact]
    public void A_file_that_nobody_can_read_is_told_and_left()
    {
        Directory.CreateDirectory(home.Test.Home.Path);
        File.WriteAllText(ConfigurationFile, "<configuration><packageSources>");

        LlamaGateException error = Assert.Throws<LlamaGateException>(() => home.Feeds.AddRepository("first", home.Folder("feed")));

        Assert.Equal(FeedErrorIds.RepositoryInvalid, error.ErrorId);
        Assert.Equal("<configuration><packageSources>", File.ReadAllText(ConfigurationFile));
    }

    [Fact]
    public void A_file_that_a_person_wrote_is_read_as_NuGet_reads_it()
    {
        Environment.SetEnvironmentVariable("LLAMAGATE_TESTS_FEED", home.Folder("feed"));
        home.Test.Write("NuGet.Config", """
            <configuration>
              <packageSources>
                <add key="by variable" value="%LLAMAGATE_TESTS_FEED%" />
                <add key="relative" value="feeds/mine" />
                <add key="off" value="https://feeds.example/index.json" />
              </packageSources>
              <disabledPackageSources>
                <add key="off" value="true" />
              </disabledPackageSources>
            </configuration>
            """);

        Assert.Equal(
            [
                ("by variable", home.Folder("feed"), true),
                ("relative", Path.Combine(home.Test.Home.Path, "feeds", "mine"), true),
                ("off", "https://feeds.example/index.json", false),
            ],
            home.Feeds.GetRepositories().Select(repository => (repository.Name, repository.Source, repository.IsEnabled)));
    }
}
