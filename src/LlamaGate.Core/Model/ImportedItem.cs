namespace LlamaGate;

/// <summary>What an import did (contract, sections 2 and 7).</summary>
public sealed class ImportedItem : InstalledItem
{
    /// <summary>The status of an item that was not there before.</summary>
    public const string Installed = nameof(Installed);

    /// <summary>The status of an item that replaced another version of itself.</summary>
    public const string Updated = nameof(Updated);

    /// <summary>The status of an item that replaced a newer version of itself.</summary>
    public const string Downgraded = nameof(Downgraded);

    /// <summary>The status of an item that a backup has become again.</summary>
    public const string Restored = nameof(Restored);

    /// <summary>The status of an item whose content was there already: nothing was written.</summary>
    public const string Unchanged = nameof(Unchanged);

    internal ImportedItem(InstalledItem item, string status, string? previousVersion)
        : base(item.Id, item.ItemType, item.Name, item.Version, item.Enabled, item.InstalledAt, item.LastUpdatedAt, item.Path, item.HomePath)
    {
        Source = item.Source;
        Status = status;
        PreviousVersion = previousVersion;
    }

    /// <summary><see cref="Installed"/>, <see cref="Updated"/>, <see cref="Downgraded"/> or <see cref="Unchanged"/>.</summary>
    public string Status { get; }

    /// <summary>The version that was installed before; null at a first install.</summary>
    public string? PreviousVersion { get; }
}
