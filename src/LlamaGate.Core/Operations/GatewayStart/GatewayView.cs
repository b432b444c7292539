using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Transactions;

namespace LlamaGate.Operations.GatewayStart;

/// <summary>
/// Foretells what gateway 0.9.1 loads when it starts on a home, item by item, in its own order: its builtin extensions, what the
/// registry lists, what else is in the home, then the legacy directory (contract, section 8). Reads and writes nothing else.
/// </summary>
internal sealed class GatewayView
{
    private readonly LlamaGateHome home;
    private readonly IStoreLog log;
    private readonly string? legacyFolder;
    private readonly CancellationToken token;
    private readonly List<ViewedItem> items = [];
    private readonly NamedItems names = new();

    private GatewayView(LlamaGateHome home, IStoreLog log, string? legacyFolder, CancellationToken token)
    {
        this.home = home;
        this.log = log;
        this.legacyFolder = legacyFolder;
        this.token = token;
    }

    /// <summary>Looks at a home.</summary>
    /// <param name="home">The home to read.</param>
    /// <param name="log">Takes the progress.</param>
    /// <param name="registry">The entries in the order of the file; null when the gateway cannot read it.</param>
    /// <param name="legacyFolder">The full path of the legacy directory; null when there is none.</param>
    /// <param name="hasMarker">Whether the marker of a finished migration is there: without it the gateway migrates first.</param>
    /// <param name="token">Stops the reading.</param>
    /// <returns>The items, in the order in which the gateway comes to them.</returns>
    public static IReadOnlyList<StartupItem> Look(
        LlamaGateHome home,
        IStoreLog log,
        IReadOnlyList<GatewayEntry>? registry,
        string? legacyFolder,
        bool hasMarker,
        CancellationToken token) => new GatewayView(home, log, legacyFolder, token).Look(registry, hasMarker);

    private IReadOnlyList<StartupItem> Look(IReadOnlyList<GatewayEntry>? registry, bool hasMarker)
    {
        string? legacyProblem = null;
        IReadOnlyList<string> legacyFolders = legacyFolder is null ? [] : LegacyWalk.Find(legacyFolder, out legacyProblem, token);
        JudgedFolder[] legacy = Judge(legacyFolders.Select(folder => (folder, ItemType.Extension, (string?)null)));
        string? builtIn = legacyFolder is null ? null : Path.Combine(legacyFolder, "builtin");
        JudgedFolder[] own = [.. legacy.Where(folder => IsIn(folder.Path, builtIn))];
        Dictionary<string, GatewayEntry>? known = registry is null ? null : ById(registry);
        if (!hasMarker && known is not null)
        {
            Migrate(legacy, known);
        }

        foreach (JudgedFolder folder in own.Where(folder => folder.Manifest.Refusal is null))
        {
            Add(folder, folder.Manifest.Name, StartupItem.BuiltIn).Status = StartupItem.Loaded;
        }

        AddInstalled(known);
        names.Settle();
        if (legacyProblem is not null)
        {
            var directory = new ViewedItem(legacyFolder!, ItemType.Extension, Path.GetFileName(legacyFolder)!, StartupItem.Legacy);
            directory.Note($"the gateway loads nothing from this directory, because a folder in it cannot be read: {legacyProblem}");
            items.Add(directory);
        }

        foreach (JudgedFolder folder in legacy.Except(own))
        {
            AddLegacy(folder);
        }

        AddLegacyModules();
        return [.. items.Select(item => item.ToStartupItem(home))];
    }

    private JudgedFolder[] Judge(IEnumerable<(string Path, ItemType Type, string? Id)> folders) => JudgedFolder.Judge([.. folders], log, token);

    // The last entry of an id counts, whatever its type.
    private static Dictionary<string, GatewayEntry> ById(IReadOnlyList<GatewayEntry> registry)
    {
        var known = new Dictionary<string, GatewayEntry>(StringComparer.Ordinal);
        foreach (GatewayEntry entry in registry)
        {
            known[entry.Id] = entry;
        }

        return known;
    }

    // The gateway copies what is in <legacy>/<name>/ and is not registered, and looks for no modules.
    private void Migrate(JudgedFolder[] legacy, Dictionary<string, GatewayEntry> known)
    {
        foreach (JudgedFolder folder in legacy.Where(folder => folder.Manifest.Refusal is null))
        {
            string name = folder.Manifest.Name;
            string source = Path.Combine(legacyFolder!, name);
            if (!known.ContainsKey(name) && File.Exists(Path.Combine(source, ManifestNames.Definition(ItemType.Extension))))
            {
                string target = Path.Combine(home.InstalledFolder(ItemType.Extension), name);
                known.Add(name, new GatewayEntry(
                    ItemType.Extension, name, folder.Manifest.IsEnabled, folder.Manifest.Version, target, source, $"the gateway copies it from '{source}' when it starts"));
            }
        }
    }

