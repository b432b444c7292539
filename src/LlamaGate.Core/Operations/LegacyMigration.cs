using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Operations.Importing;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>Copies the items of a legacy directory into the home (contract, section 8).</summary>
internal sealed class LegacyMigration
{
    private readonly StoreSettings settings;
    private readonly RegistryCache cache;
    private readonly PackageImporter importer;

    public LegacyMigration(StoreSettings settings, RegistryCache cache, PackageImporter importer)
    {
        this.settings = settings;
        this.cache = cache;
        this.importer = importer;
    }

    /// <summary>Migrates; see <see cref="PackageStore.Migrate(IReadOnlyList{string}, bool, bool, Func{ImportPlan, bool}, CancellationToken)"/>.</summary>
    public IEnumerable<MigratedItem> Migrate(
        IReadOnlyList<string> legacyFolders, bool force, bool checkOnly, Func<ImportPlan, bool> approve, CancellationToken token)
    {
        string[] paths = [.. legacyFolders.Select(folder => UserPath.ToFull(folder, ErrorIds.SourcePathMissing))];
        string[] present = [.. paths.Where(Directory.Exists)];
        if (present.Length == 0)
        {
            throw new LlamaGateException(
                ErrorIds.SourcePathMissing,
                $"source path does not exist: there is no folder '{string.Join("' or '", paths)}' to migrate from. Specify the path of the legacy directory.",
                paths[0]);
        }

        if (Array.Find(present, path => StorePath.LiesIn(path, settings.Home.ContentFolders)) is { } own)
        {
            throw new LlamaGateException(
                ErrorIds.SourcePathMissing,
                $"source path does not exist: '{own}' is not a legacy directory, because the home keeps its own items there. Specify the "
                    + "path of the legacy directory.",
                own);
        }

        if (!force && cache.Guard(() => StorePath.Probe(settings.Home.MigrationMarker)) != PathKind.Missing)
        {
            settings.Log.Warning(
                $"The migration into '{settings.Home.Path}' is already complete: '{settings.Home.MigrationMarker}' exists. Nothing was "
                    + "done. To run it again, use -Force (--force).");
            yield break;
        }

        int found = 0;
        bool isComplete = true;
        foreach (LegacyFolder folder in present.SelectMany(path => LegacyScan.Find(settings.Home, path, token)))
        {
            found++;
            MigratedItem? result = folder.Problem is { } problem
                ? Result(Path.GetFileName(folder.Path), null, null, folder.IsLink ? MigratedItem.Skipped : MigratedItem.Failed, problem, folder.Path)
                : Migrate(folder.Path, checkOnly, approve, token);
            isComplete &= folder.Problem is null && result is not null && !string.Equals(result.Status, MigratedItem.Failed, StringComparison.Ordinal);
            if (result is not null)
            {
                yield return result;
            }
        }

        if (found == 0)
        {
            settings.Log.Verbose($"There is nothing to migrate below '{string.Join("' or '", present)}'.");
        }
        else if (isComplete && !checkOnly)
        {
            WriteMarker();
        }
    }

    // Null when the item was declined, or only checked.
    private MigratedItem? Migrate(string folder, bool checkOnly, Func<ImportPlan, bool> approve, CancellationToken token)
    {
        ItemManifest manifest;
        try
        {
            manifest = ManifestReader.Read(new FolderManifestFiles(folder), namedType: null, folderId: null, folder, token);
        }
        catch (Exception exception) when (exception is LlamaGateException or IOException or UnauthorizedAccessException)
        {
            return Result(Path.GetFileName(folder), null, null, MigratedItem.Failed, exception.Message, folder);
        }

        string installed = settings.Home.ItemFolder(manifest.Type, manifest.Id);
        if (cache.Read().FindAlike(manifest.Type, manifest.Id).Count > 0 || cache.Guard(() => StorePath.Probe(installed)) != PathKind.Missing)
        {
            return Skipped();
        }

        var options = new ImportOptions(manifest.Type, checkOnly: checkOnly) { OnlyIfAbsent = true };
        ImportOutcome? outcome = importer.Import([folder], options, approve, token).SingleOrDefault();
        return outcome is null ? null
            : outcome.Error is { } error
                ? Result(manifest.Id, manifest.Type, manifest.Version, MigratedItem.Failed, error.Message, folder)
            : string.Equals(outcome.Item!.Status, ImportedItem.Unchanged, StringComparison.Ordinal) ? Skipped()
            : Result(manifest.Id, manifest.Type, manifest.Version, MigratedItem.Migrated, string.Empty, folder);

        MigratedItem Skipped() => Result(manifest.Id, manifest.Type, manifest.Version, MigratedItem.Skipped, "it is already installed", folder);
    }

    private MigratedItem Result(string id, ItemType? type, string? version, string status, string reason, string folder) => new(
        id,
        type?.ToDisplayName(),
        version,
        status,
        reason,
        folder,
        type is { } known && !string.Equals(status, MigratedItem.Failed, StringComparison.Ordinal) ? settings.Home.ItemFolder(known, id) : null,
        settings.Home.Path);

    private void WriteMarker()
    {
        string marker = settings.Home.MigrationMarker;
        try
        {
            if (StorePath.Probe(marker) != PathKind.Missing)
            {
                return;
            }

            StorePath.EnsureHome(settings.Home);
            StoreFile.WriteNew(settings, "marker", marker, Encoding.UTF8.GetBytes(Rfc3339.Format(settings.Clock()) + "\n"), flush: true);
            settings.Step("marker.flush-folder");
            Durable.FlushFolder(settings.Home.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LlamaGateException(
                ErrorIds.InstallFailed,
                $"Every item was migrated, but the marker of the completed migration, '{marker}', cannot be written: "
                    + $"{exception.Sentence()} Check disk space and permissions, then run the migration again.",
                marker,
                innerException: exception);
        }
    }
}
