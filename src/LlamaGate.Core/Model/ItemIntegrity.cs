using System.Collections.Generic;

namespace LlamaGate;

/// <summary>How what is installed compares with what was installed (contract, section 11).</summary>
public sealed class ItemIntegrity
{
    /// <summary>The status of an item whose files are those that were installed.</summary>
    public const string Intact = nameof(Intact);

    /// <summary>The status of an item of which a file was changed, added or deleted.</summary>
    public const string Modified = nameof(Modified);

    /// <summary>The status of an item that is registered and whose folder is gone.</summary>
    public const string Missing = nameof(Missing);

    /// <summary>The status of an item without recorded checksums: the gateway or a person put it there.</summary>
    public const string Unrecorded = nameof(Unrecorded);

    internal ItemIntegrity(
        InstalledItem item, string status, IReadOnlyList<string> modified, IReadOnlyList<string> missing, IReadOnlyList<string> added)
    {
        Id = item.Id;
        Type = item.Type;
        Version = item.Version;
        Status = status;
        ModifiedFiles = modified;
        MissingFiles = missing;
        AddedFiles = added;
        Path = item.Path;
        HomePath = item.HomePath;
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>.</summary>
    public string Type { get; }

    /// <summary>The version that is registered.</summary>
    public string Version { get; }

    /// <summary><see cref="Intact"/>, <see cref="Modified"/>, <see cref="Missing"/> or <see cref="Unrecorded"/>.</summary>
    public string Status { get; }

    /// <summary>The files whose content is not what was installed, or cannot be read; from the item's folder, ordinal.</summary>
    public IReadOnlyList<string> ModifiedFiles { get; }

    /// <summary>The files that were installed and are not there; from the item's folder, ordinal.</summary>
    public IReadOnlyList<string> MissingFiles { get; }

    /// <summary>The files that were not installed; from the item's folder, ordinal.</summary>
    public IReadOnlyList<string> AddedFiles { get; }

    /// <summary>The folder of the item.</summary>
    public string Path { get; }

    /// <summary>The home that it is installed in.</summary>
    public string HomePath { get; }
}