    private void AddInstalled(Dictionary<string, GatewayEntry>? known)
    {
        GatewayEntry[] listed = [.. (known?.Values ?? Enumerable.Empty<GatewayEntry>())
            .Where(entry => Directory.Exists(entry.Content) || File.Exists(entry.Content))
            .OrderBy(entry => entry.Type.ToToken(), StringComparer.Ordinal)
            .ThenBy(entry => entry.Id, StringComparer.Ordinal)];
        JudgedFolder[] judged = Judge(listed.Select(entry => (entry.Content, entry.Type, (string?)entry.Id)));
        for (int i = 0; i < listed.Length; i++)
        {
            AddInstalled(judged[i], listed[i]);
        }

        var ids = new HashSet<(ItemType, string)>(listed.Select(entry => (entry.Type, entry.Id)));
        Dictionary<string, ViewedItem> byFolder = items.Where(item => item.Source is StartupItem.Installed)
            .GroupBy(item => item.Path, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        foreach (ItemType type in new[] { ItemType.Extension, ItemType.AgenticModule })
        {
            foreach (JudgedFolder folder in Judge(ItemFolders.Names(home, type)
                .Select(name => home.ItemFolder(type, name))
                .Where(StorePath.IsFolder)
                .Select(path => (path, type, (string?)Path.GetFileName(path)))))
            {
                bool isListed = ids.Contains((type, folder.Id));
                bool isEnabled = known?.TryGetValue(folder.Id, out GatewayEntry? other) == true ? other.IsEnabled : folder.Packaging.EnabledByDefault;
                if (byFolder.TryGetValue(folder.Path, out ViewedItem? registered))
                {
                    AddOtherId(registered, folder, isComingBack: !isListed && isEnabled);
                }
                else
                {
                    AddUnregistered(folder, isListed, isEnabled);
                }
            }
        }
    }

    // A registered item whose manifests give another id than its folder has is loaded once more under that id.
    private static void AddOtherId(ViewedItem registered, JudgedFolder folder, bool isComingBack)
    {
        if (isComingBack && folder.Refusal is null && registered.Status is StartupItem.Disabled)
        {
            registered.Settle(
                StartupItem.Loaded,
                $"it is disabled under the id '{registered.Id}', but the gateway also reads it as the item '{folder.Id}', which is not disabled");
        }
    }

    private void AddUnregistered(JudgedFolder folder, bool isListed, bool isEnabled)
    {
        string name = Path.GetFileName(folder.Path);
        if (folder.Refusal is { } refusal)
        {
            Add(folder, name, StartupItem.Installed).Note("the gateway skips it: " + refusal);
        }
        else if (isListed)
        {
            Add(folder, name, StartupItem.Installed).Note($"the gateway reads it as '{folder.Id}', for which the registry lists another folder");
        }
        else
        {
            AddInstalled(folder, new GatewayEntry(folder.Type, name, isEnabled, string.Empty, folder.Path));
        }
    }

    private void AddInstalled(JudgedFolder folder, GatewayEntry entry)
    {
        ViewedItem item = Add(folder, entry.Id, StartupItem.Installed);
        item.Path = entry.Folder;
        item.Version ??= entry.Version.Length > 0 ? entry.Version : null;
        item.Note(entry.Note);
        if (!entry.IsEnabled)
        {
            item.Status = StartupItem.Disabled;
        }
        else if (folder.Refusal is { } refusal)
        {
            item.Note(refusal);
        }
        else
        {
            Load(item, folder);
        }
    }

    private void AddLegacy(JudgedFolder folder)
    {
        ViewedItem item = Add(folder, folder.Manifest.Name.Length > 0 ? folder.Manifest.Name : Path.GetFileName(folder.Path), StartupItem.Legacy);
        if (folder.Manifest.Refusal is { } refusal)
        {
            item.Note("the gateway skips it: " + refusal);
        }
        else if (names.Of(item.Name).FirstOrDefault(other => other.IsLoaded) is { } loaded)
        {
            item.Settle(StartupItem.Shadowed, $"the extension in '{loaded.Path}' has the same name and is loaded");
        }
        else if (folder.Manifest.SaysBuiltIn)
        {
            item.Note("the gateway skips it: it says 'builtin: true', but is not in the folder 'builtin'");
        }
        else
        {
            Load(item, folder);
            if (names.Of(item.Name).FirstOrDefault(other => other.Status is StartupItem.Disabled) is { } disabled)
            {
                item.Note($"'{disabled.Id}' is disabled in the home, and this copy is loaded instead");
            }
        }
    }

    // The gateway reads no module here; an extension in one is an extension like any other.
    private void AddLegacyModules()
    {
        if (legacyFolder is null)
        {
            return;
        }

        foreach (LegacyFolder folder in LegacyScan.Find(home, legacyFolder, token).Where(folder => folder.Problem is null))
        {
            if (File.Exists(Path.Combine(folder.Path, ManifestNames.Definition(ItemType.AgenticModule))))
            {
                JudgedFolder module = Judge([(folder.Path, ItemType.AgenticModule, null)])[0];
                Add(module, Path.GetFileName(folder.Path), StartupItem.Legacy)
                    .Settle(StartupItem.Ignored, "the gateway loads no agentic modules from this directory");
            }
        }
    }

    private void Load(ViewedItem item, JudgedFolder folder)
    {
        if (folder.Type == ItemType.AgenticModule)
        {
            item.Settle(StartupItem.Counted, $"the gateway counts it, but runs modules only from ./agenticmodules/{item.Name}");
        }
        else
        {
            item.Status = StartupItem.Loaded;
        }

        if (folder.ImportRefusal(token) is { } refusal)
        {
            item.Note($"loaded by the gateway, refused by import: {refusal}");
        }

        if (!folder.Manifest.IsEnabled && !folder.Manifest.SaysBuiltIn)
        {
            item.Note("its manifest says 'enabled: false': the gateway lists it, but does not serve it");
        }
    }

    private ViewedItem Add(JudgedFolder folder, string id, string source)
    {
        var item = new ViewedItem(folder.Path, folder.Type, id, source)
        {
            Name = folder.Manifest.Name,
            Version = folder.Manifest.Version.Length > 0 ? folder.Manifest.Version : null,
        };
        items.Add(item);
        names.Add(item);
        return item;
    }

    private static bool IsIn(string path, string? folder) => folder is not null
        && (string.Equals(path, folder, StringComparison.Ordinal) || path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal));
}
