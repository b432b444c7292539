using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>
/// A scenario, how its home is before and after the command, and what must hold when the command dies at any moment: the next reader
/// sees every item whole, old or new; the next writer repairs the rest; the command, run again, does its work.
/// </summary>
internal sealed class CrashTrial : IDisposable
{
    private const string Written = "written-since.txt";

    private readonly Scenario scenario;
    private readonly HomeState before;
    private readonly HomeState after;
    private readonly HashSet<string> versions;
    private readonly string other;

    public CrashTrial(string scenario)
    {
        this.scenario = Scenario.Of(scenario);
        Words = this.scenario.Prepare(Test);
        other = Test.ExtensionZip(HomeState.Other);
        Before = Path.Combine(Test.Root, "before");
        Directory.CreateDirectory(Test.Home.Path);
        DiskCopy.Take(Test.Home.Path, Before);
        before = HomeState.Read(Test);
        versions = [.. HomeState.Contents(Test.Home)];
        Operation.Run(Test.Context(), Words);
        after = HomeState.Read(Test);
        versions.UnionWith(HomeState.Contents(Test.Home));
    }

    public TestHome Test { get; } = new(inMemory: true);

    /// <summary>The command.</summary>
    public string[] Words { get; }

    /// <summary>A copy of the home before the command.</summary>
    public string Before { get; }

    /// <summary>The id of the error when the disk fails.</summary>
    public string ErrorId => scenario.ErrorId;

    /// <summary>Puts the home back to before the command.</summary>
    public void Reset() => DiskCopy.Restore(Before, Test.Home.Path);

    /// <summary>Runs a command and keeps a copy of the home as it is at its steps.</summary>
    /// <param name="mayExchange">Whether folders may be exchanged in one step.</param>
    /// <param name="oneOf">At which steps: every one, every second, and so on, in the short form.</param>
    /// <param name="words">The words of the command.</param>
    /// <param name="powerFails">Whether the copies lack what was not flushed by then.</param>
    /// <returns>The steps' names and the copies, in order.</returns>
    public IReadOnlyList<(string Step, string Copy)> Freeze(bool mayExchange, int oneOf, string[] words, bool powerFails = false)
    {
        var copies = new List<(string, string)>();
        int count = 0;
        PowerLoss? power = powerFails ? new PowerLoss(Test.Home.Path) : null;
        StoreSettings context = Test.Context();
        context.MayExchange = mayExchange;
        context.OnStep = step =>
        {
            power?.Arrive(step);
            if (!TestScale.IsFull && ++count % oneOf != 0)
            {
                return;
            }

            string copy = Path.Combine(Test.Root, "copies", Guid.NewGuid().ToString("N"));
            DiskCopy.Take(Test.Home.Path, copy, keepsIdentities: false);
            power?.Strike(copy);
            DiskCopy.KeepIdentities(Test.Home.Path, copy);
            copies.Add((step, copy));
        };
        if (Directory.Exists(Test.Home.Path))
        {
            Operation.Run(context, words);
        }

        return copies;
    }

    /// <summary>What the next writer does: it has other business, but for a registry that has to be rebuilt first.</summary>
    public string[] NextWriter()
    {
        using PackageStore store = Test.Open();
        return store.PlanSync(default).RegistryIsCorrupt ? ["sync"] : ["reinstall", other];
    }

    /// <summary>The steps of the command, numbered from 1. The home is as after the command then.</summary>
    public IReadOnlyList<(int Number, string Step)> Steps(bool mayExchange)
    {
        Reset();
        var steps = new List<(int, string)>();
        Run(mayExchange, step => steps.Add((steps.Count + 1, step)));
        return steps;
    }

    /// <summary>Runs the command on a disk that fails.</summary>
    /// <param name="mayExchange">Whether folders may be exchanged in one step.</param>
    /// <param name="fails">Tells by number and name whether a step fails.</param>
    /// <returns>The error that the command ended in.</returns>
    public LlamaGateException? RunWithFault(bool mayExchange, Func<int, string, bool> fails)
    {
        int count = 0;
        try
        {
            Run(mayExchange, step =>
            {
                if (fails(++count, step))
                {
                    throw new IOException($"No space left on device, at {step}");
                }
            });
            return null;
        }
        catch (LlamaGateException exception)
        {
            return exception;
        }
    }

