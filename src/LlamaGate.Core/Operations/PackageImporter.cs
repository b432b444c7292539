using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Packages;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>
/// Imports packages: open and check, plan, stage, then commit in groups that share one flush (contract, sections 5 and 6).
/// </summary>
internal sealed class PackageImporter
{
    private const int MostStagedPackages = 32;
    private const long MostStagedBytes = 64L * 1024 * 1024;

    private readonly StoreSettings settings;
    private readonly RegistryCache cache;
    private readonly NameClashes clashes;

    public PackageImporter(StoreSettings settings, RegistryCache cache)
    {
        this.settings = settings;
        this.cache = cache;
        clashes = new NameClashes(settings.Home);
    }

    /// <summary>Whether something was installed that a running gateway may reload.</summary>
    public bool NeedsRefresh { get; private set; }

    /// <summary>Imports packages; see <see cref="PackageStore.Import"/>.</summary>
    public IEnumerable<ImportOutcome> Import(
        IEnumerable<string> paths, ImportOptions options, Func<ImportPlan, bool> approve, CancellationToken token)
    {
        using var group = new Group();
        foreach (string path in paths)
        {
            token.ThrowIfCancellationRequested();
            using Candidate? candidate = TryOpen(path, options, token, out LlamaGateException? error);
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

    private static LlamaGateException Failed(string subject, Exception cause) => new(
        ErrorIds.InstallFailed,
        $"failed to install '{subject}': {cause.Sentence()}{cause.Aftermath("Nothing was changed: what was installed before still is.")} "
        + "Check disk space and permissions, then try again.",
        subject,
        innerException: cause);

    private static Candidate? TryOpen(string path, ImportOptions options, CancellationToken token, out LlamaGateException? error)
    {
        error = null;
        PackageContent? content = null;
        try
        {
            string fullPath = UserPath.ToFull(path, ErrorIds.PackageNotFound);
            content = PackageContent.Open(fullPath, options.Limits, token);
            ItemManifest manifest = ManifestReader.Read(content, options.Type, folderId: null, fullPath, token);
            var candidate = new Candidate(path, fullPath, content, manifest);
            content = null;
            return candidate;
        }
        catch (LlamaGateException exception)
        {
            error = exception;
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error = Failed(path, exception);
            return null;
        }
        finally
        {
            content?.Dispose();
        }
    }

    // An outcome when the package is done with (unchanged, or in error); else the staged package, or nothing when it was declined.
    private ImportOutcome? TryStage(
        Candidate candidate, ImportOptions options, Func<ImportPlan, bool> approve, CancellationToken token, out StagedPackage? staged)
    {
        staged = null;
        ItemManifest manifest = candidate.Manifest;
        bool asking = false;
        try
        {
            var work = new Workload(settings.Log, "Importing packages", manifest.Id, candidate.Content.Length, token) { OnStep = settings.OnStep };
            ImportPlan plan = Plan(candidate, options, work, out InstalledItem? unchanged);
            if (options.CheckOnly && unchanged is null)
            {
                candidate.Content.Verify(work);
            }

            work.Complete();
            foreach (Problem warning in manifest.Warnings)
            {
                settings.Log.Warning($"{candidate.FullPath}: {warning}");
            }

            if (unchanged is not null && !options.CheckOnly)
            {
                settings.Log.Verbose($"{manifest.Type.ToToken()} '{manifest.Id}' {manifest.Version} is installed already, file for file: unchanged.");
                return new ImportOutcome(
                    candidate.Path, new ImportedItem(unchanged, ImportedItem.Unchanged, unchanged.Version), null);
            }

            asking = true;
            bool approved = approve(plan);
            asking = false;
            if (approved || options.CheckOnly)
            {
                clashes.Add(manifest);
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
        catch (Exception exception) when (!asking && exception is IOException or UnauthorizedAccessException)
        {
            return new ImportOutcome(candidate.Path, null, Failed(manifest.Id, exception));
        }
    }

    private ImportPlan Plan(Candidate candidate, ImportOptions options, Workload work, out InstalledItem? unchanged)
    {
        ItemManifest manifest = candidate.Manifest;
        RegistrySnapshot registry = cache.Read();
        ThrowIfIdConflicts(registry, manifest);
        foreach (string warning in clashes.Of(registry, manifest))
        {
            settings.Log.Warning(warning);
        }

        if (string.Equals(manifest.Id, LlamaGateHome.GatewayBackups, StringComparison.OrdinalIgnoreCase))
        {
            settings.Log.Warning($"Gateway 0.9.1 keeps its own backups in the folder of the id '{manifest.Id}': give the package another id.");
        }

        RegistryEntry? entry = registry.Find(manifest.Type, manifest.Id);
        string folder = settings.Home.ItemFolder(manifest.Type, manifest.Id);
        PathKind present = StorePath.Probe(folder);
        if (present is PathKind.Link or PathKind.File)
        {
            throw Failed(manifest.Id, InTheWay(folder, present));
        }

        unchanged = entry is not null && !options.Force && present == PathKind.Folder && registry.Unfinished.Count == 0
            && candidate.Content.Matches(folder, work)
            ? entry.ToItem(settings.Home)
            : null;
        string status = unchanged is not null ? ImportedItem.Unchanged
            : entry is not null || present == PathKind.Folder ? ImportedItem.Updated
            : ImportedItem.Installed;
        string? previous = entry?.Version ?? (present == PathKind.Folder ? VersionOnDisk(manifest.Type, manifest.Id) : null);
        return new ImportPlan(candidate.FullPath, manifest.Id, manifest.Type, manifest.Version, previous, status);
    }

    private StagedPackage Stage(Candidate candidate, ImportOptions options, Workload work)
    {
        StagingArea area = StagingArea.Create(settings);
        try
        {
            IReadOnlyList<FileDigest> digests = candidate.Content.ExtractTo(area.Folder, work);
            StoreFile.WriteNew(settings, "checksums", area.ChecksumsFile, ChecksumsFile.Format(digests), flush: false);
            settings.Log.Verbose(
                $"Staged {candidate.Manifest.Type.ToToken()} '{candidate.Manifest.Id}' {candidate.Manifest.Version}: {digests.Count} files, "
                + $"{candidate.Content.Length} bytes.");
            return new StagedPackage(candidate.Path, candidate.Manifest, options.OnlyIfAbsent, candidate.Content.Length, area);
        }
        catch
        {
            area.Dispose();
            throw;
        }
    }

    private List<ImportOutcome> Commit(Group group, CancellationToken token)
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
                cache.Write(transaction => Install(transaction, staged, committed), token);
            }
            catch (Exception exception) when (exception is LlamaGateException or IOException or UnauthorizedAccessException)
            {
                foreach (StagedPackage package in staged.Where(package => !committed.ContainsKey(package)))
                {
                    LlamaGateException error = exception as LlamaGateException ?? Failed(package.Manifest.Id, exception);
                    committed[package] = new ImportOutcome(package.Path, null, error);
                }
            }
        }

        return group.Finish(committed);
    }

    private bool Install(Transaction transaction, List<StagedPackage> staged, Dictionary<StagedPackage, ImportOutcome> outcomes)
    {
        var installs = new List<(StagedPackage Package, JournalRecord Record, string? PreviousVersion)>();
        foreach (StagedPackage package in staged)
        {
            try
            {
                (StagedPackage Package, JournalRecord Record, string? PreviousVersion) install = Prepare(transaction, package);
                if (package.OnlyIfAbsent && install.PreviousVersion is not null)
                {
                    InstalledItem there = (transaction.State.Find(package.Manifest.Type, package.Manifest.Id) ?? install.Record.Entry!).ToItem(settings.Home);
                    outcomes[package] = new ImportOutcome(package.Path, new ImportedItem(there, ImportedItem.Unchanged, there.Version), null);
                }
                else
                {
                    installs.Add(install);
                }
            }
            catch (LlamaGateException exception)
            {
                outcomes[package] = new ImportOutcome(package.Path, null, exception);
            }
        }

        if (installs.Count == 0)
        {
            return false;
        }

        IReadOnlyList<Exception?> errors = transaction.Commit(installs.Select(install => install.Record).ToList());
        for (int i = 0; i < installs.Count; i++)
        {
            (StagedPackage package, JournalRecord record, string? previousVersion) = installs[i];
            ItemManifest manifest = package.Manifest;
            if (transaction.Needs(package.Area))
            {
                package.Area.Leave();
            }

            if (errors[i] is { } error)
            {
                outcomes[package] = new ImportOutcome(package.Path, null, Failed(manifest.Id, error));
                continue;
            }

            NeedsRefresh |= manifest.HotReload;
            string status = previousVersion is null ? ImportedItem.Installed : ImportedItem.Updated;
            transaction.Tell(Story(manifest, previousVersion));
            outcomes[package] = new ImportOutcome(
                package.Path,
                new ImportedItem(
                    record.Entry!.ToItem(settings.Home), status, previousVersion is { Length: 0 } ? null : previousVersion),
                null);
        }

        return true;
    }

    // The previous version is null at a first install, and empty when what is replaced does not tell its own.
    private (StagedPackage Package, JournalRecord Record, string? PreviousVersion) Prepare(Transaction transaction, StagedPackage package)
    {
        ItemManifest manifest = package.Manifest;
        ThrowIfIdConflicts(transaction.State, manifest);
        if (!StorePath.IsFolder(package.Area.Folder) || StorePath.Probe(package.Area.ChecksumsFile) != PathKind.File)
        {
            throw Failed(manifest.Id, new IOException($"'{package.Area.Folder}' is gone, where its content was made ready."));
        }

        string folder = settings.Home.ItemFolder(manifest.Type, manifest.Id);
        PathKind present = StorePath.Probe(folder);
        if (present is PathKind.Link or PathKind.File)
        {
            throw Failed(manifest.Id, InTheWay(folder, present));
        }

        RegistryEntry? existing = transaction.State.Find(manifest.Type, manifest.Id);
        string? previousVersion = existing?.Version
            ?? (present == PathKind.Folder ? VersionOnDisk(manifest.Type, manifest.Id) ?? string.Empty : null);
        string now = Rfc3339.Format(settings.Clock());
        RegistryEntry entry = existing?.WithContent(manifest.Name, manifest.Version, folder, now)
            ?? new RegistryEntry(
                manifest.Type, manifest.Id, manifest.Name, manifest.Version, manifest.EnabledByDefault, now, now, folder);
        long stamp = FolderMoves.DistinctStamp(package.Area.Folder, folder);
        string backup = Backups.NextName(settings.Home.BackupFolder(manifest.Type, manifest.Id), settings.Clock());
        return (package, JournalRecord.Install(entry, package.Area.Name, stamp, backup), previousVersion);
    }

    private void ThrowIfIdConflicts(RegistrySnapshot registry, ItemManifest manifest)
    {
        if (ItemFolders.IsGatewayBackups(settings.Home, manifest.Type, manifest.Id))
        {
            throw new LlamaGateException(
                ErrorIds.IdConflict,
                $"The {manifest.Type.ToToken()} '{manifest.Id}' cannot be installed: gateway 0.9.1 keeps its backups at "
                + $"'{settings.Home.ItemFolder(manifest.Type, manifest.Id)}'. Give the package another id.",
                manifest.Id);
        }

        string? alike = registry.FindAlike(manifest.Type, manifest.Id)
            .Select(entry => entry.Id)
            .FirstOrDefault(id => !string.Equals(id, manifest.Id, StringComparison.Ordinal));
        if (alike is not null && registry.Find(manifest.Type, manifest.Id) is null)
        {
            throw new LlamaGateException(
                ErrorIds.IdConflict,
                $"The {manifest.Type.ToToken()} '{manifest.Id}' cannot be installed beside '{alike}': their ids differ only by case. "
                + $"Give the package the id '{alike}' to update that item, or remove it first.",
                manifest.Id);
        }
    }

    private string? VersionOnDisk(ItemType type, string id)
    {
        try
        {
            return ItemFinder.ReadManifest(settings.Home.ItemFolder(type, id), type, id).Version;
        }
        catch (LlamaGateException)
        {
            return null; // What is replaced has no manifest that can be read; it is kept as a backup all the same.
        }
    }

    private static IOException InTheWay(string folder, PathKind present) => new(
        $"there is a {(present == PathKind.Link ? "link" : "file")} at '{folder}', where the item's folder should be; move it away.");

    private static string Story(ItemManifest manifest, string? previousVersion)
    {
        string item = $"{manifest.Type.ToToken()} '{manifest.Id}'";
        if (previousVersion is null)
        {
            return $"Installed {item} {manifest.Version}.";
        }

        bool isDowngrade = SemanticVersion.IsValid(previousVersion) && SemanticVersion.Compare(manifest.Version, previousVersion) < 0;
        return $"{(isDowngrade ? "Downgraded" : "Updated")} {item} from {previousVersion} to {manifest.Version}; the previous version is kept as a backup.";
    }

    /// <summary>A package that has been opened and obeys the rules.</summary>
    private sealed class Candidate(string path, string fullPath, PackageContent content, ItemManifest manifest) : IDisposable
    {
        public string Path => path;

        public string FullPath => fullPath;

        public PackageContent Content => content;

        public ItemManifest Manifest => manifest;

        public void Dispose() => content.Dispose();
    }

    /// <summary>A package whose content lies in staging, checked and whole.</summary>
    private sealed class StagedPackage(string path, ItemManifest manifest, bool onlyIfAbsent, long length, StagingArea area) : IDisposable
    {
        public string Path => path;

        public ItemManifest Manifest => manifest;

        public bool OnlyIfAbsent => onlyIfAbsent;

        public long Length => length;

        public StagingArea Area => area;

        public void Dispose() => area.Dispose();
    }

    /// <summary>What waits for the next commit, in the order in which it came: staged packages, and outcomes that are settled.</summary>
    private sealed class Group : IDisposable
    {
        private readonly List<object> waiting = [];

        public IEnumerable<StagedPackage> Staged => waiting.OfType<StagedPackage>();

        public int StagedCount => Staged.Count();

        public long StagedBytes => Staged.Sum(package => package.Length);

        public bool Stages(ItemType type, string id) => Staged.Any(package =>
            package.Manifest.Type == type && string.Equals(package.Manifest.Id, id, StringComparison.OrdinalIgnoreCase));

        public void Add(ImportOutcome outcome) => waiting.Add(outcome);

        public void Add(StagedPackage package) => waiting.Add(package);

        public List<ImportOutcome> Finish(Dictionary<StagedPackage, ImportOutcome> committed)
        {
            var outcomes = waiting.Select(each => each as ImportOutcome ?? committed[(StagedPackage)each]).ToList();
            Dispose();
            return outcomes;
        }

        public void Dispose()
        {
            foreach (StagedPackage package in Staged)
            {
                package.Dispose();
            }

            waiting.Clear();
        }
    }
}
