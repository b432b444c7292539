using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace LlamaGate.FileSystem;

/// <summary>A loop over an index, on all processors, that reports and stops on the caller's thread.</summary>
internal static class ParallelLoop
{
    private static readonly TimeSpan WaitBetweenTicks = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs the body for 0 to count - 1, in any order; on the caller's thread alone when the work is small.</summary>
    /// <param name="count">How many times.</param>
    /// <param name="work">Counts what is done and stops the loop.</param>
    /// <param name="isSmall">Whether other threads would cost more than they bring.</param>
    /// <param name="body">The work on one index. The first exception stops the loop and is thrown.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static void Run(int count, Workload work, bool isSmall, Action<int> body)
    {
        int next = -1;
        ExceptionDispatchInfo? failure = null;

        // Nothing may be thrown before every helper is done: they use what the caller owns.
        void Guard(Action step)
        {
            try
            {
                step();
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), comparand: null);
            }
        }

        void TakeIndexes()
        {
            int index;
            while (Volatile.Read(ref failure) is null && (index = Interlocked.Increment(ref next)) < count)
            {
                work.Token.ThrowIfCancellationRequested();
                body(index);
                work.Tick();
            }
        }

        // Threads of our own: in a busy pool the loop would wait for helpers that start when nothing is left to do.
        int helperCount = isSmall ? 0 : Math.Max(0, Math.Min(Environment.ProcessorCount, count) - 1);
        var helpers = new List<Thread>();
        while (helpers.Count < helperCount && TryStart(() => Guard(TakeIndexes)) is { } helper)
        {
            helpers.Add(helper);
        }

        Guard(TakeIndexes);
        foreach (Thread helper in helpers)
        {
            while (!helper.Join(WaitBetweenTicks))
            {
                Guard(work.Tick);
            }
        }

        // What the helpers did while this thread waited for its turn is reported too.
        if (helpers.Count > 0)
        {
            Guard(work.Tick);
        }

        failure?.Throw();
    }

    // Null when the system gives no more threads: those that there are do the work.
    private static Thread? TryStart(ThreadStart work)
    {
        try
        {
            var thread = new Thread(work) { IsBackground = true, Name = nameof(ParallelLoop) };
            thread.Start();
            return thread;
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }
}
