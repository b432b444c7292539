using System.Collections.Generic;
using System.Linq;

namespace LlamaGate;

/// <summary>What a gateway's start did to its home, and what gateway 0.9.1 loads of it, item by item (contract, section 8).</summary>
public sealed class StartupReport
{
    internal StartupReport(
        string homePath,
        string? legacyPath,
        IReadOnlyList<MigratedItem> migrated,
        IReadOnlyList<SyncChange> synchronized,
        IReadOnlyList<StartupItem> items)
    {
        HomePath = homePath;
        LegacyPath = legacyPath;
        Migrated = migrated;
        Synchronized = synchronized;
        Items = items;
    }

    /// <summary>What to tell a user who has named a legacy directory that holds no items.</summary>
    /// <param name="path">The path as the user named it.</param>
    public static string NoLegacyDirectory(string path) =>
        $"There is no legacy directory '{path}', or the home keeps its own items there. The report covers only the home.";

    /// <summary>The home.</summary>
    public string HomePath { get; }

    /// <summary>The legacy directory; null when there is none.</summary>
    public string? LegacyPath { get; }

    /// <summary>How many extensions are loaded, as the gateway's log counts them: installed, legacy and its own together.</summary>
    public int LoadedCount => Items.Count(item => item.Status is StartupItem.Loaded);

    /// <summary>How many agentic modules are counted.</summary>
    public int ModuleCount => Items.Count(item => item.Status is StartupItem.Counted);

    /// <summary>How many items are not loaded because they are disabled.</summary>
    public int DisabledCount => Disabled.Count;

    /// <summary>How many things failed.</summary>
    public int FailedCount => Failed.Count;

    /// <summary>What was migrated.</summary>
    public IReadOnlyList<MigratedItem> Migrated { get; }

    /// <summary>What the sync changed.</summary>
    public IReadOnlyList<SyncChange> Synchronized { get; }

    /// <summary>Everything that the gateway comes across, in its order, then the steps that failed.</summary>
    public IReadOnlyList<StartupItem> Items { get; }

    /// <summary>The gateway's own extensions that are loaded.</summary>
    public IReadOnlyList<StartupItem> BuiltIn => [.. Items.Where(item => item.Source is StartupItem.BuiltIn && item.Status is StartupItem.Loaded)];

    /// <summary>The installed items that are loaded or counted.</summary>
    public IReadOnlyList<StartupItem> Installed =>
        [.. Items.Where(item => item.Source is StartupItem.Installed && item.Status is StartupItem.Loaded or StartupItem.Counted)];

    /// <summary>The legacy items that are loaded.</summary>
    public IReadOnlyList<StartupItem> Legacy => [.. Items.Where(item => item.Source is StartupItem.Legacy && item.Status is StartupItem.Loaded)];

    /// <summary>The items that are disabled.</summary>
    public IReadOnlyList<StartupItem> Disabled => [.. Items.Where(item => item.Status is StartupItem.Disabled)];

    /// <summary>The extensions in whose place another one of the same name is served.</summary>
    public IReadOnlyList<StartupItem> Shadowed => [.. Items.Where(item => item.Status is StartupItem.Shadowed)];

    /// <summary>What the gateway cannot load, and what failed.</summary>
    public IReadOnlyList<StartupItem> Failed => [.. Items.Where(item => item.Status is StartupItem.Failed)];
}
