namespace LlamaGate;

/// <summary>How much a package may hold (contract, section 5, rule 4).</summary>
public sealed class PackageLimits
{
    /// <summary>The maximum number of entries in a package, unless the caller sets another.</summary>
    public const int DefaultMaxEntryCount = 10_000;

    /// <summary>The bytes that a package may unpack to unless the caller raises it: 512 MiB.</summary>
    public const long DefaultMaxUnpackedBytes = 512L * 1024 * 1024;

    /// <summary>The number of previous versions of an item to keep, unless the caller or the environment says otherwise.</summary>
    public const int DefaultBackupCount = 2;

    /// <summary>The environment variable for the number of previous versions of an item to keep.</summary>
    public const string BackupCountVariable = "LLAMAGATE_BACKUP_COUNT";

    /// <summary>The bytes that a manifest may have: 1 MiB, fixed.</summary>
    public const int MaxManifestBytes = 1024 * 1024;

    /// <summary>Sets the limits.</summary>
    /// <param name="maxEntryCount">The maximum number of entries in a package.</param>
    /// <param name="maxUnpackedBytes">The maximum total size of the unpacked files, in bytes.</param>
    public PackageLimits(int maxEntryCount = DefaultMaxEntryCount, long maxUnpackedBytes = DefaultMaxUnpackedBytes)
    {
        MaxEntryCount = maxEntryCount;
        MaxUnpackedBytes = maxUnpackedBytes;
    }

    /// <summary>The most entries.</summary>
    public int MaxEntryCount { get; }

    /// <summary>The maximum total size of the unpacked files, in bytes.</summary>
    public long MaxUnpackedBytes { get; }
}
