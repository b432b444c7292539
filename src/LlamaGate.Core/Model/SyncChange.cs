using System;

namespace LlamaGate;

/// <summary>One difference between the registry and the disk that a sync settled (contract, section 8).</summary>
public sealed class SyncChange : IComparable
{
    /// <summary>The item was on disk and not in the registry.</summary>
    public const string Added = nameof(Added);

    /// <summary>The item was in the registry and not on disk.</summary>
    public const string Removed = nameof(Removed);

    /// <summary>The registry said something else of the item than its manifest.</summary>
    public const string Updated = nameof(Updated);

    /// <summary>The folder cannot be read as an item and was left alone.</summary>
    public const string Skipped = nameof(Skipped);

    internal SyncChange(
        string id,
        ItemType type,
        string status,
        string? version,
        string reason,
        string path,
        string homePath)
    {
        Id = id;
        ItemType = type;
        Type = type.ToDisplayName();
        Status = status;
        Version = version;
        Reason = reason;
        Path = path;
        HomePath = homePath;
    }

    /// <summary>The id, which is the name of the folder.</summary>
    public string Id { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>.</summary>
    public string Type { get; }

    /// <summary><see cref="Added"/>, <see cref="Removed"/>, <see cref="Updated"/> or <see cref="Skipped"/>.</summary>
    public string Status { get; }

    /// <summary>The version on disk; the registered one of a removed item; null when unknown.</summary>
    public string? Version { get; }

    /// <summary>Why, in a few words.</summary>
    public string Reason { get; }

    /// <summary>The folder of the item.</summary>
    public string Path { get; }

    /// <summary>The home that it is in.</summary>
    public string HomePath { get; }

    internal ItemType ItemType { get; }

    /// <summary>The id, so that a change can be given where an id is asked for.</summary>
    public override string ToString() => Id;

    /// <summary>Orders changes by type, id, version and status.</summary>
    /// <param name="obj">Another change.</param>
    /// <returns>0 when all four are the same.</returns>
    public int CompareTo(object? obj) => obj is SyncChange other
        ? FieldOrder.Compare((Type, other.Type), (Id, other.Id), (Version, other.Version), (Status, other.Status))
        : FieldOrder.Compare((Id, obj?.ToString()));
}
