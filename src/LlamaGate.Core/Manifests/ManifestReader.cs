using System;
using System.Threading;

namespace LlamaGate.Manifests;

/// <summary>Reads and validates the manifests of an item (contract, section 4).</summary>
internal static class ManifestReader
{
    /// <summary>Reads whatever manifests are at the root.</summary>
    /// <param name="files">The files at the root.</param>
    /// <param name="namedType">The type that the caller named, or the kind of the folder that an item lies in; null to tell from the files.</param>
    /// <param name="folderId">For an item on disk the name of its folder, which is its id; null for a package.</param>
    /// <param name="target">The path to name in errors.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The manifest, with warnings.</returns>
    /// <exception cref="LlamaGateException">PackageInvalid (no manifest, or both kinds), PackageTypeMismatch or ManifestInvalid (every problem listed).</exception>
    public static ItemManifest Read(IManifestFiles files, ItemType? namedType, string? folderId, string target, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
