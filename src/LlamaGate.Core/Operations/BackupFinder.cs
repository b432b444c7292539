using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Packages;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>Finds the backups of items on disk; the items themselves may no longer exist (contract, section 11).</summary>
internal sealed class BackupFinder
{
    private static readonly ItemType[] AllTypes = [ItemType.Extension, ItemType.AgenticModule];
    private readonly LlamaGateHome home;

    public BackupFinder(LlamaGateHome home) => this.home = home;

    /// <summary>The backups of the items whose ids match, by type then id, the newest of each first.</summary>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    public IReadOnlyList<ItemBackup> Find(Func<string, bool> idMatches, ItemType? type, CancellationToken token)
    {
        var backups = new List<ItemBackup>();
        foreach (ItemType each in AllTypes.Where(each => type is null || type == each).OrderBy(each => each.ToDisplayName(), StringComparer.Ordinal))
        {
            foreach (string id in Ids(each).Where(idMatches).OrderBy(id => id, StringComparer.Ordinal))
            {
                token.ThrowIfCancellationRequested();
                string folder = home.BackupFolder(each, id);
                backups.AddRange(Backups.Names(folder).AsEnumerable().Reverse().Select(name => Describe(each, id, name, token)).OfType<ItemBackup>());
            }
        }

        return backups;
    }

    /// <summary>One backup of an item: the named one, else the newest.</summary>
    /// <exception cref="LlamaGateException">ItemNotFound; AmbiguousId when both types have backups of that id and none is named.</exception>
    public ItemBackup Find(string id, ItemType? type, string? name, CancellationToken token)
    {
        IReadOnlyList<ItemBackup> backups = Find(candidate => string.Equals(candidate, id, StringComparison.Ordinal), type, token);
        if (backups.Count == 0)
        {
            backups = Find(candidate => string.Equals(candidate, id, StringComparison.OrdinalIgnoreCase), type, token);
        }

        ItemBackup[] meant = [.. backups.Where(backup => name is null || string.Equals(backup.Name, name, StringComparison.Ordinal))];
        if (meant.Length == 0)
        {
            throw NotFound(id, type, name, home);
        }

        return meant.Select(backup => backup.ItemType).Distinct().Count() == 1
            ? meant[0]
            : throw new LlamaGateException(
                ErrorIds.AmbiguousId,
                $"There are backups of an extension and of an agentic module '{id}'. Specify the type with -Type (on the command line: "
                    + "extension or agentic-module).",
                id);
    }

    /// <summary>The failure of a look-up.</summary>
    public static LlamaGateException NotFound(string id, ItemType? type, string? name, LlamaGateHome home) => new(
        ErrorIds.ItemNotFound,
        $"item not found: there is no backup{(name is null ? string.Empty : $" '{Printable.Of(name)}'")} of {type?.ToToken() ?? "an extension or agentic-module"} "
        + $"'{Printable.Of(id)}' in '{home.Path}'. Get-LlamaGateBackup (llamagate backups) lists the backups.",
        id);

    private IEnumerable<string> Ids(ItemType type)
    {
        string folder = Path.GetDirectoryName(home.BackupFolder(type, "x"))!;
        return !StorePath.IsFolder(folder) || StorePath.LeadsThroughLink(home, folder)
            ? []
            : Directory.GetDirectories(folder).Where(StorePath.IsFolder).Select(path => Path.GetFileName(path)).Where(ItemId.IsValid);
    }

    // Null when it went away meanwhile.
    private ItemBackup? Describe(ItemType type, string id, string name, CancellationToken token)
    {
        string path = Path.Combine(home.BackupFolder(type, id), name);
        try
        {
            var tree = PackageTree.Read(path, new LeftOut(), [], token);
            return new ItemBackup(id, type, ItemFinder.TryReadVersion(path, type, id) ?? string.Empty, name, path, tree.Files.Count, tree.Files.Sum(file => file.File.Length), home.Path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException && !StorePath.IsFolder(path))
        {
            return null;
        }
    }
}
