using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using Xunit;

namespace LlamaGate.Tests;

public sealed class ParallelLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(1000, false)]
    [InlineData(1000, true)]
    public void Every_index_is_taken_once(int count, bool isSmall)
    {
        int[] taken = new int[count];

        ParallelLoop.Run(count, Work(), isSmall, index => Interlocked.Increment(ref taken[index]));

        Assert.All(taken, times => Assert.Equal(1, times));
    }

    [Fact]
    public void Small_work_is_done_on_the_callers_thread_in_order()
    {
        var seen = new List<(int Index, int Thread)>();

        ParallelLoop.Run(100, Work(), isSmall: true, index => seen.Add((index, Environment.CurrentManagedThreadId)));

        Assert.Equal(Enumerable.Range(0, 100).Select(index => (index, Environment.CurrentManagedThreadId)), seen);
    }

    [Fact]
    public void Other_processors_take_part()
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "There is one processor.");
        using var both = new Barrier(2);

        ParallelLoop.Run(2, Work(), isSmall: false, _ => Assert.True(both.SignalAndWait(Patience)));
    }

    [Fact]
    public void The_first_exception_stops_the_loop_and_is_thrown_with_its_stack()
    {
        int taken = 0;

        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() =>
            ParallelLoop.Run(1_000_000, Work(), isSmall: true, index =>
            {
                taken++;
                if (index == 10)
                {
                    ThrowFromHere();
                }
            }));

        Assert.Contains(nameof(ThrowFromHere), thrown.StackTrace, StringComparison.Ordinal);
        Assert.Equal(11, taken);
    }

    [Fact]
    public void An_exception_on_another_thread_stops_the_loop_and_is_thrown_with_its_stack()
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "There is one processor.");
        int threads = Environment.ProcessorCount;
        int caller = Environment.CurrentManagedThreadId;
        int taken = 0;
        Thread? failing = null;
        using var all = new Barrier(threads);

        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() =>
            ParallelLoop.Run(1_000_000, Work(), isSmall: false, _ =>
            {
                Interlocked.Increment(ref taken);
                if (Environment.CurrentManagedThreadId != caller)
                {
                    Interlocked.CompareExchange(ref failing, Thread.CurrentThread, comparand: null);
                }

                // A thread ends after its failure is known: the others go on only then.
                Assert.True(all.SignalAndWait(Patience));
                if (failing == Thread.CurrentThread)
                {
                    ThrowFromHere();
                }

                Assert.True(failing!.Join(Patience));
            }));

        Assert.Contains(nameof(ThrowFromHere), thrown.StackTrace, StringComparison.Ordinal);
        Assert.Equal(threads, taken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_token_stops_the_loop(bool isSmall)
    {
        using var source = new CancellationTokenSource();
        int taken = 0;

        Assert.Throws<OperationCanceledException>(() => ParallelLoop.Run(1_000_000, Work(source.Token), isSmall, _ =>
        {
            lock (source)
            {
                if (++taken == 10)
                {
                    source.Cancel();
                }
            }
        }));

        Assert.InRange(taken, 10, 999_999);
    }

    [Fact]
    public void Progress_is_reported_on_the_callers_thread_also_while_it_waits()
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "There is one processor.");
        using var reported = new ManualResetEventSlim();
        var threads = new ConcurrentBag<int>();
        int caller = Environment.CurrentManagedThreadId;
        var work = new Workload(
            new Listener(progress =>
            {
                threads.Add(Environment.CurrentManagedThreadId);
                if (progress.Done == 7)
                {
                    reported.Set();
                }
            }),
            "Testing",
            "progress",
            7,
            CancellationToken.None);
        using var both = new Barrier(2);

        // The caller has nothing left to do while the other thread waits for a report.
        ParallelLoop.Run(2, work, isSmall: false, _ =>
        {
            both.SignalAndWait(Patience);
            if (Environment.CurrentManagedThreadId != caller)
            {
                work.Add(7);
                Assert.True(reported.Wait(Patience));
            }
        });

        Assert.All(threads, thread => Assert.Equal(caller, thread));
    }

    [Fact]
    public void A_listener_that_throws_stops_the_loop_after_the_others_are_done()
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "There is one processor.");
        int caller = Environment.CurrentManagedThreadId;
        using var thrown = new ManualResetEventSlim();
        bool otherIsDone = false;
        var work = new Workload(
            new Listener(_ =>
            {
                thrown.Set();
                ThrowFromHere();
            }),
            "Testing",
            "progress",
            0,
            CancellationToken.None);
        using var both = new Barrier(2);

        Assert.Throws<InvalidOperationException>(() => ParallelLoop.Run(2, work, isSmall: false, _ =>
        {
            both.SignalAndWait(Patience);
            if (Environment.CurrentManagedThreadId != caller)
            {
                Assert.True(thrown.Wait(Patience));
                Volatile.Write(ref otherIsDone, true);
            }
        }));

        Assert.True(Volatile.Read(ref otherIsDone));
    }

    private static void ThrowFromHere() => throw new InvalidOperationException("the tenth is bad");

    private static Workload Work(CancellationToken token = default) => new(new Listener(_ => { }), "Testing", "a loop", 0, token);

    private sealed class Listener(Action<StoreProgress> onProgress) : IStoreLog
    {
        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }

        public void Progress(StoreProgress progress) => onProgress(progress);
    }
}
