using System;
using System.Collections.Generic;
using System.IO;

namespace LlamaGate.Manifests;

/// <summary>The files at the root of a package or of an item's folder, among which its manifests are.</summary>
internal interface IManifestFiles
{
    /// <summary>The names of the files at the root.</summary>
    IReadOnlyCollection<string> RootFiles { get; }

    /// <summary>Opens a file at the root for reading from its start.</summary>
    /// <param name="name">One of <see cref="RootFiles"/>.</param>
    /// <returns>The content; the caller disposes it.</returns>
    /// <exception cref="IOException">The file went away or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not read the file.</exception>
    Stream OpenRootFile(string name);
}