    /// <summary>That an error is of the right kind and tells the cause.</summary>
    public void AssertErrorId(LlamaGateException? error)
    {
        if (error is not null)
        {
            Assert.Equal(scenario.ErrorId, error.ErrorId);
            Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>That a home is as the command's result says: as before it when it failed, as after it when not, with nothing left over.</summary>
    /// <param name="error">The error that the command ended in.</param>
    /// <param name="cleaned">Whether the command could delete what it had made or replaced.</param>
    public void AssertAsReported(LlamaGateException? error, bool cleaned)
    {
        AssertErrorId(error);
        AssertOldWhenFailed(error is not null);
        if (cleaned)
        {
            Test.AssertNoStaging();
        }

        Assert.Empty(Directory.GetFiles(Test.Root, "*.tmp", SearchOption.AllDirectories));
        AssertNothingIsLost(mayExchange: true, PackageLimits.DefaultBackupCount + 1);
    }

    /// <summary>That the items are as before the command when it failed, and as after it when not.</summary>
    public void AssertOldWhenFailed(bool failed)
    {
        HomeState seen = HomeState.Read(Test);
        if (!failed)
        {
            Assert.Equal(after.Items, seen.Items);
            return;
        }

        // Of several items some may be new; a registry that was rebuilt stays so when only the journal cannot be dropped then.
        seen.AssertOldOrNew(before, after);
        bool isOne = (Words.Length == 2 || Words[0] == "restore") && Words[0] != "migrate" && !before.Items.ContainsKey(HomeState.Corrupt);
        Assert.True(!isOne || before.Items.SequenceEqual(seen.Items), "It failed and yet changed something.");
        if (isOne)
        {
            Assert.Equal(before.Backups, seen.Backups);
        }
    }

    /// <summary>Checks a home whose writer has died.</summary>
    /// <param name="mayExchange">Whether the next writer may exchange folders in one step.</param>
    /// <param name="mostBackups">How many backups an item may have.</param>
    public void AssertNothingIsLost(bool mayExchange, int mostBackups = PackageLimits.DefaultBackupCount)
    {
        HomeState seen = HomeState.Read(Test);
        seen.AssertOldOrNew(before, after);

        // The next writer need not wait.
        var next = new StoreSettings(Test.Home, Test.Log, TimeSpan.Zero) { MayExchange = mayExchange };
        bool isCorrupt = seen.Items.ContainsKey(HomeState.Corrupt);
        Operation.Run(next, NextWriter());
        HomeState repaired = HomeState.Read(Test);
        if (!isCorrupt)
        {
            Assert.Equal(seen.Items, repaired.Items);
            Assert.Equal(seen.Differences, repaired.Differences);
        }

        HomeState.AssertClean(Test, versions, mostBackups);
        Assert.Equal(before.Notes, repaired.Notes);
        AssertBackups(repaired);
        AssertGarbageIsKept();
        Assert.All(before.Items.Where(item => item.Value.Contains(" = ", StringComparison.Ordinal)), item =>
        {
            // What an update replaces is a backup then.
            string content = item.Value[(item.Value.IndexOf(", ", item.Value.IndexOf(", ", StringComparison.Ordinal) + 1, StringComparison.Ordinal) + 2)..];
            Assert.True(Words[0] == "remove" || HomeState.Contents(Test.Home).Contains(content, StringComparer.Ordinal), $"{item.Key} is nowhere.");
        });

        try
        {
            // A restore that was done and is run again goes back: it is not run again.
            if (Words[0] != "restore" || !repaired.Items.SequenceEqual(after.Items))
            {
                Operation.Run(Test.Context(), Words);
            }
        }
        catch (LlamaGateException exception) when (exception.ErrorId == ErrorIds.ItemNotFound)
        {
            Assert.True(Words[0] is "remove" or "restore", exception.Message); // It was done before.
        }

        HomeState done = HomeState.Read(Test);
        Assert.Equal(after.Items, done.Items);
        Assert.Equal(after.Differences, done.Differences);
        HomeState.AssertClean(Test, versions, mostBackups);
    }

    /// <summary>Checks a home whose writer has died, and into whose items a program has written since: that stays, and so do the items.</summary>
    /// <param name="mayExchange">Whether the next writer may exchange folders in one step.</param>
    public void AssertWhatIsWrittenStays(bool mayExchange)
    {
        HomeState seen = HomeState.Read(Test);
        string[] folders = [.. HomeState.ItemFolders(Test.Home)];
        foreach (string folder in folders)
        {
            File.WriteAllText(Path.Combine(folder, Written), folder);
        }

        Operation.Run(new StoreSettings(Test.Home, Test.Log, TimeSpan.Zero) { MayExchange = mayExchange }, NextWriter());
        string[] kept = Directory.GetFiles(Test.Home.Path, Written, SearchOption.AllDirectories);
        Assert.Equal(
            Words[0] == "remove" ? folders.Where(Directory.Exists) : folders,
            kept.Select(File.ReadAllText).Order(StringComparer.Ordinal));
        Array.ForEach(kept, File.Delete);

        HomeState repaired = HomeState.Read(Test);
        if (!seen.Items.ContainsKey(HomeState.Corrupt))
        {
            Assert.Equal(seen.Items, repaired.Items);
        }

        AssertBackups(repaired);
    }

    /// <summary>Checks something, and says where it was when it does not hold.</summary>
    public static void Check(Action assert, string where)
    {
        try
        {
            assert();
        }
        catch (Exception exception)
        {
            Assert.Fail($"At {where}: {exception.Message}\n{exception.StackTrace}");
        }
    }

    public void Dispose() => Test.Dispose();

    // The backups are those of before where the items are, and of after where those are; one more of before that cannot be deleted is no loss.
    private void AssertBackups(HomeState repaired)
    {
        bool isOld = repaired.Items.SequenceEqual(before.Items);
        bool isNew = repaired.Items.SequenceEqual(after.Items);
        if (isOld != isNew)
        {
            IReadOnlyList<string> expected = isOld ? before.Backups : after.Backups;
            Assert.Empty(expected.Except(repaired.Backups, StringComparer.Ordinal));
            Assert.Empty(repaired.Backups.Except(expected, StringComparer.Ordinal).Except(before.Backups, StringComparer.Ordinal));
        }
    }

    // A registry that cannot be read may hold what somebody needs: it is where it was, or there is a copy of it.
    private void AssertGarbageIsKept()
    {
        if (before.Items.ContainsKey(HomeState.Corrupt))
        {
            string garbage = File.ReadAllText(Path.Combine(Before, "registry", "installed.json"));
            Assert.Contains(garbage, Directory.GetFiles(Test.Home.RegistryFolder).Select(File.ReadAllText));
        }
    }

    private void Run(bool mayExchange, Action<string> onStep)
    {
        StoreSettings context = Test.Context();
        context.MayExchange = mayExchange;
        context.OnStep = onStep;
        Operation.Run(context, Words);
    }
}
