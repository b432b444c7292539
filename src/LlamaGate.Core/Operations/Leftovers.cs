using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>
/// Finds what this tool's and the gateway's commands have left behind (contract, sections 8 and 9), and clears what nobody can miss: checksums of
/// items that are gone, their backups once they are 30 days old, and staging of the gateway that is older than a day.
/// </summary>
internal static class Leftovers
{
    /// <summary>What the names of the gateway's staging folders begin with.</summary>
    public const string GatewayStagingPrefix = "import-";

    public const string StaleChecksums = nameof(StaleChecksums);
    public const string StaleBackups = nameof(StaleBackups);
    public const string StaleStaging = nameof(StaleStaging);
    public const string GatewayBackup = nameof(GatewayBackup);
    public const string GatewayBackupLost = nameof(GatewayBackupLost);

    private const string ChecksumsExtension = ".sha256";
    private static readonly ItemType[] Types = [ItemType.Extension, ItemType.AgenticModule];
    private static readonly TimeSpan StagingAge = TimeSpan.FromDays(1);
    private static readonly TimeSpan BackupAge = TimeSpan.FromDays(30);

    /// <summary>Searches a home. Folders that are links are skipped.</summary>
    public static IReadOnlyList<Leftover> Find(LlamaGateHome home, RegistrySnapshot registry, DateTimeOffset now) =>
    [
        .. Types.SelectMany(type => Checksums(home, registry, type)),
        .. Types.SelectMany(type => BackupsOfGoneItems(home, registry, type, now)),
        .. Types.SelectMany(type => GatewayBackups(home, type)),
        .. Staging(home, now),
    ];

    /// <summary>Deletes what a sync clears. What cannot be deleted is a warning.</summary>
    public static void Clear(StoreSettings settings, Transaction transaction)
    {
        if (transaction.Registry.Unfinished.Count > 0)
        {
            return; // The next writer decides what belongs to the interrupted change.
        }

        foreach (Leftover leftover in Find(settings.Home, transaction.Registry, settings.Clock()))
        {
            if (leftover.Finding is GatewayBackupLost)
            {
                transaction.Warn(
                    $"'{leftover.Id}' is not installed. An unfinished update by the gateway left a copy of it at '{leftover.Path}'. To "
                        + "restore it, import that path with Import-LlamaGatePackage -LiteralPath (llamagate import).");
            }

            if (!leftover.IsCleared)
            {
                continue;
            }

            try
            {
                settings.Step("leftovers.clear");
                if (StorePath.IsFolder(leftover.Path))
                {
                    Durable.Move(leftover.Path, Path.Combine(transaction.NewTrash().Folder, "leftover"));
                }
                else
                {
                    StorePath.Delete(leftover.Path);
                }

                transaction.Tell($"Deleted '{leftover.Path}': {leftover.Message}.");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                transaction.Warn($"'{leftover.Path}' cannot be deleted: {exception.Message}");
            }
        }
    }

    private static IEnumerable<Leftover> Checksums(LlamaGateHome home, RegistrySnapshot registry, ItemType type)
    {
        string folder = Path.GetDirectoryName(home.ChecksumsFile(type, "id"))!;
        return Entries(home, folder, isFolder: false)
            .Where(path => path.EndsWith(ChecksumsExtension, StringComparison.Ordinal))
            .Select(path => (Path: path, Id: Path.GetFileNameWithoutExtension(path)))
            .Where(file => IsGone(home, registry, type, file.Id))
            .Select(file => new Leftover(StaleChecksums, type, file.Id, file.Path, IsCleared: true, "the checksums of an item that is no "
                + "longer installed"));
    }

    private static IEnumerable<Leftover> BackupsOfGoneItems(LlamaGateHome home, RegistrySnapshot registry, ItemType type, DateTimeOffset now)
    {
        string folder = Path.GetDirectoryName(home.BackupFolder(type, "id"))!;
        return Entries(home, folder, isFolder: true)
            .Select(path => (Path: path, Id: Path.GetFileName(path)))
            .Where(item => IsGone(home, registry, type, item.Id))
            .Select(item => new Leftover(
                StaleBackups,
                type,
                item.Id,
                item.Path,
                Entries(home, item.Path, isFolder: true).Select(path => BackupName.Parse(Path.GetFileName(path)))
                    .All(time => time is { } made && now - made > BackupAge),
                "the backups of an item that is no longer installed; a sync deletes them when they are older than 30 days"));
    }

    // The gateway deletes the copy when its update is complete.
    private static IEnumerable<Leftover> GatewayBackups(LlamaGateHome home, ItemType type) =>
        ItemFolders.IsGatewayBackups(home, type, LlamaGateHome.GatewayBackups)
            ? Entries(home, home.ItemFolder(type, LlamaGateHome.GatewayBackups), isFolder: true)
                .SelectMany(folder => Entries(home, folder, isFolder: true).Select(path => (Path: path, Id: Path.GetFileName(folder))))
                .Where(copy => Directory.EnumerateFileSystemEntries(copy.Path).Any())
                .Select(copy => new Leftover(
                    StorePath.Probe(home.ItemFolder(type, copy.Id)) == PathKind.Missing ? GatewayBackupLost : GatewayBackup,
                    type,
                    copy.Id,
                    copy.Path,
                    IsCleared: false,
                    "a copy that an unfinished update by the gateway left behind"))
            : [];

    private static IEnumerable<Leftover> Staging(LlamaGateHome home, DateTimeOffset now)
    {
        string install = Path.Combine(Path.GetDirectoryName(home.StagingFolder)!, "install");
        return Entries(home, home.StagingFolder, isFolder: true)
            .Where(path => Path.GetFileName(path).StartsWith(GatewayStagingPrefix, StringComparison.Ordinal))
            .Concat(Entries(home, install, isFolder: true))
            .Where(path => now - new DateTimeOffset(Directory.GetLastWriteTimeUtc(path), TimeSpan.Zero) > StagingAge)
            .Select(path => new Leftover(
                StaleStaging, null, Path.GetFileName(path), path, IsCleared: true, "staging of an earlier import by the gateway"));
    }

    private static bool IsGone(LlamaGateHome home, RegistrySnapshot registry, ItemType type, string id) =>
        registry.FindAlike(type, id).Count == 0 && StorePath.Probe(home.ItemFolder(type, id)) == PathKind.Missing;

    private static IEnumerable<string> Entries(LlamaGateHome home, string folder, bool isFolder) =>
        !StorePath.IsFolder(folder) || StorePath.LeadsThroughLink(home, folder)
            ? []
            : (isFolder ? Directory.EnumerateDirectories(folder).Where(StorePath.IsFolder) : Directory.EnumerateFiles(folder))
                .OrderBy(path => path, StringComparer.Ordinal);
}
