using System;
using System.Collections.Generic;
using System.IO;
using LlamaGate.FileSystem;

namespace LlamaGate.Manifests;

/// <summary>
/// The manifests in a folder on disk. The folder is not listed: a look at each name costs the same however much lies in it. Links are
/// not followed, and no pipe or device is ever opened.
/// </summary>
internal sealed class FolderManifestFiles : IManifestFiles
{
    // The manifests that are there, with their length in bytes.
    private readonly Dictionary<string, long> lengths = new(StringComparer.Ordinal);
    private readonly string folder;

    /// <summary>Looks for manifests in a folder.</summary>
    /// <param name="folder">The full path of the folder. A folder that is not there has no manifests.</param>
    /// <exception cref="UnauthorizedAccessException">The folder may not be entered.</exception>
    public FolderManifestFiles(string folder)
    {
        this.folder = folder;
        foreach (string name in ManifestNames.All)
        {
            string path = Path.Combine(folder, name);
            if (StorePath.Probe(path) == PathKind.File)
            {
                lengths.Add(name, new FileInfo(path).Length);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> RootFiles => lengths.Keys;

    /// <inheritdoc/>
    public Stream OpenRootFile(string name)
    {
        string path = Path.Combine(folder, name);
        StorePath.RefuseSpecial(path); // Opening a pipe would wait for its writer.
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
    }
}
