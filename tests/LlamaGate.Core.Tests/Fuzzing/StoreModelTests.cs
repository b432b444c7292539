using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;
using LlamaGate.Tests.Reliability;
using Xunit;

namespace LlamaGate.Tests.Fuzzing;

/// <summary>
/// Random sequences of operations against a model of the store that fits in a dictionary, with failures of the disk, kills and power
/// failures mixed in: a command that fails leaves the item as it was, one that succeeds as the model says, one that dies either.
/// </summary>
public sealed class StoreModelTests
{
    private static readonly string[] Ids = ["a", "b", "c"];

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.OneOf("import", "import", "import", "reinstall", "restore", "restore", "remove", "enable", "disable", "sync", "delete folder", "delete registry", "garbage"),
        Gen.OneOf(Ids),
        Gen.Int[1, 4],
        Gen.Frequency((3, Gen.Const(Fate.Well)), (1, Gen.OneOf(Fate.DiskFails, Fate.IsKilled, Fate.PowerFails))),
        Gen.Int[1, 40],
        Gen.Bool,
        (what, id, version, fate, at, mayExchange) => new Step(what, id, version, fate, at, mayExchange));

    [Fact]
    public void The_store_does_what_the_model_says()
    {
        int commands = 0;
        AnyStep.List[1, 25].Sample(
            steps =>
            {
                using var test = new TestHome(inMemory: true);
                Directory.CreateDirectory(test.Home.Path);
                var model = new Dictionary<string, (int Version, bool Enabled)>(StringComparer.Ordinal);
                foreach (Step step in steps)
                {
                    Do(test, model, step);
                    Compare(test, model, step);
                    commands++;
                }
            },
            iter: 25,
            time: TestScale.FuzzSeconds,
            threads: 1,
            print: steps => string.Join("; ", steps));
        TestScale.Report(commands, "random commands compared with the model");
    }

    private static void Do(TestHome test, Dictionary<string, (int Version, bool Enabled)> model, Step step)
    {
        (int Version, bool Enabled)? before = model.TryGetValue(step.Id, out (int, bool) known) ? known : null;
        switch (step.What)
        {
            case "delete folder":
                Operation.Run(test.Context(), "sync"); // What a dead command has left is not in the folder yet, perhaps.
                string folder = test.Home.ItemFolder(ItemType.Extension, step.Id);
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }

                Operation.Run(test.Context(), "sync");
                model.Remove(step.Id);
                return;
            case "delete registry" or "garbage":
                // What a user chose is lost with the file; the items are not.
                Operation.Run(test.Context(), "sync");
                Directory.CreateDirectory(test.Home.RegistryFolder);
                File.Delete(test.Home.RegistryFile);
                if (step.What == "garbage")
                {
                    File.WriteAllText(test.Home.RegistryFile, "garbage");
                }

                Operation.Run(test.Context(), "sync");
                foreach (string id in model.Keys.ToList())
                {
                    model[id] = (model[id].Version, true);
                }

                return;
        }

        int? backup = NewestBackup(test, step.Id);
        var misfortune = new Misfortune(test, step.Fate, step.At);
        StoreSettings context = test.Context();
        context.MayExchange = step.MayExchange;
        context.OnStep = misfortune.OnStep;
        bool succeeded = false;
        try
        {
            Operation.Run(context, step.What switch
            {
                "import" or "reinstall" => [step.What, Package(test, step)],
                "sync" => ["sync"],
                _ => [step.What, step.Id],
            });
            succeeded = true;
        }
        catch (LlamaGateException exception)
        {
            Assert.True(
                misfortune.HasStruck || ((step.What == "restore" ? backup is null : before is null) && exception.ErrorId == ErrorIds.ItemNotFound),
                $"{step}: {exception.Message}");
        }

        misfortune.LeaveRemains();
        (int, bool)? now = Look(test, step.Id);
        bool mayBeOld = !succeeded || !misfortune.IsSurvived;
        bool mayBeNew = succeeded || misfortune.HasStruck;
        Assert.True(
            (mayBeOld && now == before) || (mayBeNew && now == After(before, backup, step)),
            $"{step}: {now} is neither {before} nor {After(before, backup, step)}");
        Set(model, step.Id, now);
    }

    private static (int Version, bool Enabled)? After((int Version, bool Enabled)? before, int? backup, Step step) => step.What switch
    {
        "import" or "reinstall" => (step.Version, before?.Enabled ?? true),
        "restore" => backup is { } version ? (version, before?.Enabled ?? true) : before,
        "remove" => null,
        "enable" => before is { } item ? (item.Version, true) : null,
        "disable" => before is { } item ? (item.Version, false) : null,
        _ => before,
    };

    private static void Compare(TestHome test, Dictionary<string, (int Version, bool Enabled)> model, Step step)
    {
        IReadOnlyList<InstalledItem> items = test.Items();
        Assert.Equal(
            model.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => $"{item.Key} {item.Value.Version}.0.0 {item.Value.Enabled}"),
            items.Select(item => $"{item.Id} {item.Version} {item.Enabled}"));
        foreach (InstalledItem item in items)
        {
            HomeState state = HomeState.Read(test);
            Assert.True(state.Items.TryGetValue($"Extension/{item.Id}", out string? content), $"{step}: {item.Id} is not there");
            Assert.Contains($"body {item.Version}", content, StringComparison.Ordinal);
        }
    }

    private static (int Version, bool Enabled)? Look(TestHome test, string id) =>
        test.Items().SingleOrDefault(item => item.Id == id) is { } item ? (item.Version[0] - '0', item.Enabled) : null;

    // A restore takes the newest backup that it finds, before it completes what a dead command has left.
    private static int? NewestBackup(TestHome test, string id)
    {
        using PackageStore store = test.Open();
        return store.FindBackups(candidate => candidate == id, null, default) is [ItemBackup backup, ..] ? backup.Version[0] - '0' : null;
    }

    private static void Set(Dictionary<string, (int Version, bool Enabled)> model, string id, (int Version, bool Enabled)? state)
    {
        if (state is { } value)
        {
            model[id] = value;
        }
        else
        {
            model.Remove(id);
        }
    }

    private static string Package(TestHome test, Step step)
    {
        string folder = Path.Combine(test.Root, "packages", $"{step.Id}-{step.Version}");
        if (!Directory.Exists(folder))
        {
            test.Folder(
                Path.Combine("packages", $"{step.Id}-{step.Version}"),
                ("manifest.yaml", TestHome.Manifest(step.Id, $"{step.Version}.0.0")),
                ("body.txt", $"body {step.Version}.0.0"));
        }

        return folder;
    }

    private sealed record Step(string What, string Id, int Version, Fate Fate, int At, bool MayExchange);
}
