using System.Diagnostics;
using System.Threading;

namespace LlamaGate;

/// <summary>
/// A long piece of work: counts what is done from any thread, reports it on the caller's thread at most ten times a second.
/// </summary>
internal sealed class Workload
{
    private static readonly long ReportEvery = Stopwatch.Frequency / 10;
    private readonly IStoreLog log;
    private readonly string activity;
    private readonly string subject;
    private readonly long total;
    private long done;
    private long lastReport = Stopwatch.GetTimestamp();
    private bool reported;

    public Workload(IStoreLog log, string activity, string subject, long total, CancellationToken token)
    {
        this.log = log;
        this.activity = activity;
        this.subject = subject;
        this.total = total;
        Token = token;
    }

    /// <summary>Stops the work.</summary>
    public CancellationToken Token { get; }

    /// <summary>Counts units as done. Any thread.</summary>
    /// <param name="units">Bytes where bytes are moved, else items.</param>
    public void Add(long units) => Interlocked.Add(ref done, units);

    /// <summary>Reports if it is time to. The caller's thread only.</summary>
    public void Tick()
    {
        long now = Stopwatch.GetTimestamp();
        if (now - lastReport >= ReportEvery)
        {
            lastReport = now;
            reported = true;
            log.Progress(new StoreProgress(activity, subject, Interlocked.Read(ref done), total));
        }
    }

    /// <summary>Takes the progress off the screen, if it was ever on it. The caller's thread only.</summary>
    public void Complete()
    {
        if (reported)
        {
            log.Progress(new StoreProgress(activity, subject, Interlocked.Read(ref done), total, isCompleted: true));
        }
    }
}
