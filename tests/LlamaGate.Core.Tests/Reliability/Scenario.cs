using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlamaGate.Tests.Reliability;

/// <summary>A home as it is before a command, and the command: what crashes, faults and kills are tried on.</summary>
internal sealed class Scenario
{
    private readonly Func<TestHome, string[]> prepare;

    private Scenario(string name, string errorId, Func<TestHome, string[]> prepare)
    {
        Name = name;
        ErrorId = errorId;
        this.prepare = prepare;
    }

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("first install", ErrorIds.InstallFailed, test => ["import", test.ExtensionZip("x", "1.0.0", "one")]),
        new("first install of a module", ErrorIds.InstallFailed, test =>
        {
            test.Import(test.ExtensionZip("x"));
            return ["import", test.ModuleZip("x")];
        }),
        new("update", ErrorIds.InstallFailed, test =>
        {
            test.Import(test.ExtensionZip("x", "1.0.0", "one"));
            Operation.Run(test.Context(), "disable", "x");
            return ["import", test.ExtensionZip("x", "2.0.0", "two")];
        }),
        new("update with two backups", ErrorIds.InstallFailed, test =>
        {
            foreach (string version in new[] { "1.0.0", "2.0.0", "3.0.0" })
            {
                test.Import(test.ExtensionZip("x", version, version));
            }

            return ["import", test.ExtensionZip("x", "4.0.0", "four")];
        }),
        new("update that only adds a file", ErrorIds.InstallFailed, test =>
        {
            (string, string)[] files = [("manifest.yaml", TestHome.Manifest("x")), ("templates/body.txt", "one")];
            test.Import(test.Zip("less.zip", files));
            return ["import", test.Zip("more.zip", [.. files, ("templates/more.txt", "more")])];
        }),
        new("update of an item with fields of others", ErrorIds.InstallFailed, test =>
        {
            test.Import(test.ExtensionZip("x", "1.0.0", "one"));
            Annotate(test);
            return ["import", test.ExtensionZip("x", "2.0.0", "two")];
        }),
        new("reinstall", ErrorIds.InstallFailed, test =>
        {
            string zip = test.ExtensionZip("x", "1.0.0", "one");
            test.Import(zip);
            return ["reinstall", zip];
        }),
        new("install over an unregistered folder", ErrorIds.InstallFailed, test =>
        {
            test.Write("extensions/installed/x/manifest.yaml", TestHome.Manifest("x", "0.9.0"));
            return ["import", test.ExtensionZip("x", "1.0.0", "one")];
        }),
        new("several packages at once", ErrorIds.InstallFailed, test =>
        {
            test.Import(test.ExtensionZip("b", "1.0.0", "old"));
            return ["import", test.ExtensionZip("a"), test.ExtensionZip("b", "2.0.0", "new"), test.ModuleZip("c")];
        }),
        new("remove", ErrorIds.RemoveFailed, test =>
        {
            test.Import(test.ExtensionZip("x", "1.0.0", "one"));
            test.Import(test.ExtensionZip("x", "2.0.0", "two"));
            test.Import(test.ExtensionZip("y"));
            test.Write("extensions/installed/backups/x/20260101-000000/manifest.yaml", "the gateway's");
            return ["remove", "x"];
        }),
        new("restore", ErrorIds.InstallFailed, test =>
        {
            foreach (string version in new[] { "1.0.0", "2.0.0", "3.0.0" })
            {
                test.Import(test.ExtensionZip("x", version, version));
            }

            Operation.Run(test.Context(), "disable", "x");
            return Restore(test);
        }),
        new("restore of what was removed by hand", ErrorIds.InstallFailed, test =>
        {
            test.Import(test.ExtensionZip("x", "1.0.0", "one"));
            test.Import(test.ExtensionZip("x", "2.0.0", "two"));
            Directory.Delete(test.Home.ItemFolder(ItemType.Extension, "x"), recursive: true);
            Operation.Run(test.Context(), "sync");
            return Restore(test);
        }),
        new("disable", ErrorIds.ChangeFailed, test =>
        {
            test.Import(test.ExtensionZip("x"));
            return ["disable", "x"];
        }),
        new("disable an item with fields of others", ErrorIds.ChangeFailed, test =>
        {
            test.Import(test.ExtensionZip("x"));
            Annotate(test);
            return ["disable", "x"];
        }),
        new("enable what is not registered", ErrorIds.ChangeFailed, test =>
        {
            test.Write("extensions/installed/x/manifest.yaml", TestHome.Manifest("x", more: "enabled: false\n"));
            return ["enable", "x"];
        }),
        new("sync", ErrorIds.ChangeFailed, test =>
        {
            test.Import(test.ExtensionZip("gone"));
            test.Import(test.ExtensionZip("changed"));
            Directory.Delete(test.Home.ItemFolder(ItemType.Extension, "gone"), recursive: true);
            test.Write("extensions/installed/changed/manifest.yaml", TestHome.Manifest("changed", "1.1.0"));
            test.Write("extensions/installed/new/manifest.yaml", TestHome.Manifest("new"));
            return ["sync"];
        }),
        new("rebuild of a corrupt registry", ErrorIds.ChangeFailed, test =>
        {
            test.Import(test.ExtensionZip("x"));
            test.Import(test.ModuleZip("y"));
            test.Write("registry/installed.json", "[ { \"id\": ");
            return ["sync"];
        }),
        new("migration", ErrorIds.InstallFailed, test =>
        {
            test.Import(test.ExtensionZip("there"));
            return
            [
                "migrate", test.Folder(
                    "legacy",
                    ("a/manifest.yaml", TestHome.Manifest("a")),
                    ("deep/b/manifest.yaml", TestHome.Manifest("b")),
                    ("there/manifest.yaml", TestHome.Manifest("there", "9.0.0"))),
            ];
        }),
        new("export", ErrorIds.ExportFailed, test =>
        {
            test.Import(test.ExtensionZip("x"));
            return ["export", "x", Path.Combine(test.Folder("out", ("x.zip", "what was there")), "x.zip")];
        }),
    ];

    // Other programs keep what they like in the registry, on as many lines as they like.
    private static void Annotate(TestHome test)
    {
        JsonNode registry = JsonNode.Parse(File.ReadAllText(test.Home.RegistryFile))!;
        JsonArray items = registry as JsonArray ?? registry.AsObject().Select(field => field.Value).OfType<JsonArray>().Single();
        items[0]!["notes"] = new JsonObject { ["text"] = "two\nlines", ["list"] = new JsonArray(1, new JsonObject { ["deep"] = true }, 3) };
        File.WriteAllText(test.Home.RegistryFile, registry.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    // By its name: done again, it must not take the next one.
    private static string[] Restore(TestHome test)
    {
        using PackageStore store = test.Open();
        return ["restore", "x", store.FindBackup("x", null, null, default).Name];
    }

    /// <summary>The names, for theories.</summary>
    public static IEnumerable<string> Names => All.Select(scenario => scenario.Name);

    public string Name { get; }

    /// <summary>The id of the error when the disk fails.</summary>
    public string ErrorId { get; }

    public static Scenario Of(string name) => All.Single(scenario => scenario.Name == name);

    /// <summary>Makes the home as it is before the command.</summary>
    public string[] Prepare(TestHome test) => prepare(test);

    public override string ToString() => Name;
}
