using System;

namespace LlamaGate;

/// <summary>An installed extension or agentic module (contract, section 2).</summary>
public class InstalledItem : IComparable
{
    internal InstalledItem(
        string id,
        ItemType type,
        string name,
        string version,
        bool enabled,
        DateTimeOffset? installedAt,
        DateTimeOffset? lastUpdatedAt,
        string path,
        string homePath)
    {
        Id = id;
        ItemType = type;
        Type = type.ToDisplayName();
        Name = name;
        Version = version;
        Enabled = enabled;
        InstalledAt = installedAt;
        LastUpdatedAt = lastUpdatedAt;
        Path = path;
        HomePath = homePath;
    }

    /// <summary>The id, which is the name of its folder.</summary>
    public string Id { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>.</summary>
    public string Type { get; }

    /// <summary>The display name.</summary>
    public string Name { get; }

    /// <summary>The semantic version.</summary>
    public string Version { get; }

    /// <summary>Whether the gateway loads it at its next start or refresh.</summary>
    public bool Enabled { get; }

    /// <summary>When it was first installed; null when the registry does not say.</summary>
    public DateTimeOffset? InstalledAt { get; }

    /// <summary>When it was last changed; null when the registry does not say.</summary>
    public DateTimeOffset? LastUpdatedAt { get; }

    /// <summary>The folder of the item: always <c>&lt;home&gt;/&lt;kind&gt;/installed/&lt;id&gt;</c>.</summary>
    public string Path { get; }

    /// <summary>The home that it is installed in.</summary>
    public string HomePath { get; }

    /// <summary>Where the installed version came from, in one line; null when it came from a file or nobody has recorded it.</summary>
    public string? Source { get; internal set; }

    internal ItemType ItemType { get; }

    /// <summary>The id, so that an item can be given where an id is asked for.</summary>
    public override string ToString() => Id;

    /// <summary>Orders items by type, id, version and state, wherever they are installed.</summary>
    /// <param name="obj">Another item.</param>
    /// <returns>0 when all four are the same.</returns>
    public int CompareTo(object? obj) => obj is InstalledItem other
        ? FieldOrder.Compare((Type, other.Type), (Id, other.Id), (Version, other.Version), (State, other.State))
        : FieldOrder.Compare((Id, obj?.ToString()));

    private string State => Enabled ? "enabled" : "disabled";
}
