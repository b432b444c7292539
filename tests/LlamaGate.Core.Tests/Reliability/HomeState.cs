using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using LlamaGate.Registry;
using LlamaGate.Transactions;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>What a reader sees of a home: every item with its version, state and whole content; and what a sync would change.</summary>
internal sealed class HomeState
{
    /// <summary>Stands for the items when the registry cannot be read.</summary>
    public const string Corrupt = "the registry";

    /// <summary>The id of an item that the checks themselves install, and that counts for nothing.</summary>
    public const string Other = "other";

    private HomeState(IReadOnlyDictionary<string, string> items, IReadOnlyList<string> differences, IReadOnlyList<string> backups, IReadOnlyList<string> notes)
    {
        Items = items;
        Differences = differences;
        Backups = backups;
        Notes = notes;
    }

    /// <summary>The items by type and id: version, state and content as text.</summary>
    public IReadOnlyDictionary<string, string> Items { get; }

    /// <summary>What a sync would change.</summary>
    public IReadOnlyList<string> Differences { get; }

    /// <summary>The backups: of what, and their content.</summary>
    public IReadOnlyList<string> Backups { get; }

    /// <summary>What other programs have written about items into the registry's file: the ids, and the fields as JSON.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Looks at a home as another process does, which must change nothing, and exports every item, which must give its content.</summary>
    public static HomeState Read(TestHome test) => Read(test.Home, test.Root);

    /// <inheritdoc cref="Read(TestHome)"/>
    public static HomeState Read(LlamaGateHome home, string exportTo)
    {
        string before = TestHome.Snapshot(home.Path);
        var context = new StoreSettings(home, new RecordingLog(), TimeSpan.Zero);
        using var store = new PackageStore(context);
        var items = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string[] differences = [];
        try
        {
            foreach (InstalledItem item in store.GetItems().Where(item => item.Id != Other))
            {
                items.Add($"{item.Type}/{item.Id}", $"{item.Version}, enabled: {item.Enabled}, {Content(context, store, item, exportTo)}");
            }
        }
        catch (LlamaGateException exception) when (exception.ErrorId == ErrorIds.RegistryCorrupt)
        {
            items.Add(Corrupt, exception.ErrorId);
        }

        differences = [.. store.PlanSync(CancellationToken.None).Changes.Select(change => $"{change.Status} {change.Type} {change.Id}: {change.Reason}")];
        Assert.Equal(before, TestHome.Snapshot(home.Path));
        string[] backups =
        [
            .. Types.SelectMany(type => BackupFolders(home, type)).Select(folder => $"{Path.GetFileName(Path.GetDirectoryName(folder))}: {Content(folder)}").Order(StringComparer.Ordinal),
        ];
        return new HomeState(items, differences, backups, items.ContainsKey(Corrupt) ? [] : ReadNotes(home));
    }

    /// <summary>The content of a folder as text: paths and what is in the files.</summary>
    public static string Content(string folder) =>
        string.Join("; ", TestHome.Tree(folder).OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key} = {file.Value}"));

    /// <summary>Where a reader finds an item: in its folder, or in staging while the journal says so.</summary>
    public static string FolderOf(StoreSettings context, InstalledItem item) =>
        new UnfinishedChanges(context, RegistrySnapshot.Read(context.Home)).ContentOf(item.ItemType, item.Id);

    /// <summary>The folders of all items, ordered.</summary>
    public static IEnumerable<string> ItemFolders(LlamaGateHome home) =>
        Types.SelectMany(type => ItemFolders(home, type)).Where(folder => Path.GetFileName(folder) != Other).Order(StringComparer.Ordinal);

    /// <summary>The content of every folder of an item or a backup.</summary>
    public static IEnumerable<string> Contents(LlamaGateHome home) => Types
        .SelectMany(type => ItemFolders(home, type).Concat(BackupFolders(home, type)))
        .Select(Content);

