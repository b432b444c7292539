using System;
using System.Diagnostics;
using System.Threading;

namespace LlamaGate;

/// <summary>
/// A long piece of work: counts what is done from any thread, reports it on the caller's thread (that which made this object) at
/// most ten times a second.
/// </summary>
internal sealed class Workload
{
    private static readonly long ReportEvery = Stopwatch.Frequency / 10;
    private readonly IStoreLog log;
    private readonly string activity;
    private readonly string subject;
    private readonly long total;
    private readonly int callersThread = Environment.CurrentManagedThreadId;
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

    /// <summary>
    /// Called before each change to the disk, on any thread; tests let the disk fail here. Null in the product.
    /// </summary>
    public Action<string>? OnStep { get; set; }

    /// <summary>Counts units as done, and reports them if it is time to. Any thread.</summary>
    /// <param name="units">Bytes where bytes are moved, else items.</param>
    public void Add(long units)
    {
        Interlocked.Add(ref done, units);
        Tick();
    }

    /// <summary>Says that the disk is about to be changed. Any thread.</summary>
    /// <param name="step">What is about to be done, such as <c>extract-write</c>.</param>
    public void Step(string step) => OnStep?.Invoke(step);

    /// <summary>Reports if it is time to and this is the caller's thread. Any thread.</summary>
    public void Tick()
    {
        if (Environment.CurrentManagedThreadId != callersThread)
        {
            return;
        }

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
