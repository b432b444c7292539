using System;

namespace LlamaGate;

/// <summary>What a migration did with one item (contract, section 8).</summary>
public sealed class MigratedItem : IComparable
{
    /// <summary>The item was copied into the home and registered.</summary>
    public const string Migrated = nameof(Migrated);

    /// <summary>The item is installed already.</summary>
    public const string Skipped = nameof(Skipped);

    /// <summary>The item could not be migrated.</summary>
    public const string Failed = nameof(Failed);

    internal MigratedItem(
        string id, string? type, string? version, string status, string reason, string sourcePath, string? path, string homePath)
    {
        Id = id;
        Type = type;
        Version = version;
        Status = status;
        Reason = reason;
        SourcePath = sourcePath;
        Path = path;
        HomePath = homePath;
    }

    /// <summary>The id; the name of the folder when the manifest does not give one.</summary>
    public string Id { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>; null when the manifest does not tell.</summary>
    public string? Type { get; }

    /// <summary>The version in the legacy folder; null when the manifest does not tell.</summary>
    public string? Version { get; }

    /// <summary><see cref="Migrated"/>, <see cref="Skipped"/> or <see cref="Failed"/>.</summary>
    public string Status { get; }

    /// <summary>Why it was skipped or failed; empty when it was migrated.</summary>
    public string Reason { get; }

    /// <summary>The legacy folder.</summary>
    public string SourcePath { get; }

    /// <summary>The folder of the installed item; null when there is none.</summary>
    public string? Path { get; }

    /// <summary>The home that it was migrated into.</summary>
    public string HomePath { get; }

    /// <summary>The id, so that an item can be given where an id is asked for.</summary>
    public override string ToString() => Id;

    /// <summary>Orders items by type, id, version, status and the folder that they come from.</summary>
    /// <param name="obj">Another item.</param>
    /// <returns>0 when all five are the same.</returns>
    public int CompareTo(object? obj) => obj is MigratedItem other
        ? FieldOrder.Compare(
            (Type, other.Type), (Id, other.Id), (Version, other.Version), (Status, other.Status), (SourcePath, other.SourcePath))
        : FieldOrder.Compare((Id, obj?.ToString()));
}
