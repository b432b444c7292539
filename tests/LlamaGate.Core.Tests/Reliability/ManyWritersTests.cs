using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Transactions;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>Many processes and threads that change one store at once.</summary>
public sealed class ManyWritersTests : IDisposable
{
    private const int Writers = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10); // As LlamaGate.CrashHost: no load delays a writer for so long.
    private static readonly int Rounds = TestScale.Times(inShort: 5, inFull: 50);
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void Processes_that_import_different_packages_all_succeed()
    {
        string[] zips = [.. Enumerable.Range(0, Writers).Select(i => test.ExtensionZip($"x{i:00}"))];
        long looks = 0;
        for (int round = 0; round < Rounds; round++)
        {
            looks += Race(zips.Select(zip => new[] { "import", zip }));

            Assert.Equal(Enumerable.Range(0, Writers).Select(i => $"x{i:00}"), test.Items().Select(item => item.Id));
            AssertWhole();
            StorePath.Delete(test.Home.Path);
        }

        TestScale.Report(Rounds, "races of processes");
        TestScale.Report(looks, "listings during them");
    }

    [Fact]
    public void Processes_that_import_versions_of_one_package_all_succeed()
    {
        string[] zips = [.. Enumerable.Range(0, Writers).Select(i => test.ExtensionZip("x", $"1.0.{i + 10}", $"body {i + 10}"))];
        long looks = 0;
        for (int round = 0; round < Rounds; round++)
        {
            looks += Race(zips.Select((zip, i) => (string[])[.. i % 4 == 0 ? new[] { "--move" } : [], "import", zip]));

            InstalledItem item = Assert.Single(test.Items());
            Assert.Equal($"body {item.Version[4..]}", test.Read("extensions/installed/x/templates/body.txt"));
            Assert.Equal(2, Directory.GetDirectories(test.Home.BackupFolder(ItemType.Extension, "x")).Length);
            AssertWhole();
        }

        TestScale.Report(Rounds, "races of processes");
        TestScale.Report(looks, "listings during them");
    }

    [Fact]
    public void Threads_of_one_process_all_succeed()
    {
        string[] zips = [.. Enumerable.Range(0, Writers).Select(i => test.ExtensionZip($"x{i % 10}", $"1.0.{i + 10}", $"body {i + 10}"))];
        for (int round = 0; round < Rounds; round++)
        {
            var failures = new List<Exception>();
            Thread[] threads = [.. zips.Select(zip => new Thread(() =>
            {
                try
                {
                    Operation.Run(new StoreSettings(test.Home, new RecordingLog(), Patience), "import", zip);
                }
                catch (LlamaGateException exception)
                {
                    lock (failures)
                    {
                        failures.Add(exception);
                    }
                }
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());

            Assert.Empty(failures);
            Assert.Equal(10, test.Items().Count);
            AssertWhole();
        }

        TestScale.Report(Rounds, "races of threads");
    }

    [Fact]
    public void A_killed_holder_of_the_lock_blocks_nobody()
    {
        Directory.CreateDirectory(test.Home.RegistryFolder);
        using var holder = Child.Start(test.Home, "hold");
        holder.WaitFor("holding");
        using (PackageStore store = test.Open(TimeSpan.Zero))
        {
            ImportOutcome outcome = Assert.Single(store.Import([test.ExtensionZip("x")], new ImportOptions(), _ => true, default));
            Assert.Equal(ErrorIds.StoreLocked, outcome.Error!.ErrorId);
        }

        holder.Kill();

        using (PackageStore store = test.Open(TimeSpan.Zero))
        {
            Assert.Null(Assert.Single(store.Import([test.ExtensionZip("x")], new ImportOptions(), _ => true, default)).Error);
        }
    }

    // Two saves within one tick of a coarse clock leave a registry of the same time, and perhaps of the same length.
    [Fact]
    public void The_lock_tells_whether_somebody_else_has_held_it_meanwhile()
    {
        Directory.CreateDirectory(test.Home.RegistryFolder);
        var one = Guid.NewGuid();
        var two = Guid.NewGuid();

        Assert.Equal(
            [(one, false), (one, true), (two, false), (one, false), (one, true)],
            new[] { one, one, two, one, one }.Select(holder =>
            {
                using var held = StoreLock.Acquire(test.Home.LockFile, TimeSpan.Zero, test.Log, CancellationToken.None);
                return (holder, held.Sign(holder));
            }));
    }

    // Starts all at once, with a process that lists throughout; all must succeed. Returns how often was listed.
    private long Race(IEnumerable<string[]> commands)
    {
        using Child lister = Child.Start(test.Home, "watch").WaitFor("watching");
        Child[] writers = [.. commands.Select(words => Child.Start(test.Home, words))];
        try
        {
            Array.ForEach(writers, writer => writer.AssertSucceeded());
            return lister.AssertSawNothingWrong();
        }
        finally
        {
            Array.ForEach(writers, writer => writer.Dispose());
        }
    }

    private void AssertWhole()
    {
        using PackageStore store = test.Open();
        Assert.Empty(store.PlanSync(TestContext.Current.CancellationToken).Changes);
        test.AssertNoStaging();
        Assert.False(File.Exists(test.Home.JournalFile));
    }
}
