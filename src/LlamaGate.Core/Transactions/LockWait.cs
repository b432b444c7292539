using System;
using System.Diagnostics;

namespace LlamaGate.Transactions;

/// <summary>Measures a wait for the store's lock, and shows it when it takes longer than a second.</summary>
internal sealed class LockWait : IDisposable
{
    private static readonly TimeSpan TellAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch elapsed = Stopwatch.StartNew();
    private readonly string path;
    private readonly TimeSpan timeout;
    private readonly IStoreLog log;
    private TimeSpan next = TellAfter;

    public LockWait(string path, TimeSpan timeout, IStoreLog log)
    {
        this.path = path;
        this.timeout = timeout;
        this.log = log;
    }

    /// <summary>Whether the time is up.</summary>
    public bool IsOver => elapsed.Elapsed >= timeout;

    /// <summary>Shows how long the wait has been, if it is time to.</summary>
    public void Tell()
    {
        if (elapsed.Elapsed < next)
        {
            return;
        }

        if (next == TellAfter)
        {
            log.Verbose($"Another process is changing this LlamaGate home. Waiting for its lock, '{path}'.");
        }

        next = elapsed.Elapsed + TellEvery;
        Show(isCompleted: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (next > TellAfter)
        {
            Show(isCompleted: true);
        }
    }

    private void Show(bool isCompleted) => log.Progress(new StoreProgress(
        "Waiting for another process that changes this home",
        path,
        (long)elapsed.Elapsed.TotalMilliseconds,
        (long)timeout.TotalMilliseconds,
        isCompleted));
}
