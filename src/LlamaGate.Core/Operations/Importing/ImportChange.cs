using LlamaGate.Manifests;

namespace LlamaGate.Operations.Importing;

/// <summary>
/// What an import changes, by the version that was there before: null when there was none, and empty when what was there did not tell
/// its version.
/// </summary>
internal static class ImportChange
{
    /// <summary>The status that users see.</summary>
    /// <returns>One of the constants of <see cref="ImportedItem"/>, except <see cref="ImportedItem.Unchanged"/>.</returns>
    public static string Status(ItemManifest manifest, string? previousVersion) =>
        previousVersion is null ? ImportedItem.Installed
        : SemanticVersion.IsValid(previousVersion)
            && SemanticVersion.Compare(manifest.Version, previousVersion) < 0 ? ImportedItem.Downgraded
        : ImportedItem.Updated;

    /// <summary>The previous version as users see it: null when it is not known.</summary>
    public static string? Known(string? previousVersion) => previousVersion is { Length: 0 } ? null : previousVersion;

    /// <summary>A sentence for the verbose stream.</summary>
    public static string Describe(ItemManifest manifest, string? previousVersion)
    {
        string item = $"{manifest.Type.ToToken()} '{manifest.Id}'";
        if (previousVersion is null)
        {
            return $"Installed {item} {manifest.Version}.";
        }

        return $"{Status(manifest, previousVersion)} {item} from {Known(previousVersion) ?? "an unknown version"} to {manifest.Version}; the previous version is kept as a "
            + "backup.";
    }
}
