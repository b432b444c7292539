using System.Collections.Generic;
using System.IO;
using LlamaGate.FileSystem;

namespace LlamaGate.Manifests.GatewayRules;

/// <summary>The manifests in a folder as gateway 0.9.1 opens them: it follows links, which import does not.</summary>
internal sealed class GatewayFiles : IManifestFiles
{
    private readonly string folder;
    private readonly List<string> names = [];

    public GatewayFiles(string folder)
    {
        this.folder = folder;
        foreach (string name in new[] { "manifest.yaml", "extension.yaml", "agenticmodule.yaml", "module.yaml" })
        {
            if (File.Exists(Path.Combine(folder, name)))
            {
                names.Add(name);
            }
        }
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
