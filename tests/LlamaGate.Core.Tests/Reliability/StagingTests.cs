using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Transactions;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>Staging folders, made while others look for those of the dead.</summary>
public sealed class StagingTests : IDisposable
{
    private readonly TestHome test = new(inMemory: true);

    public void Dispose() => test.Dispose();

    [Fact]
    public void What_has_lost_the_file_by_which_it_is_found_is_swept_too_and_nothing_else()
    {
        string orphan = Guid.NewGuid().ToString("N");
        test.Write($"tmp/import/{orphan}/manifest.yaml", "left");
        test.Write($"tmp/import/{Guid.NewGuid():N}.sha256", "left");
        test.Write("tmp/import/mine/notes.txt", "keep");
        using var living = StagingArea.Create(test.Context());

        Assert.Empty(StagingArea.Sweep(test.Context()));

        Assert.Equal(
            new[] { living.Name, living.Name + ".lock", "mine" }.Order(StringComparer.Ordinal),
            Directory.EnumerateFileSystemEntries(test.Home.StagingFolder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_is_made_during_a_sweep_keeps_the_file_by_which_a_later_sweep_finds_it()
    {
        StorePath.Ensure(test.Context(), test.Home.StagingFolder);
        using var stop = new CancellationTokenSource();
        using var swept = new ManualResetEventSlim();
        var sweeper = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                StagingArea.Sweep(test.Context());
                swept.Set();
            }
        });
        sweeper.Start();
        swept.Wait(TestContext.Current.CancellationToken);
        var orphans = new List<string>();
        try
        {
            for (int i = 0; i < TestScale.Times(inShort: 2_000, inFull: 100_000); i++)
            {
                using var area = StagingArea.Create(test.Context());
                if (!File.Exists(area.Folder + ".lock"))
                {
                    orphans.Add(area.Name);
                }
            }
        }
        finally
        {
            stop.Cancel();
            sweeper.Join();
        }

        Assert.Empty(orphans);
        Assert.Empty(StagingArea.Sweep(test.Context()));
        test.AssertNoStaging();
    }
}
