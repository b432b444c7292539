using System;
using System.Diagnostics;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>What Ctrl+C does.</summary>
public sealed class StopTests : IDisposable
{
    /// <summary>How long a stop may take on a machine that is busy with other tests.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task A_large_extraction_stops_at_once_and_the_store_is_whole()
    {
        const long Size = 480L * 1024 * 1024;
        session.Install("alpha");
        TestPackage.Extension(session.PathOf("large.zip"), "alpha", "2.0.0", zeroBytes: Size);
        using PowerShell engine = session.Create("Import-LlamaGatePackage large.zip -HomePath $store");
        var isExtracting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Streams.Progress.DataAdded += (_, _) => isExtracting.TrySetResult();

        Task run = engine.InvokeAsync();
        await await Task.WhenAny(isExtracting.Task, run);
        TimeSpan stop = await Stop(engine, run);

        Assert.True(isExtracting.Task.IsCompleted, "The import was over before it told its progress.");
        Assert.Equal(PSInvocationState.Stopped, engine.InvocationStateInfo.State);
        Assert.True(stop < AtOnce, $"It took {stop}.");
        Assert.Equal(["1.0.0"], session.Run("Get-LlamaGateExtension alpha -HomePath $store").All("Version"));
        Assert.Empty(session.Run("Sync-LlamaGateExtension -HomePath $store").Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(session.Home, "tmp", "import")));
    }

    [Fact]
    public async Task The_wait_for_the_lock_stops_at_once()
    {
        session.Install("alpha");
        using var other = new FileStream(
            Path.Combine(session.Home, "registry", "store.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using PowerShell engine = session.Create("""
            $waiting.Set()
            Disable-LlamaGateExtension alpha -HomePath $store -LockTimeoutSeconds 600
            """);
        using var waiting = new ManualResetEventSlim();
        session["waiting"] = waiting;

        Task run = engine.InvokeAsync();
        waiting.Wait(TestContext.Current.CancellationToken);
        TimeSpan stop = await Stop(engine, run);

        Assert.Equal(PSInvocationState.Stopped, engine.InvocationStateInfo.State);
        Assert.True(stop < AtOnce, $"It took {stop}.");
    }

    private static async Task<TimeSpan> Stop(PowerShell engine, Task run)
    {
        long started = Stopwatch.GetTimestamp();
        engine.Stop();
        await Assert.ThrowsAnyAsync<PipelineStoppedException>(() => run);
        return Stopwatch.GetElapsedTime(started);
    }
}
