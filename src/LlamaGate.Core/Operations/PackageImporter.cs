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

// Longer than 300 lines because one import reads from top to bottom here: open, plan, stage, commit, report.

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
    private readonly NameClashes clashes;

    // The newest version of each item that this store has imported.
    private readonly Dictionary<(ItemType Type, string Id), string> newest = [];
    private bool? holdsExecuteBit;

    public PackageImporter(StoreSettings settings, RegistryCache cache, ItemSwitch itemSwitch)
    {
        this.itemSwitch = itemSwitch;
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
        settings.BackupCount = options.BackupCount ?? StoreSettings.DefaultBackupCount();
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
        $"failed to install '{subject}': {cause.Sentence()}{cause.Aftermath("Nothing was changed; a version that was installed before is still installed.")} "
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
        catch (Exception exception) when (DiskFailure.Is(exception))
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
                clashes.Add(manifest);
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
            return new ImportOutcome(candidate.Path, null, Failed(manifest.Id, exception));
        }
    }

    private static ImportOutcome Unchanged(Candidate candidate, InstalledItem item) =>
        new(candidate.Path, new ImportedItem(item, ImportedItem.Unchanged, item.Version), null);

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
            settings.Log.Warning($"Gateway 0.9.1 uses the folder of the id '{manifest.Id}' for its own backups. Give the package another id.");
        }

        RegistryEntry? entry = registry.Find(manifest.Type, manifest.Id);
        string folder = settings.Home.ItemFolder(manifest.Type, manifest.Id);
        PathKind present = StorePath.Probe(folder);
        if (present is PathKind.Link or PathKind.File)
        {
            throw Failed(manifest.Id, InTheWay(folder, present));
        }

        unchanged = entry is not null && !options.Force && present == PathKind.Folder && registry.Unfinished.Count == 0
            && candidate.Content.Matches(folder, () => HoldsExecuteBit(mayWrite: !options.CheckOnly), work)
            ? entry.ToItem(settings.Home)
            : null;
        string? previous = entry?.Version ?? (present == PathKind.Folder ? VersionOnDisk(manifest.Type, manifest.Id) : null);
        string status = unchanged is not null ? ImportedItem.Unchanged
            : entry is not null || present == PathKind.Folder ? StatusOfChange(manifest, previous)
            : ImportedItem.Installed;
        bool disables = options.Disabled && (unchanged is null || unchanged.Enabled);
        return new ImportPlan(candidate.FullPath, manifest.Id, manifest.Type, manifest.Version, previous, status, disables);
    }

    // Asked of the home once: by a file that was written without the permission to execute, then by one that is given it.
    private bool HoldsExecuteBit(bool mayWrite) => holdsExecuteBit ??= ExecuteBit.IsHeld(settings, mayWrite);

    private StagedPackage Stage(Candidate candidate, ImportOptions options, Workload work)
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
    private static ItemManifest ReadStaged(Candidate candidate, string folder, CancellationToken token)
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
            catch (Exception exception) when (exception is LlamaGateException || DiskFailure.Is(exception))
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
                if (package.Options.OnlyIfAbsent && install.PreviousVersion is not null)
                {
                    InstalledItem there = (transaction.Registry.Find(package.Manifest.Type, package.Manifest.Id) ?? install.Record.Entry!).ToItem(settings.Home);
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
            string status = previousVersion is null ? ImportedItem.Installed : StatusOfChange(manifest, previousVersion);
            transaction.Tell(Story(manifest, previousVersion));
            WarnIfNotNewest(transaction, manifest);
            outcomes[package] = new ImportOutcome(
                package.Path,
                new ImportedItem(
                    SourceFile.Attach(settings.Home, record.Entry!.ToItem(settings.Home)), status, previousVersion is { Length: 0 } ? null : previousVersion),
                null);
        }

        return true;
    }

    // The previous version is null at a first install, and empty when what is replaced does not tell its own.
    private (StagedPackage Package, JournalRecord Record, string? PreviousVersion) Prepare(Transaction transaction, StagedPackage package)
    {
        ItemManifest manifest = package.Manifest;
        ThrowIfIdConflicts(transaction.Registry, manifest);
        if (!StorePath.IsFolder(package.Area.Folder) || StorePath.Probe(package.Area.ChecksumsFile) != PathKind.File)
        {
            throw Failed(manifest.Id, new IOException($"The staging folder '{package.Area.Folder}' no longer exists."));
        }

        string folder = settings.Home.ItemFolder(manifest.Type, manifest.Id);
        PathKind present = StorePath.Probe(folder);
        if (present is PathKind.Link or PathKind.File)
        {
            throw Failed(manifest.Id, InTheWay(folder, present));
        }

        RegistryEntry? existing = transaction.Registry.Find(manifest.Type, manifest.Id);
        string? previousVersion = existing?.Version
            ?? (present == PathKind.Folder ? VersionOnDisk(manifest.Type, manifest.Id) ?? string.Empty : null);
        string now = Rfc3339.Next(settings.Clock(), existing?.LastUpdatedAt);
        RegistryEntry entry = existing?.WithContent(manifest.Name, manifest.Version, folder, now)
            ?? new RegistryEntry(
                manifest.Type, manifest.Id, manifest.Name, manifest.Version, manifest.EnabledByDefault, now, now, folder);
        if (StorePath.Probe(settings.Home.SourceFile(manifest.Type, manifest.Id)) == PathKind.File && StorePath.Probe(package.Area.SourceFile) == PathKind.Missing)
        {
            // What comes from a file now is not what came from there.
            StoreFile.WriteNew(settings, "source", package.Area.SourceFile, [], flush: true);
            Durable.FlushFolder(settings.Home.StagingFolder);
        }

        FileIdentity? replaced = present == PathKind.Folder ? FileIdentity.Of(folder) : null;
        entry = package.Options.Disabled ? entry.WithEnabled(enabled: false, now) : entry;
        string backup = Backups.NextName(settings.Home.BackupFolder(manifest.Type, manifest.Id), settings.Clock());
        return (package, JournalRecord.Install(entry, package.Area.Name, FileIdentity.Of(package.Area.Folder), replaced, backup), previousVersion);
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
                $"The {manifest.Type.ToToken()} '{manifest.Id}' cannot be installed, because '{alike}' is installed and the ids differ "
                    + $"only by case. To update '{alike}', give the package that id. Otherwise, remove '{alike}' first.",
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
        $"'{folder}' is a {(present == PathKind.Link ? "link" : "file")}, but the folder of the item is expected there. Move it to another place.");

    private static string Story(ItemManifest manifest, string? previousVersion)
    {
        string item = $"{manifest.Type.ToToken()} '{manifest.Id}'";
        if (previousVersion is null)
        {
            return $"Installed {item} {manifest.Version}.";
        }

        return $"{StatusOfChange(manifest, previousVersion)} {item} from {previousVersion} to {manifest.Version}; the previous version is kept as a "
            + "backup.";
    }

    private static string StatusOfChange(ItemManifest manifest, string? previousVersion) =>
        previousVersion is not null && SemanticVersion.IsValid(previousVersion)
            && SemanticVersion.Compare(manifest.Version, previousVersion) < 0
            ? ImportedItem.Downgraded
            : ImportedItem.Updated;

    // "a-1.10.0.zip" comes before "a-1.9.0.zip" in a folder, and the last one stays.
    private void WarnIfNotNewest(Transaction transaction, ItemManifest manifest)
    {
        (ItemType, string) item = (manifest.Type, manifest.Id);
        if (newest.TryGetValue(item, out string? version) && SemanticVersion.Compare(manifest.Version, version) < 0)
        {
            transaction.Warn(
                $"Several versions of {manifest.Type.ToToken()} '{manifest.Id}' were imported, in the order that you specified. "
                + $"{manifest.Version} is now installed, not {version}. To install {version}, import its package again.");
        }
        else
        {
            newest[item] = manifest.Version;
        }
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

    /// <summary>A package whose content is in staging, checked and whole.</summary>
    private sealed class StagedPackage(string path, ItemManifest manifest, ImportOptions options, long length, StagingArea area) : IDisposable
    {
        public string Path => path;

        public ItemManifest Manifest => manifest;

        public ImportOptions Options => options;

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
