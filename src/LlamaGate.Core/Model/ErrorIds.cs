namespace LlamaGate;

/// <summary>The stable names of what can go wrong (contract, section 7). Scripts test for them.</summary>
public static class ErrorIds
{
    /// <summary>No item of that id is installed.</summary>
    public const string ItemNotFound = nameof(ItemNotFound);

    /// <summary>The id exists in both types and the caller named none.</summary>
    public const string AmbiguousId = nameof(AmbiguousId);

    /// <summary>An item whose id differs only by case is installed, or the gateway keeps its backups in the item's place.</summary>
    public const string IdConflict = nameof(IdConflict);

    /// <summary>There is no package at the path.</summary>
    public const string PackageNotFound = nameof(PackageNotFound);

    /// <summary>The package breaks the rules for packages.</summary>
    public const string PackageInvalid = nameof(PackageInvalid);

    /// <summary>A manifest breaks the rules for manifests.</summary>
    public const string ManifestInvalid = nameof(ManifestInvalid);

    /// <summary>The package is of another type than the caller named.</summary>
    public const string PackageTypeMismatch = nameof(PackageTypeMismatch);

    /// <summary>The files of a package do not match its checksums.txt.</summary>
    public const string ChecksumMismatch = nameof(ChecksumMismatch);

    /// <summary>Something is at the destination of an export already.</summary>
    public const string DestinationExists = nameof(DestinationExists);

    /// <summary>The registry lists an item whose folder is gone.</summary>
    public const string SourcePathMissing = nameof(SourcePathMissing);

    /// <summary>The registry cannot be read.</summary>
    public const string RegistryCorrupt = nameof(RegistryCorrupt);

    /// <summary>Another process held the store's lock for too long.</summary>
    public const string StoreLocked = nameof(StoreLocked);

    /// <summary>A package could not be installed; what was there still is.</summary>
    public const string InstallFailed = nameof(InstallFailed);

    /// <summary>The state of an item, or the registry, could not be changed; what was there still is.</summary>
    public const string ChangeFailed = nameof(ChangeFailed);

    /// <summary>The package could not be written.</summary>
    public const string ExportFailed = nameof(ExportFailed);

    /// <summary>The item could not be removed.</summary>
    public const string RemoveFailed = nameof(RemoveFailed);
}
