using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>Many runspaces of one process, and pipelines that wait for each other or for another process, on one home.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private const int Writers = 20;

    /// <summary>A wait that takes longer has no end.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static readonly int Rounds = TestScale.Times(inShort: 5, inFull: 50);
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void Runspaces_that_import_different_packages_all_succeed()
    {
        string[] zips = [.. Enumerable.Range(0, Writers).Select(i => session.Extension($"x{i:00}"))];
        using RunspacePool pool = Open();
        for (int round = 0; round < Rounds; round++)
        {
            string home = session.PathOf($"home-{round}");

            Assert.All(Race(pool, home, zips), status => Assert.Equal("Installed", status));

            Assert.Equal(Enumerable.Range(0, Writers).Select(i => $"x{i:00}"), Settled(home).All("Id"));
        }

        TestScale.Report(Rounds, "races of runspaces");
    }

    [Fact]
    public void Runspaces_that_import_versions_of_one_package_all_succeed()
    {
        string[] zips = [.. Enumerable.Range(0, Writers).Select(i => session.Extension("x", $"1.0.{i}"))];
        using RunspacePool pool = Open();
        for (int round = 0; round < Rounds; round++)
        {
            string home = session.PathOf($"home-{round}");

            Assert.Equal(1, Race(pool, home, zips).Count(status => status == "Installed"));

            RunResult items = Settled(home);
            Assert.Equal(["x"], items.All("Id"));
            string manifest = File.ReadAllText(Path.Combine(home, "extensions", "installed", "x", "manifest.yaml"));
            Assert.Contains($"version: {Assert.Single(items.All("Version"))}\n", manifest, StringComparison.Ordinal);
        }

        TestScale.Report(Rounds, "races of runspaces");
    }

    [Fact]
    public async Task Two_pipelines_that_feed_each_other_do_not_lock_each_other_out()
    {
        using var other = new PowerShellSession();
        using var there = new BlockingCollection<object>();
        using var back = new BlockingCollection<object>();
        foreach (PowerShellSession each in new[] { session, other })
        {
            each["store"] = session.Home;
            each["there"] = there;
            each["back"] = back;
            each["limit"] = (int)Limit.TotalMilliseconds;
        }

        session["packages"] = new[] { "a", "b", "c" }.Select(id => session.Extension(id)).ToArray();

        // Each import waits for the answer of the other pipeline, which waits for the next item: both are in the middle of their work.
        Task<RunResult> answering = Task.Run(
            () => other.Run("""
                $item = $null
                & { foreach ($n in 1..3) { if ($there.TryTake([ref] $item, $limit)) { $item } else { throw 'There is no item.' } } } |
                    Disable-LlamaGateExtension -PassThru -LockTimeoutSeconds 1 -HomePath $store |
                    ForEach-Object { $back.Add($_) }
                """),
            TestContext.Current.CancellationToken);
        RunResult asking = session.Run("""
            $answer = $null
            Import-LlamaGatePackage $packages -NoRefresh -LockTimeoutSeconds 1 -HomePath $store |
                ForEach-Object { $there.Add($_); if ($back.TryTake([ref] $answer, $limit)) { $answer } else { throw 'There is no answer.' } }
            """);
        RunResult answered = await answering;

        Assert.Empty(asking.Errors);
        Assert.Empty(answered.Errors);
        Assert.Equal(["a", "b", "c"], asking.All("Id"));
        Assert.Equal(["False", "False", "False"], Settled(session.Home).All("Enabled"));
    }

    [Theory]
    [InlineData("$_")]
    [InlineData("$_; break")]
    public void A_registry_that_cannot_be_saved_is_one_warning_and_nothing_is_lost(string afterwards)
    {
        session.Extension("alpha");

        RunResult result = session.Run($$"""
            foreach ($once in 1) {
                Import-LlamaGatePackage alpha-1.0.0.zip -HomePath $store -LockTimeoutSeconds 0 | ForEach-Object {
                    $other = [System.IO.FileStream]::new("$store/registry/store.lock", 'Open', 'ReadWrite', 'None')
                    {{afterwards}}
                }
            }
            (Get-LlamaGateExtension -HomePath $store).Id
            $other.Dispose()
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["alpha", "alpha"], result.Output.Select(item => item.Properties["Id"]?.Value ?? item.BaseObject));
        Assert.Contains(Assert.Single(result.Warnings), result.Text, StringComparison.Ordinal);
    }

    private static RunspacePool Open()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([StagedModule.Manifest]);
        RunspacePool pool = RunspaceFactory.CreateRunspacePool(state);
        pool.SetMinRunspaces(1);
        pool.SetMaxRunspaces(Writers + 1);
        pool.Open();
        return pool;
    }

    // Imports all packages at once, with a pipeline that lists from before the first of them until after the last; gives the status of each.
    private static List<string> Race(RunspacePool pool, string home, IEnumerable<string> zips)
    {
        const string Import = "Import-LlamaGatePackage -LiteralPath $zip -NoRefresh -LockTimeoutSeconds 3600 -HomePath $store";
        using var isListing = new ManualResetEventSlim();
        using var stop = new ManualResetEventSlim();
        using PowerShell lister = Start(pool, "while (-not $stop.IsSet) { Get-LlamaGateExtension -HomePath $store; $isListing.Set() }", home)
            .AddParameter("isListing", isListing)
            .AddParameter("stop", stop);
        PowerShell[] writers = [.. zips.Select(zip => Start(pool, Import, home).AddParameter("zip", zip))];
        IAsyncResult listing = lister.BeginInvoke();
        Assert.True(isListing.Wait(Limit), "Nothing was listed.");
        IAsyncResult[] running = [.. writers.Select(writer => writer.BeginInvoke())];
        var statuses = new List<string>();
        for (int i = 0; i < writers.Length; i++)
        {
            PSDataCollection<PSObject> output = writers[i].EndInvoke(running[i]);
            Assert.Empty(writers[i].Streams.Error);
            statuses.Add((string)Assert.Single(output).Properties["Status"].Value);
            writers[i].Dispose();
        }

        stop.Set();
        Assert.All(lister.EndInvoke(listing), item => Assert.NotEmpty((string)item.Properties["Version"].Value));
        Assert.Empty(lister.Streams.Error);
        return statuses;
    }

    private static PowerShell Start(RunspacePool pool, string script, string home)
    {
        var engine = PowerShell.Create();
        engine.RunspacePool = pool;
        return engine.AddScript($"param($store, $zip, $isListing, $stop) {script}").AddParameter("store", home);
    }

    // What is installed, when a sync has nothing to repair and every commit is in the registry itself.
    private RunResult Settled(string home)
    {
        session["store"] = home;
        Assert.Empty(session.Run("Sync-LlamaGateExtension -HomePath $store").Output);
        Assert.False(File.Exists(Path.Combine(home, "registry", "journal.jsonl")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(home, "tmp", "import")));
        return session.Run("Get-LlamaGateExtension -HomePath $store");
    }
}
