using System;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>Links inside the home, to where the same things lie outside: no command changes anything there.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly TestHome test = new(inMemory: true);

    public static TheoryData<string> Places =>
    [
        "extensions", "extensions/installed", "extensions/installed/x", "extensions/installed/backups", "extensions/backups",
        "extensions/backups/x", "registry", "registry/checksums", "registry/checksums/extension",
        "registry/checksums/extension/x.sha256", "registry/store.lock", "registry/journal.jsonl",
        "registry/installed.json.new", "tmp", "tmp/import", ".migration_complete",
    ];

    public void Dispose() => test.Dispose();

    [Theory]
    [MemberData(nameof(Places))]
    public void No_command_changes_what_a_link_points_to(string place)
    {
        string path = Path.Combine(test.Home.Path, place);
        string elsewhere = Path.Combine(test.Root, "elsewhere");
        string before = Path.Combine(test.Root, "before");
        PrepareHome();
        if (Path.Exists(path))
        {
            Directory.Move(path, elsewhere);
        }
        else
        {
            File.WriteAllText(elsewhere, "keep");
        }

        TestLink.ToFile(path, elsewhere);
        DiskCopy.Take(test.Home.Path, before);
        string outside = Outside();
        string[][] commands =
        [
            ["import", test.ExtensionZip("x", "9.0.0")], ["import", test.ExtensionZip("gone")], ["import", test.ExtensionZip("new")],
            ["remove", "x"], ["disable", "x"], ["enable", "loose"], ["sync"],
            ["migrate", test.Folder("legacy", ("m/manifest.yaml", TestHome.Manifest("m")))],
            ["export", "x", Path.Combine(test.Root, "x.zip")],
        ];
        foreach (string[] command in commands)
        {
            DiskCopy.Restore(before, test.Home.Path);

            Exception? error = Record.Exception(() => Operation.Run(test.Context(), command));

            Assert.True(error is null or LlamaGateException, $"{command[0]}: {error}");
            Assert.Equal(outside, Outside());
        }
    }

    [Theory]
    [InlineData("extensions")]
    [InlineData("extensions/installed")]
    public void A_sync_forgets_no_item_because_of_a_link(string place)
    {
        PrepareHome();
        string path = Path.Combine(test.Home.Path, place);
        Directory.Move(path, Path.Combine(test.Root, "elsewhere"));
        TestLink.ToFolder(path, Path.Combine(test.Root, "elsewhere"));

        var error = Assert.Throws<LlamaGateException>(() => Operation.Run(test.Context(), "sync"));

        Assert.Contains("is a link", error.Message, StringComparison.Ordinal);
        Assert.Contains(test.Items(), item => item.Id == "x");
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_removed_with_its_item()
    {
        test.Import(test.ExtensionZip("x"));
        string folder = test.Home.ItemFolder(ItemType.Extension, "x");
        StorePath.Delete(folder);
        TestLink.ToFolder(folder, Path.Combine(test.Root, "nowhere"));

        Operation.Run(test.Context(), "remove", "x");

        Assert.Empty(test.Items());
        Assert.Equal(PathKind.Missing, StorePath.Probe(folder));
    }

    // Backups, a third one included that an update would delete; checksums; the gateway's backups; and staging of a dead process.
    private void PrepareHome()
    {
        foreach (string version in new[] { "1.0.0", "2.0.0", "3.0.0" })
        {
            test.Import(test.ExtensionZip("x", version));
        }

        foreach (string id in new[] { "x", "gone", "gone", "gone" }.Select((id, i) => $"{id}/2020010{i}-000000-000"))
        {
            test.Write($"extensions/backups/{id}/manifest.yaml", "old");
        }

        test.Write("extensions/installed/backups/x/20260101-000000/manifest.yaml", "the gateway's");
        test.Write("extensions/installed/loose/manifest.yaml", TestHome.Manifest("loose", more: "enabled: false\n"));
        string dead = Guid.NewGuid().ToString("N");
        test.Write($"tmp/import/{dead}.lock", string.Empty);
        test.Write($"tmp/import/{dead}/manifest.yaml", "half");
    }

    private string Outside()
    {
        string elsewhere = Path.Combine(test.Root, "elsewhere");
        return Directory.Exists(elsewhere) ? TestHome.Snapshot(elsewhere) : File.ReadAllText(elsewhere);
    }
}
