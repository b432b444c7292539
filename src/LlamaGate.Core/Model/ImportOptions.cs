namespace LlamaGate;

/// <summary>How packages are to be imported (contract, section 7).</summary>
public sealed class ImportOptions
{
    /// <summary>Sets how packages are to be imported.</summary>
    /// <param name="type">The type that every package must have; null to tell from the package.</param>
    /// <param name="force">Installs even what is there already.</param>
    /// <param name="checkOnly">Checks the packages in full and writes nothing.</param>
    /// <param name="limits">How much a package may hold; null for the defaults.</param>
    /// <param name="disabled">Disables the items with their import, also those that are unchanged.</param>
    /// <param name="backupCount">The number of previous versions of each item to keep; null for the default.</param>
    public ImportOptions(
        ItemType? type = null, bool force = false, bool checkOnly = false, PackageLimits? limits = null, bool disabled = false, int? backupCount = null)
    {
        Disabled = disabled;
        BackupCount = backupCount;
        Type = type;
        Force = force;
        CheckOnly = checkOnly;
        Limits = limits ?? new PackageLimits();
    }

    /// <summary>The type that every package must have; null to tell from the package.</summary>
    public ItemType? Type { get; }

    /// <summary>Installs even what is there already.</summary>
    public bool Force { get; }

    /// <summary>Checks the packages in full and writes nothing.</summary>
    public bool CheckOnly { get; }

    /// <summary>Disables the items with their import, also those that are unchanged: at no time does a gateway see them enabled.</summary>
    public bool Disabled { get; }

    /// <summary>
    /// The number of previous versions of each item to keep, 0 or more; null for what <c>LLAMAGATE_BACKUP_COUNT</c> says, else two.
    /// </summary>
    public int? BackupCount { get; }

    /// <summary>How much a package may hold.</summary>
    public PackageLimits Limits { get; }

    /// <summary>Where each package came from, by its path as it is given to the import; null for packages that are files of the user's.</summary>
    public System.Collections.Generic.IReadOnlyDictionary<string, ItemSource>? Sources { get; set; }

    /// <summary>Leaves alone what is there by the time of the commit; its outcome is <see cref="ImportedItem.Unchanged"/>.</summary>
    internal bool OnlyIfAbsent { get; set; }
}
