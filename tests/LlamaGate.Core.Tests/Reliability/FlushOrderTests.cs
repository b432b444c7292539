using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>
/// What the disk has when a command moves something into place, as the system calls of the command tell it: whether a flush was
/// forgotten shows nowhere else but after a power failure (docs/reliability.md, "How a change is made").
/// </summary>
public sealed class FlushOrderTests
{
    // Every command, and those that move folders in each way that there is without an exchange, too.
    public static TheoryData<string, bool> Scenarios => [.. Scenario.Names.Select(name => (name, true)), ("update", false), ("restore", false)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void What_a_move_relies_on_has_reached_the_disk_before_it(string scenario, bool mayExchange)
    {
        Assert.SkipUnless(SystemTool.TryRun("strace", "--trace=fsync", "true"), "This needs strace, and the right to use it.");
        using var test = new TestHome(inMemory: true);
        string[] words = Scenario.Of(scenario).Prepare(test);
        var disk = new FlushedDisk(test.Root);
        string log = Path.Combine(test.Root, "calls");
        string[] options = mayExchange ? [] : ["--move"];
        using (var child = Child.Start([.. SystemCall.Tracer(log), Child.Program, test.Home.Path, .. options, .. words]))
        {
            child.AssertSucceeded();
        }

        IReadOnlyList<SystemCall> calls = SystemCall.Read(log);
        foreach (SystemCall call in calls)
        {
            CrashTrial.Check(() => Check(disk, test.Home, call), $"{call}, after:\n{string.Join('\n', calls.TakeWhile(each => each != call))}\n");
            disk.Take(call);
        }

        Assert.NotEqual(0, disk.Moves);
        Assert.DoesNotContain(disk.Unflushed, path => !IsPassing(test.Home, path));
    }

    private static void Check(FlushedDisk disk, LlamaGateHome home, SystemCall call)
    {
        string first = call.Paths[0];
        if (call.Name == "fsync" && first == home.JournalFile)
        {
            // The record commits what is staged.
            Assert.DoesNotContain(disk.Unflushed, path => IsBelow(home.StagingFolder, path));
        }
        else if (call.Name == "unlink" && first == home.JournalFile)
        {
            // From here on the registry alone tells, and where the folders are now.
            Assert.DoesNotContain(disk.Unflushed, path => !IsPassing(home, path));
        }
        else if (call.IsMove)
        {
            Assert.DoesNotContain(disk.Unflushed, path => path == first || IsBelow(first, path));
            if (call.Paths.Any(path => ItemFolders(home).Any(folder => IsBelow(folder, path))))
            {
                Assert.True(disk.Has(home.JournalFile), "The journal does not yet say what moves.");
            }
        }
    }

    // What need not reach the disk: the last line of the journal, and what is deleted anyway.
    private static bool IsPassing(LlamaGateHome home, string path) =>
        path == home.JournalFile || path == home.StagingFolder || IsBelow(home.StagingFolder, path);

    private static IEnumerable<string> ItemFolders(LlamaGateHome home) => new[] { ItemType.Extension, ItemType.AgenticModule }
        .SelectMany(type => new[] { home.InstalledFolder(type), Path.GetDirectoryName(home.BackupFolder(type, "x"))! });

    private static bool IsBelow(string folder, string path) => path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
