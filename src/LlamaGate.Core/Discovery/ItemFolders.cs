using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.Installation;
using LlamaGate.Manifests;

namespace LlamaGate.Discovery;

/// <summary>The folders that lie where items are installed.</summary>
internal static class ItemFolders
{
    private const string GatewayBackups = "backups";

    /// <summary>
    /// The names of the folders and links in <c>&lt;kind&gt;/installed</c>, ordinal; without the gateway's own <c>backups</c>.
    /// </summary>
    public static IEnumerable<string> Names(LlamaGateHome home, ItemType type)
    {
        string installed = home.InstalledFolder(type);
        return !StorePath.IsFolder(Path.GetDirectoryName(installed)!) || !StorePath.IsFolder(installed)
            ? []
            : Directory.EnumerateDirectories(installed)
                .Select(path => Path.GetFileName(path))
                .Where(name => !IsGatewayBackups(home, type, name))
                .OrderBy(name => name, StringComparer.Ordinal);
    }

    private static bool IsGatewayBackups(LlamaGateHome home, ItemType type, string name) =>
        string.Equals(name, GatewayBackups, StringComparison.Ordinal)
        && new FolderManifestFiles(home.ItemFolder(type, name)).RootFiles.Count == 0;
}
