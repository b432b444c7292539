using System;
using System.Collections.Generic;
using System.Threading;
using LlamaGate.Manifests;
using LlamaGate.Operations;

namespace LlamaGate;

/// <summary>
/// The door to packages that are in no home yet: to create, check, read and pack them (contract, section 10). Nothing here touches a
/// LlamaGate home. Synchronous; calls back on the caller's thread.
/// </summary>
/// <remarks>
/// Every method throws <see cref="LlamaGateException"/> for what it cannot do, and <see cref="OperationCanceledException"/> when it is
/// stopped.
/// </remarks>
public sealed class PackageAuthoring
{
    private readonly IStoreLog log;
    private readonly PackageCheck check;

    /// <summary>Sets what packages may hold and who is told about them.</summary>
    /// <param name="log">Is told what is left out, what may not be meant, and how far a long operation is.</param>
    /// <param name="limits">How much a package may hold; null for the defaults.</param>
    public PackageAuthoring(IStoreLog log, PackageLimits? limits = null)
    {
        this.log = log;
        check = new PackageCheck(log, limits ?? new PackageLimits());
    }

    /// <summary>The manifest files that have a JSON schema, ordinal.</summary>
    public static IReadOnlyList<string> SchemaNames => ManifestSchema.Manifests;

    /// <summary>The JSON schema (draft 2020-12) of a manifest file.</summary>
    /// <param name="manifest">The file's name, such as <c>manifest.yaml</c>, or its path. Case and <c>.yml</c> do not matter.</param>
    /// <returns>The schema: JSON that ends in a line end.</returns>
    /// <exception cref="LlamaGateException">ItemNotFound: it is not the name of a manifest.</exception>
    public static string ReadSchema(string manifest) => ManifestSchema.Read(manifest);

    /// <summary>Writes the folder of a new package, which passes a strict <see cref="Test"/>.</summary>
    /// <param name="folder">The folder; it is made when it is not there. Full, or relative to the process's current folder.</param>
    /// <param name="options">What the package is to be.</param>
    /// <param name="approve">Asked once before anything is written, with what would be written; false leaves it at that.</param>
    /// <param name="cancellationToken">Stops the writing; what was written is deleted.</param>
    /// <returns>The package; null when it was not approved.</returns>
    /// <exception cref="LlamaGateException">
    /// DestinationExists: the folder is not empty, or is a file; ManifestInvalid: the id or the name is not valid; ExportFailed.
    /// </exception>
    public CreatedPackage? Create(string folder, CreateOptions options, Func<CreatedPackage, bool> approve, CancellationToken cancellationToken) =>
        new PackageCreator(log).Create(folder, options, approve, cancellationToken);

    /// <summary>Checks a package as an import does, byte by byte. What is wrong with it is in the result.</summary>
    /// <param name="path">A zip file or a folder. Full, or relative to the process's current folder.</param>
    /// <param name="type">The type that it must have; null to tell from the package.</param>
    /// <param name="strict">Whether a warning makes it invalid, too.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlamaGateException">PackageNotFound: there is nothing at the path.</exception>
    public PackageTestResult Test(string path, ItemType? type, bool strict, CancellationToken cancellationToken) =>
        check.Test(path, type, strict, cancellationToken);

    /// <summary>Reads what is in a package, which must be one that an import accepts.</summary>
    /// <param name="path">A zip file or a folder. Full, or relative to the process's current folder.</param>
    /// <param name="type">The type that it must have; null to tell from the package.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What its manifests say, and its files.</returns>
    /// <exception cref="LlamaGateException">
    /// PackageNotFound, PackageInvalid, ManifestInvalid, PackageTypeMismatch, ChecksumMismatch.
    /// </exception>
    public PackageDetails Inspect(string path, ItemType? type, CancellationToken cancellationToken) => check.Inspect(path, type, cancellationToken);

    /// <summary>
    /// Packs a source folder into a zip with checksums: the same bytes as an export of the item after an import of the folder. Written
    /// beside the destination, then renamed; missing parent folders are made.
    /// </summary>
    /// <param name="folder">The folder. Full, or relative to the process's current folder.</param>
    /// <param name="destination">
    /// The zip file, or a folder that gets <c>&lt;id&gt;-&lt;version&gt;.zip</c>: one that exists or a path that ends in a separator.
    /// </param>
    /// <param name="type">The type that the package must have; null to tell from the folder.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="approve">
    /// Asked once after the check and before anything is written, with the package as it would be, length and SHA-256 still unknown; false
    /// leaves it at that.
    /// </param>
    /// <param name="cancellationToken">Stops at once; what was at the destination stays.</param>
    /// <returns>The package; null when it was not approved.</returns>
    /// <exception cref="LlamaGateException">
    /// PackageNotFound, PackageInvalid, ManifestInvalid, PackageTypeMismatch, ChecksumMismatch, DestinationExists, ExportFailed.
    /// </exception>
    public ExportedPackage? Pack(
        string folder, string destination, ItemType? type, bool overwrite, Func<ExportedPackage, bool> approve, CancellationToken cancellationToken) =>
        new PackagePacker(log, check).Pack(folder, destination, type, overwrite, approve, cancellationToken);
}
