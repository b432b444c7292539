using System.Collections.Generic;

namespace LlamaGate;

/// <summary>What a gateway's start did to its home, and what it loads from where (contract, section 8).</summary>
public sealed class StartupReport
{
    internal StartupReport(
        string homePath,
        string? legacyPath,
        IReadOnlyList<string> migrated,
        IReadOnlyList<string> synchronized,
        IReadOnlyList<string> installed,
        IReadOnlyList<string> legacy,
        IReadOnlyList<string> disabled,
        IReadOnlyList<string> failed)
    {
        HomePath = homePath;
        LegacyPath = legacyPath;
        Migrated = migrated;
        Synchronized = synchronized;
        Installed = installed;
        Legacy = legacy;
        Disabled = disabled;
        Failed = failed;
    }

    /// <summary>The home.</summary>
    public string HomePath { get; }

    /// <summary>The legacy directory; null when there is none.</summary>
    public string? LegacyPath { get; }

    /// <summary>How many items are loaded, installed and legacy ones together.</summary>
    public int LoadedCount => Installed.Count + Legacy.Count;

    /// <summary>How many items were looked at and are not loaded because they are disabled.</summary>
    public int DisabledCount => Disabled.Count;

    /// <summary>How many things failed.</summary>
    public int FailedCount => Failed.Count;

    /// <summary>What was migrated, as <c>type id version</c>.</summary>
    public IReadOnlyList<string> Migrated { get; }

    /// <summary>What the sync changed, as <c>change type id: reason</c>.</summary>
    public IReadOnlyList<string> Synchronized { get; }

    /// <summary>The installed items that are loaded, as <c>type id version</c>.</summary>
    public IReadOnlyList<string> Installed { get; }

    /// <summary>The legacy items that are loaded because they are not installed, as <c>type id version: folder</c>.</summary>
    public IReadOnlyList<string> Legacy { get; }

    /// <summary>The items that are disabled, as <c>type id version</c>.</summary>
    public IReadOnlyList<string> Disabled { get; }

    /// <summary>What failed and why, as <c>what: reason</c>.</summary>
    public IReadOnlyList<string> Failed { get; }
}
