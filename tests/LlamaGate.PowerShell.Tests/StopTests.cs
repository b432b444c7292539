using System;
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
    /// <summary>A stop that takes longer does nothing: how fast it is depends on what else the machine does.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task A_large_extraction_stops_and_the_store_is_whole()
    {
        const long Size = 480L * 1024 * 1024;
        session.Install("alpha");
        TestPackage.Extension(session.PathOf("large.zip"), "alpha", "2.0.0", zeroBytes: Size);
        using var stopped = new ManualResetEventSlim();
        using var engine = PowerShell.Create(session.Runspace);
        engine.AddCommand("Import-LlamaGatePackage").AddArgument("large.zip").AddParameter("HomePath", session.Home)
            .AddCommand(new CmdletInfo("Wait-Stop", typeof(WaitStopCommand))).AddParameter("Signal", stopped);
        var isExtracting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // On the thread of the pipeline, which is held here so that the import cannot end before the stop has reached it.
        engine.Streams.Progress.DataAdded += (_, _) =>
        {
            isExtracting.TrySetResult();
            stopped.Wait(Limit);
        };

        Task run = engine.InvokeAsync();
        await await Task.WhenAny(isExtracting.Task, run);
        Assert.True(isExtracting.Task.IsCompleted, "The import was over before it told its progress.");
        await StopAsync(engine, run);

        Assert.True(stopped.IsSet);
        Assert.Equal(PSInvocationState.Stopped, engine.InvocationStateInfo.State);
        Assert.Equal(["1.0.0"], session.Run("Get-LlamaGateExtension alpha -HomePath $store").All("Version"));
        Assert.Empty(session.Run("Sync-LlamaGateExtension -HomePath $store").Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(session.Home, "tmp", "import")));
    }

    [Fact]
    public async Task The_wait_for_the_lock_stops()
    {
        session.Install("alpha");
        using PowerShell engine = session.Create("Disable-LlamaGateExtension alpha -HomePath $store -LockTimeoutSeconds 3600");
        using var other = new FileStream(
            Path.Combine(session.Home, "registry", "store.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var activity = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Streams.Progress.DataAdding += (_, added) => activity.TrySetResult(((ProgressRecord)added.ItemAdded).Activity);

        Task run = engine.InvokeAsync();
        await await Task.WhenAny(activity.Task, run);
        Assert.True(activity.Task.IsCompleted, "The command did not wait for the lock.");
        Assert.Equal("Waiting for another process that changes this home", await activity.Task);
        await StopAsync(engine, run);

        Assert.Equal(PSInvocationState.Stopped, engine.InvocationStateInfo.State);
    }

    private static async Task StopAsync(PowerShell engine, Task run)
    {
        await engine.StopAsync(callback: null, state: null).WaitAsync(Limit, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<PipelineStoppedException>(() => run);
    }

    /// <summary>
    /// Tells when a stop has reached the command before it in the pipeline: PowerShell stops the commands of a pipeline from the first to
    /// the last.
    /// </summary>
    [Cmdlet(VerbsLifecycle.Wait, "Stop")]
    public sealed class WaitStopCommand : PSCmdlet
    {
        /// <summary>What is set then.</summary>
        [Parameter(Mandatory = true)]
        public ManualResetEventSlim? Signal { get; set; }

        protected override void StopProcessing() => Signal!.Set();
    }
}
