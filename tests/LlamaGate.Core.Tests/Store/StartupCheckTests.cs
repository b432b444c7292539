using System;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>A startup that only checks reports what the real one does.</summary>
public sealed class StartupCheckTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Theory]
    [InlineData("{ not json")]
    [InlineData("")]
    public void On_a_registry_that_cannot_be_read_the_check_reports_what_the_run_does(string registry)
    {
        test.Import(test.ExtensionZip("a"));
        test.Import(test.ModuleZip("m"));
        File.WriteAllText(test.Home.RegistryFile, registry);
        string before = TestHome.Snapshot(test.Home.Path);

        StartupReport check = Start(checkOnly: true);
        Assert.Equal(before, TestHome.Snapshot(test.Home.Path));
        StartupReport run = Start(checkOnly: false);

        Assert.Empty(run.Failed);
        Assert.Equal(Items(run), Items(check));
        Assert.Equal(run.Failed.Count, check.Failed.Count);
        Assert.Equal(run.Synchronized.Select(change => $"{change.Status} {change.Id}"), check.Synchronized.Select(change => $"{change.Status} {change.Id}"));
    }

    private static string[] Items(StartupReport report) => [.. report.Items.Select(item => $"{item.Status} {item.Id} {item.Version}")];

    private StartupReport Start(bool checkOnly)
    {
        using PackageStore store = test.Open();
        return store.Startup(Path.Combine(test.Root, "none"), checkOnly, TestContext.Current.CancellationToken);
    }
}
