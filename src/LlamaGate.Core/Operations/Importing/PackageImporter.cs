using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Packages;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations.Importing;

/// <summary>
/// Imports packages: open and check, plan, stage, then commit in groups that share one flush (contract, sections 5 and 6).
/// </summary>
internal sealed class PackageImporter
{
    private const int MostStagedPackages = 32;
    private const long MostStagedBytes = 64L * 1024 * 1024;

    private readonly StoreSettings settings;
    private readonly RegistryCache cache;
    private readonly ItemSwitch itemSwitch;
    private readonly ImportPlanner planner;
    private readonly PackageInstaller installer;

    public PackageImporter(StoreSettings settings, RegistryCache cache, ItemSwitch itemSwitch)
    {
        this.itemSwitch = itemSwitch;
        this.settings = settings;
        this.cache = cache;
        planner = new ImportPlanner(settings, cache);
        installer = new PackageInstaller(settings);
    }

    /// <summary>Whether something was installed that a running gateway may reload.</summary>
    public bool NeedsRefresh => installer.NeedsRefresh;

    /// <summary>Imports packages; see <see cref="PackageStore.Import"/>.</summary>
    public IEnumerable<ImportOutcome> Import(
        IEnumerable<string> paths, ImportOptions options, Func<ImportPlan, bool> approve, CancellationToken token)
    {
        settings.BackupCount = options.BackupCount ?? StoreSettings.DefaultBackupCount();
        using var group = new ImportGroup();
        foreach (string path in paths)
        {
            token.ThrowIfCancellationRequested();
            using ImportCandidate? candidate = TryOpen(path, options, token, out LlamaGateException? error);
            if (candidate is not null && group.Stages(candidate.Manifest.Type, candidate.Manifest.Id))
            {
                // The plan of this package depends on what the one before it leaves.
                foreach (ImportOutcome outcome in Commit(group, token))
                {
                    yield return outcome;
                }
            }

            if (error is not null)
            {
                group.Add(new ImportOutcome(path, null, error));
            }
            else if (TryStage(candidate!, options, approve, token, out StagedPackage? staged) is { } outcome)
            {
                group.Add(outcome);
            }
            else if (staged is not null)
            {
                group.Add(staged);
            }

            if (group.StagedCount is 0 or >= MostStagedPackages || group.StagedBytes >= MostStagedBytes)
            {
                foreach (ImportOutcome outcome in Commit(group, token))
                {
                    yield return outcome;
                }
            }
        }

        foreach (ImportOutcome outcome in Commit(group, token))
        {
            yield return outcome;
        }
    }

    private static ImportCandidate? TryOpen(string path, ImportOptions options, CancellationToken token, out LlamaGateException? error)
    {
        error = null;
        PackageContent? content = null;
        try
        {
            string fullPath = UserPath.ToFull(path, ErrorIds.PackageNotFound);
            content = PackageContent.Open(fullPath, options.Limits, token);
            ItemManifest manifest = ManifestReader.Read(content, options.Type, folderId: null, fullPath, token);
            var candidate = new ImportCandidate(path, fullPath, content, manifest);
            content = null;
            return candidate;
        }
        catch (LlamaGateException exception)
        {
            error = exception;
            return null;
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            error = ImportTarget.Failed(path, exception);
            return null;
        }
        finally
        {
            content?.Dispose();
        }
    }

    // An outcome when the package is done with (unchanged, or in error); else the staged package, or nothing when it was declined.
    private ImportOutcome? TryStage(
        ImportCandidate candidate, ImportOptions options, Func<ImportPlan, bool> approve, CancellationToken token, out StagedPackage? staged)
    {
        staged = null;
        ItemManifest manifest = candidate.Manifest;
        bool asking = false;
        try
        {
            var work = new Workload(settings.Log, "Importing packages", manifest.Id, candidate.Content.Length, token) { OnStep = settings.OnStep };
            ImportPlan plan = planner.Plan(candidate, options, work, out InstalledItem? unchanged);
            if (options.CheckOnly && unchanged is null)
            {
                candidate.Content.Verify(work);
            }

            work.Complete();
            if (candidate.Content.LeftOut.Story is { } story)
            {
                settings.Log.Verbose($"{candidate.FullPath}: {story}");
            }

            foreach (Problem warning in manifest.Warnings.Concat(candidate.Content.FindSecrets()))
            {
                settings.Log.Warning($"{candidate.FullPath}: {warning}");
            }

            if (unchanged is not null && !options.CheckOnly)
            {
                settings.Log.Verbose($"{manifest.Type.ToToken()} '{manifest.Id}' {manifest.Version} is already installed with the same "
                    + "content: unchanged.");
                if (!plan.Disables)
                {
                    return Unchanged(candidate, unchanged);
                }
            }

            asking = true;
            bool approved = approve(plan);
            asking = false;
            if (approved || options.CheckOnly)
            {
                planner.Approve(manifest);
            }

            if (approved && unchanged is not null && !options.CheckOnly)
            {
                return Unchanged(candidate, itemSwitch.Set(unchanged, enabled: false, token));
            }

            if (approved && !options.CheckOnly)
            {
                staged = Stage(candidate, options, work);
                work.Complete();
            }

            return null;
        }
        catch (LlamaGateException exception) when (!asking)
        {
            return new ImportOutcome(candidate.Path, null, exception);
        }
        catch (Exception exception) when (!asking && DiskFailure.Is(exception))
        {
            return new ImportOutcome(candidate.Path, null, ImportTarget.Failed(manifest.Id, exception));
        }
    }

