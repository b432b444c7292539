using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;

namespace LlamaGate.Manifests;

/// <summary>
/// The manifests in a folder on disk. The folder is not listed: a look at each name costs the same however much lies in it. Links are
/// not followed, and no pipe or device is ever opened.
/// </summary>
internal sealed class FolderManifestFiles : IManifestFiles
{
    private readonly string folder;
    private readonly string[] names;

    /// <summary>Looks for manifests in a folder.</summary>
    /// <param name="folder">The full path of the folder. A folder that is not there has no manifests.</param>
    /// <exception cref="UnauthorizedAccessException">The folder may not be entered.</exception>
    public FolderManifestFiles(string folder)
    {
        this.folder = folder;
        names = [.. ManifestNames.All.Where(name => StorePath.Probe(Path.Combine(folder, name)) == PathKind.File)];
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> RootFiles => names;

    /// <inheritdoc/>
    public Stream OpenRootFile(string name)
    {
        string path = Path.Combine(folder, name);
        StorePath.RefuseSpecial(path); // Opening a pipe would wait for its writer.
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
    }
}
