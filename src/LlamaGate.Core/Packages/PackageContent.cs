using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using LlamaGate.Manifests;

namespace LlamaGate.Packages;

/// <summary>
/// The content of a package, zip or folder, that obeys the rules of names, entries and limits (contract, section 5). What only
/// reading every byte can show (sizes, CRCs, checksums) is checked by <see cref="Verify"/> and <see cref="ExtractTo"/>.
/// </summary>
internal sealed class PackageContent : IManifestFiles, IDisposable
{
    /// <summary>The files, ordinal by path; without <c>checksums.txt</c> and what file managers leave behind.</summary>
    public IReadOnlyList<PackageFile> Files => throw new NotSupportedException();

    /// <summary>Every folder below the root, parents first.</summary>
    public IReadOnlyList<string> Folders => throw new NotSupportedException();

    /// <summary>The bytes that the files are said to have in all.</summary>
    public long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public IReadOnlyCollection<string> RootFiles => throw new NotSupportedException();

    /// <summary>Opens a package and checks what can be checked without reading its files.</summary>
    /// <param name="path">The full path of a zip file or a folder.</param>
    /// <param name="limits">How much it may hold.</param>
    /// <param name="token">Stops the reading.</param>
    /// <returns>The content.</returns>
    /// <exception cref="LlamaGateException">PackageNotFound; PackageInvalid with every violation.</exception>
    public static PackageContent Open(string path, PackageLimits limits, CancellationToken token) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Stream OpenRootFile(string name) => throw new NotSupportedException();

    /// <summary>Reads every byte and checks it, writing nothing.</summary>
    /// <param name="work">Counts the bytes, stops the reading.</param>
    /// <exception cref="LlamaGateException">PackageInvalid or ChecksumMismatch, with every violation.</exception>
    public void Verify(Workload work) => throw new NotSupportedException();

    /// <summary>Writes the content below a folder, each byte once, checking it on the way.</summary>
    /// <param name="folder">An empty folder that exists.</param>
    /// <param name="work">Counts the bytes, stops the writing.</param>
    /// <returns>The SHA-256 of each file, in the order of <see cref="Files"/>.</returns>
    /// <exception cref="LlamaGateException">PackageInvalid or ChecksumMismatch, with every violation.</exception>
    /// <exception cref="IOException">The disk is full, or the like.</exception>
    public IReadOnlyList<FileDigest> ExtractTo(string folder, Workload work) => throw new NotSupportedException();

    /// <summary>
    /// Whether a folder on disk has this content: names, sizes and execute permissions (where the package gives them) first, then
    /// the hashes of both sides. When it returns true, the package has been verified in full.
    /// </summary>
    /// <param name="folder">The folder of an installed item.</param>
    /// <param name="work">Counts the bytes, stops the reading.</param>
    /// <returns>Whether nothing would change.</returns>
    /// <exception cref="LlamaGateException">PackageInvalid or ChecksumMismatch, with every violation.</exception>
    public bool Matches(string folder, Workload work) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotSupportedException();
}
