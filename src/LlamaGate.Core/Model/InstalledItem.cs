using System;

namespace LlamaGate;

/// <summary>An installed extension or agentic module (contract, section 2).</summary>
public class InstalledItem
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

    internal ItemType ItemType { get; }
}
