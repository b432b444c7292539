using System;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>What is told while another process changes the home.</summary>
public sealed class LockWaitTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void A_wait_of_more_than_a_second_is_shown()
    {
        test.Import(test.ExtensionZip("a"));
        using FileStream held = HoldLock();
        using PackageStore store = test.Open(Patience);
        AtFirstWait(held.Dispose);

        store.SetEnabled(store.FindItem("a", null), enabled: false, TestContext.Current.CancellationToken);

        StoreProgress[] shown = Waits();
        Assert.True(shown.Length >= 2);
        Assert.True(shown[0].Done >= 1000);
        Assert.True(shown[^1].IsCompleted);
        Assert.Contains(test.Log.Verboses, line => line.Contains("Waiting for its lock", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wait_ends_when_it_is_cancelled()
    {
        test.Import(test.ExtensionZip("a"));
        using FileStream held = HoldLock();
        using PackageStore store = test.Open(Patience);
        using var stop = new CancellationTokenSource();
        AtFirstWait(stop.Cancel);

        Assert.ThrowsAny<OperationCanceledException>(() => store.SetEnabled(store.FindItem("a", null), enabled: false, stop.Token));

        Assert.True(test.Item("a").Enabled);
    }

    [Fact]
    public void A_short_wait_is_not_shown()
    {
        test.Import(test.ExtensionZip("a"));
        using FileStream held = HoldLock();
        using PackageStore store = test.Open(TimeSpan.FromSeconds(0.2));

        LlamaGateException error = Assert.Throws<LlamaGateException>(
            () => store.SetEnabled(store.FindItem("a", null), enabled: false, TestContext.Current.CancellationToken));

        // On a busy machine it may be a long one.
        Assert.Equal(ErrorIds.StoreLocked, error.ErrorId);
        Assert.All(Waits(), wait => Assert.True(wait.Done >= 1000));
    }

    private FileStream HoldLock() => File.Open(test.Home.LockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

    private void AtFirstWait(Action action) => test.Log.OnProgress = progress =>
    {
        if (IsWait(progress))
        {
            test.Log.OnProgress = null;
            action();
        }
    };

    private StoreProgress[] Waits() => [.. test.Log.Progresses.Where(IsWait)];

    private static bool IsWait(StoreProgress progress) => progress.Activity.StartsWith("Waiting", StringComparison.Ordinal);
}
