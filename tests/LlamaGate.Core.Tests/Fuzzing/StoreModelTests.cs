using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;
using LlamaGate.Tests.Reliability;
using Xunit;

namespace LlamaGate.Tests.Fuzzing;

/// <summary>
/// Random sequences of operations against a model of the store that fits in a dictionary, with failures of the disk mixed in: a
/// command that fails leaves the item as it was, one that succeeds as the model says.
/// </summary>
public sealed class StoreModelTests
{
    private static readonly string[] Ids = ["a", "b", "c"];

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.OneOf("import", "import", "import", "reinstall", "remove", "enable", "disable", "sync", "delete folder", "delete registry", "garbage"),
        Gen.OneOf(Ids),
        Gen.Int[1, 4],
        Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 40])),
        Gen.Bool,
        (what, id, version, failAt, mayExchange) => new Step(what, id, version, failAt, mayExchange));

    [Fact]
    public void The_store_does_what_the_model_says() => AnyStep.List[1, 25].Sample(
        steps =>
        {
            using var test = new TestHome();
            var model = new Dictionary<string, (int Version, bool Enabled)>(StringComparer.Ordinal);
            foreach (Step step in steps)
            {
                Do(test, model, step);
                Compare(test, model, step);
            }
        },
        iter: 25,
        time: TestScale.FuzzSeconds,
        threads: 1,
        print: steps => string.Join("; ", steps));

    private static void Do(TestHome test, Dictionary<string, (int Version, bool Enabled)> model, Step step)
    {
        (int Version, bool Enabled)? before = model.TryGetValue(step.Id, out (int, bool) known) ? known : null;
        switch (step.What)
        {
            case "delete folder":
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
                Directory.CreateDirectory(test.Home.RegistryFolder);
                File.Delete(test.Home.JournalFile);
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

        int count = 0;
        bool failed = false;
        var context = test.Context();
        context.MayExchange = step.MayExchange;
        context.OnStep = _ =>
        {
            // One failure, as of a disk that is full for a moment. Any thread may meet it.
            if (step.FailAt > 0 && System.Threading.Interlocked.Increment(ref count) == step.FailAt)
            {
                failed = true;
                throw new IOException("No space left on device.");
            }
        };
        try
        {
            switch (step.What)
            {
                case "import":
                    Operation.Run(context, "import", Package(test, step));
                    break;
                case "reinstall":
                    Operation.Run(context, "reinstall", Package(test, step));
                    break;
                case "sync":
                    Operation.Run(context, "sync");
                    break;
                default:
                    Operation.Run(context, step.What, step.Id);
                    break;
            }
        }
        catch (LlamaGateException exception)
        {
            bool expected = before is null && exception.ErrorId == ErrorIds.ItemNotFound;
            Assert.True(failed || expected, $"{step}: {exception.Message}");
            if (expected)
            {
                return;
            }

            // Old or new, as a command that failed late may have been: what is there now decides, if it is one of the two.
            (int, bool)? now = Look(test, step.Id);
            Assert.True(now == before || now == After(before, step), $"{step}: {now} is neither {before} nor {After(before, step)}");
            Set(model, step.Id, now);
            return;
        }

        Set(model, step.Id, After(before, step));
    }

    private static (int Version, bool Enabled)? After((int Version, bool Enabled)? before, Step step) => step.What switch
    {
        "import" or "reinstall" => (step.Version, before?.Enabled ?? true),
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

    private sealed record Step(string What, string Id, int Version, int FailAt, bool MayExchange);
}