    /// <summary>That every item is as it was before a command, or as it is after it.</summary>
    public void AssertOldOrNew(HomeState before, HomeState after)
    {
        foreach (string item in before.Items.Keys.Concat(after.Items.Keys).Concat(Items.Keys).Distinct(StringComparer.Ordinal))
        {
            string? now = Items.GetValueOrDefault(item);
            Assert.True(
                now == before.Items.GetValueOrDefault(item) || now == after.Items.GetValueOrDefault(item),
                $"{item} is neither as it was nor as it is to be: {now ?? "not there"}.");
        }

        Assert.Subset(before.Differences.ToHashSet(StringComparer.Ordinal), Differences.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>That a home holds what it should and nothing else: no staging, no journal, whole backups, right checksums.</summary>
    /// <param name="test">The home; a writer has been there since the crash.</param>
    /// <param name="versions">The content of every version that there has been.</param>
    /// <param name="mostBackups">How many backups an item may have.</param>
    public static void AssertClean(TestHome test, IReadOnlySet<string> versions, int mostBackups = PackageLimits.DefaultBackupCount)
    {
        test.AssertNoStaging();
        string[] registry = [.. Directory.EnumerateFileSystemEntries(test.Home.RegistryFolder).Select(path => Path.GetFileName(path))];
        Assert.DoesNotContain(registry, name => name is not ("installed.json" or "store.lock" or "checksums") && !name.Contains(".corrupt-", StringComparison.Ordinal));
        foreach (ItemType type in Types)
        {
            foreach (IGrouping<string, string> backups in BackupFolders(test.Home, type).GroupBy(folder => Path.GetDirectoryName(folder)!))
            {
                Assert.InRange(backups.Count(), 0, mostBackups);
                Assert.All(backups, backup => Assert.Contains(Content(backup), versions));
            }

            AssertChecksums(test.Home, type);
        }
    }

    private static ItemType[] Types => [ItemType.Extension, ItemType.AgenticModule];

    private static string[] ReadNotes(LlamaGateHome home)
    {
        if (!File.Exists(home.RegistryFile))
        {
            return [];
        }

        JsonNode registry = JsonNode.Parse(File.ReadAllText(home.RegistryFile))!;
        JsonArray? items = registry as JsonArray ?? registry.AsObject().Select(field => field.Value).OfType<JsonArray>().SingleOrDefault();
        return [.. (items ?? []).Where(item => item?["notes"] is not null).Select(item => $"{item!["id"]}: {item["notes"]!.ToJsonString()}")];
    }

    // The export must find the same as the reader.
    private static string Content(StoreSettings context, PackageStore store, InstalledItem item, string root)
    {
        string folder = FolderOf(context, item);
        if (!Directory.Exists(folder))
        {
            return "no folder";
        }

        string content = Content(folder);
        string zip = Path.Combine(root, "exported.zip");
        Assert.Equal(item.Version, store.Export(item, zip, overwrite: true, CancellationToken.None).Version);
        using ZipArchive archive = ZipFile.OpenRead(zip);
        Assert.Equal(content, string.Join("; ", archive.Entries.SkipLast(1).Select(entry => $"{entry.FullName} = {Text(entry)}")));
        return content;
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> ItemFolders(LlamaGateHome home, ItemType type) =>
        Folders(home.InstalledFolder(type)).Where(folder => Path.GetFileName(folder) != "backups");

    private static IEnumerable<string> BackupFolders(LlamaGateHome home, ItemType type) =>
        Folders(Path.GetDirectoryName(home.BackupFolder(type, "x"))!).Where(folder => Path.GetFileName(folder) != Other).SelectMany(Folders);

    private static string[] Folders(string folder) => Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];

    // A folder that the user has changed no longer matches what was installed; its scenario says so by having changed its version.
    private static void AssertChecksums(LlamaGateHome home, ItemType type)
    {
        string folder = Path.GetDirectoryName(home.ChecksumsFile(type, "x"))!;
        foreach (string file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            string id = Path.GetFileNameWithoutExtension(file);
            string item = home.ItemFolder(type, id);
            if (id is "changed" or "gone")
            {
                continue;
            }

            Assert.True(Directory.Exists(item), $"There are checksums of '{id}', which is not installed.");
            Assert.Equal(
                TestHome.Tree(item).OrderBy(each => each.Key, StringComparer.Ordinal)
                    .Select(each => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(each.Value)))}  {each.Key}"),
                File.ReadAllLines(file));
        }
    }
}