    private static ImportOutcome Unchanged(ImportCandidate candidate, InstalledItem item) =>
        new(candidate.Path, new ImportedItem(item, ImportedItem.Unchanged, item.Version), null);

    private StagedPackage Stage(ImportCandidate candidate, ImportOptions options, Workload work)
    {
        StagingArea area = StagingArea.Create(settings);
        try
        {
            IReadOnlyList<FileDigest> digests = candidate.Content.ExtractTo(area.Folder, work);
            ItemManifest manifest = ReadStaged(candidate, area.Folder, work.Token);
            if (candidate.Content.NotExecutable is { Count: > 0 } files)
            {
                settings.Log.Warning(
                    $"{candidate.FullPath}: the file system of the home '{settings.Home.Path}' does not store the execute permission. These files are installed without it: {string.Join(", ", files.Select(Printable.Of))}. If the item runs them, move the home to another file system.");
            }

            StoreFile.WriteNew(settings, "checksums", area.ChecksumsFile, ChecksumsFile.Format(digests), flush: false);
            if (options.Sources is { } sources && sources.TryGetValue(candidate.Path, out ItemSource? source))
            {
                StoreFile.WriteNew(settings, "source", area.SourceFile, SourceFile.Format(source), flush: true);
            }

            settings.Log.Verbose(
                $"Staged {candidate.Manifest.Type.ToToken()} '{candidate.Manifest.Id}' {candidate.Manifest.Version}: {digests.Count} files, "
                + $"{candidate.Content.Length} bytes.");
            return new StagedPackage(candidate.Path, manifest, options, candidate.Content.Length, area);
        }
        catch
        {
            area.Dispose();
            throw;
        }
    }

    // What is installed is what was validated: a folder may have changed since it was looked at (contract, section 6).
    private static ItemManifest ReadStaged(ImportCandidate candidate, string folder, CancellationToken token)
    {
        ItemManifest planned = candidate.Manifest;
        ItemManifest staged = ManifestReader.Read(new FolderManifestFiles(folder), planned.Type, folderId: null, candidate.FullPath, token);
        return string.Equals(staged.Id, planned.Id, StringComparison.Ordinal) && string.Equals(staged.Version, planned.Version, StringComparison.Ordinal)
            ? staged
            : throw new LlamaGateException(
                ErrorIds.PackageInvalid,
                $"The package '{candidate.FullPath}' changed during the import: it was '{planned.Id}' {planned.Version} and is now "
                + $"'{staged.Id}' {staged.Version}. Nothing was installed. Import it again when no program writes to it.",
                candidate.FullPath);
    }

    private List<ImportOutcome> Commit(ImportGroup group, CancellationToken token)
    {
        List<StagedPackage> staged = group.Staged.ToList();
        var committed = new Dictionary<StagedPackage, ImportOutcome>();
        if (staged.Count > 0)
        {
            token.ThrowIfCancellationRequested();
            try
            {
                settings.Step("stage.flush");
                Durable.FlushTrees(
                    settings.Home.StagingFolder, staged.SelectMany(package => new[] { package.Area.Folder, package.Area.ChecksumsFile }));
                cache.Write(transaction => installer.Install(transaction, staged, committed), token);
            }
            catch (Exception exception) when (exception is LlamaGateException || DiskFailure.Is(exception))
            {
                foreach (StagedPackage package in staged.Where(package => !committed.ContainsKey(package)))
                {
                    LlamaGateException error = exception as LlamaGateException ?? ImportTarget.Failed(package.Manifest.Id, exception);
                    committed[package] = new ImportOutcome(package.Path, null, error);
                }
            }
        }

        return group.Finish(committed);
    }
}
