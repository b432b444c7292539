using System;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>What a migration skips.</summary>
public sealed class LegacyScanTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void A_link_is_named_as_skipped_and_the_migration_is_not_complete()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        string legacy = test.Folder("legacy", ("a/manifest.yaml", TestHome.Manifest("a")));
        string target = test.Folder("elsewhere", ("manifest.yaml", TestHome.Manifest("b")));
        Directory.CreateSymbolicLink(Path.Combine(legacy, "linked"), target);

        MigratedItem[] items = Migrate(legacy);

        Assert.Equal(["a Migrated", "linked Skipped"], items.Select(item => $"{item.Id} {item.Status}"));
        Assert.Contains("links are not followed", items[1].Reason, StringComparison.Ordinal);
        Assert.False(File.Exists(test.Home.MigrationMarker));
        Assert.Equal("a", Assert.Single(test.Items()).Id);
    }

    [Theory]
    [InlineData(".trash")]
    [InlineData(".git")]
    [InlineData("node_modules")]
    [InlineData("a/node_modules")]
    public void Where_no_items_are_kept_none_are_searched_for(string folder)
    {
        string legacy = test.Folder(
            "legacy", ("a/manifest.yaml", TestHome.Manifest("a")), ($"{folder}/b/manifest.yaml", TestHome.Manifest("b")));

        Assert.Equal(["a Migrated"], Migrate(legacy).Select(item => $"{item.Id} {item.Status}"));
        Assert.True(File.Exists(test.Home.MigrationMarker));
    }

    private MigratedItem[] Migrate(string legacy)
    {
        using PackageStore store = test.Open();
        return [.. store.Migrate(legacy, force: false, checkOnly: false, _ => true, TestContext.Current.CancellationToken)];
    }
}
