using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Packages;

namespace LlamaGate.Transactions;

/// <summary>The folders that lie where items are installed.</summary>
internal static class ItemFolders
{
    /// <summary>
    /// The names of the folders and links in <c>&lt;kind&gt;/installed</c>, ordinal; without the gateway's own <c>backups</c> and what file
    /// managers, disks and version control leave behind.
    /// </summary>
    public static IEnumerable<string> Names(LlamaGateHome home, ItemType type)
    {
        string installed = home.InstalledFolder(type);
        return !StorePath.IsFolder(Path.GetDirectoryName(installed)!) || !StorePath.IsFolder(installed)
            ? []
            : Directory.EnumerateDirectories(installed)
                .Select(path => Path.GetFileName(path))
                .Where(name => !LeftOut.IsDebris(name, isFolder: true) && !IsGatewayBackups(home, type, name))
                .OrderBy(name => name, StringComparer.Ordinal);
    }

    /// <summary>Whether gateway 0.9.1 keeps its backups where an item of that name would lie: there is a folder, and no manifest in it.</summary>
    public static bool IsGatewayBackups(LlamaGateHome home, ItemType type, string name) =>
        string.Equals(name, LlamaGateHome.GatewayBackups, StringComparison.OrdinalIgnoreCase)
        && StorePath.IsFolder(home.ItemFolder(type, name))
        && (string.Equals(name, LlamaGateHome.GatewayBackups, StringComparison.Ordinal) || !IsSpelledSo(home, type, name))
        && new FolderManifestFiles(home.ItemFolder(type, name)).RootFiles.Count == 0;

    // Where case does not count, the gateway's folder is found under another spelling of its name, too.
    private static bool IsSpelledSo(LlamaGateHome home, ItemType type, string name) => Directory
        .EnumerateDirectories(home.InstalledFolder(type))
        .Any(path => string.Equals(Path.GetFileName(path), name, StringComparison.Ordinal));
}
