using System;
using System.Threading;

namespace LlamaGate.Feeds;

/// <summary>How long a source may send nothing before it is given up.</summary>
internal sealed class Stall
{
    /// <summary>Waits a limited time for each answer.</summary>
    /// <param name="limit">How long.</param>
    /// <param name="begin">What cancels a source after the limit, counted from the call; null for a timer.</param>
    public Stall(TimeSpan limit, Action<CancellationTokenSource>? begin = null)
    {
        Limit = limit;
        Begin = begin ?? (watch => watch.CancelAfter(limit));
    }

    /// <summary>The longest wait.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Begins a new wait, which cancels the source when it lasts too long.</summary>
    public Action<CancellationTokenSource> Begin { get; }
}
