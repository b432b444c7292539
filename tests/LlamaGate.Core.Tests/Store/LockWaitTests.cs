using System;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>What is told while another process changes the home.</summary>
public sealed class LockWaitTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void A_wait_of_more_than_a_second_is_shown()
    {
        test.Import(test.ExtensionZip("a"));
        using FileStream held = File.Open(test.Home.LockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using PackageStore store = test.Open(TimeSpan.FromSeconds(1.5));

        LlamaGateException error = Assert.Throws<LlamaGateException>(
            () => store.SetEnabled(store.FindItem("a", null), enabled: false, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.StoreLocked, error.ErrorId);
        StoreProgress[] shown = [.. test.Log.Progresses.Where(progress => progress.Activity.StartsWith("Waiting", StringComparison.Ordinal))];
        Assert.True(shown.Length >= 2);
        Assert.True(shown[0].Done >= 1000);
        Assert.True(shown[^1].IsCompleted);
        Assert.Contains(test.Log.Verboses, line => line.Contains("Waiting for its lock", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wait_ends_when_it_is_cancelled()
    {
        test.Import(test.ExtensionZip("a"));
        using FileStream held = File.Open(test.Home.LockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using PackageStore store = test.Open(TimeSpan.FromSeconds(30));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.ThrowsAny<OperationCanceledException>(() => store.SetEnabled(store.FindItem("a", null), enabled: false, stop.Token));

        Assert.True(test.Item("a").Enabled);
    }

    [Fact]
    public void A_short_wait_is_not_shown()
    {
        test.Import(test.ExtensionZip("a"));
        test.Log.Progresses.Clear(); // On a busy machine the import takes long enough to be shown.
        using FileStream held = File.Open(test.Home.LockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using PackageStore store = test.Open(TimeSpan.FromSeconds(0.2));

        Assert.Throws<LlamaGateException>(
            () => store.SetEnabled(store.FindItem("a", null), enabled: false, TestContext.Current.CancellationToken));

        Assert.Empty(test.Log.Progresses);
    }
}
