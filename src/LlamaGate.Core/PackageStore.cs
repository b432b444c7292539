using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.Gateway;
using LlamaGate.Operations;
using LlamaGate.Operations.Doctor;
using LlamaGate.Operations.Importing;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate;

// Longer than 300 lines because the store has one door, and each method of it is documented in full.

/// <summary>
/// The one door to a LlamaGate home: every operation is a method here. Synchronous; calls back on the caller's thread, and never
/// while the store's lock is held. One instance serves one thread at a time; any number of instances and processes share a home.
/// </summary>
/// <remarks>
/// Commits are durable when a method returns; <c>installed.json</c> is rewritten by <see cref="Save(CancellationToken)"/>, by <see cref="Dispose"/>
/// and at bounded intervals in between (contract, section 6). Every method throws <see cref="LlamaGateException"/> for what it
/// cannot do, RegistryCorrupt and StoreLocked included, and <see cref="OperationCanceledException"/> when it is stopped.
/// </remarks>
public sealed class PackageStore : IDisposable
{
    /// <summary>The seconds that a writer waits for the lock unless the caller says otherwise.</summary>
    public const int DefaultLockTimeoutSeconds = 30;

    /// <summary>
    /// The legacy directories, relative to the current folder: <c>extensions</c>, from which the gateway loads extensions, and
    /// <c>agenticmodules</c>, from which it runs modules.
    /// </summary>
    public static IReadOnlyList<string> DefaultLegacyFolders { get; } = ["extensions", "agenticmodules"];

    // A pipeline that was stopped must not wait long for somebody else: its commits are safe in the journal.
    private static readonly TimeSpan LastSaveTimeout = TimeSpan.FromSeconds(1);

    private readonly StoreSettings settings;
    private readonly RegistryCache cache;
    private readonly ItemFinder finder;
    private readonly PackageImporter importer;
    private readonly BackupRestorer restorer;
    private bool hasFailedToSave;
    private bool hasSwitched;

    /// <summary>Opens a store. Touches nothing on disk.</summary>
    /// <param name="home">The home of the store; it does not have to exist.</param>
    /// <param name="log">Receives the messages of the store.</param>
    /// <param name="lockTimeout">How long a commit waits for the lock; null for <see cref="DefaultLockTimeoutSeconds"/>.</param>
    public PackageStore(LlamaGateHome home, IStoreLog log, TimeSpan? lockTimeout = null)
        : this(new StoreSettings(home, log, lockTimeout ?? TimeSpan.FromSeconds(DefaultLockTimeoutSeconds)))
    {
    }

    internal PackageStore(StoreSettings settings)
    {
        this.settings = settings;
        cache = new RegistryCache(settings);
        finder = new ItemFinder(settings.Home, cache);
        importer = new PackageImporter(settings, cache, new ItemSwitch(settings, cache, finder));
        restorer = new BackupRestorer(settings, cache);
    }

    /// <summary>The home.</summary>
    public LlamaGateHome Home => settings.Home;

    /// <summary>Whether this store changed an item that a running gateway may reload (contract, section 9).</summary>
    public bool NeedsRefresh => importer.NeedsRefresh || restorer.NeedsRefresh || hasSwitched;

    /// <summary>
    /// Whether the gateway of this user reads this home: <c>.llamagate</c> in the user's profile. Of other homes it is only told when the
    /// user asks for it.
    /// </summary>
    public bool IsGatewayHome => GatewayHome.Is(Home, Environment.GetEnvironmentVariable);

    /// <summary>The registered items, by type then id (ordinal). Reads the registry only, never waits and never writes.</summary>
    /// <param name="type">The type to list; null for both.</param>
    public IReadOnlyList<InstalledItem> GetItems(ItemType? type = null) => SourceFile.Attach(
        Home, cache.Read().Entries.Where(entry => type is null || entry.Type == type).Select(entry => entry.ToItem(Home)).ToList());

    /// <summary>Where the installed version of an item came from, in full; null when it came from a file or nobody has recorded it.</summary>
    public ItemSource? FindSource(InstalledItem item) => SourceFile.TryRead(Home.SourceFile(item.ItemType, item.Id));

    /// <summary>The registered items of an id, by type: one of each type at most, an exact match before those that differ by case.</summary>
    /// <param name="id">An id, in any case.</param>
    /// <param name="type">The type; null for both.</param>
    /// <returns>The items. None is no error. Several of one type differ by case alone, and none of them is an exact match.</returns>
    public IReadOnlyList<InstalledItem> GetItems(string id, ItemType? type)
    {
        RegistrySnapshot registry = cache.Read();
        ItemType[] types = type is { } only ? [only] : [ItemType.AgenticModule, ItemType.Extension];
        RegistryEntry[] exact = [.. types.Select(each => registry.Find(each, id)).OfType<RegistryEntry>()];
        IEnumerable<RegistryEntry> found = exact.Length > 0 ? exact : types.SelectMany(each => registry.FindAlike(each, id));
        return [.. found.Select(entry => SourceFile.Attach(Home, entry.ToItem(Home)))];
    }

    /// <summary>The one item of an id: in the registry, else on disk; ignoring case, an exact match first.</summary>
    /// <param name="id">An id, in any case.</param>
    /// <param name="type">Its type; null when the id tells.</param>
    /// <exception cref="LlamaGateException">ItemNotFound; AmbiguousId when both types have it and none is named.</exception>
    public InstalledItem FindItem(string id, ItemType? type) => cache.Guard(() => finder.Find(id, type));

    /// <summary>The items whose ids match, registered or only on disk, by type then id.</summary>
    /// <param name="idMatches">Tells whether an id is meant.</param>
    /// <param name="type">The type; null for both.</param>
    /// <returns>The items; none is no error.</returns>
    public IReadOnlyList<InstalledItem> FindItems(Func<string, bool> idMatches, ItemType? type) =>
        cache.Guard(() => finder.Find(idMatches, type));

    /// <summary>
    /// Imports packages, in order, a group of commits sharing one flush. Each is opened, checked and planned, then offered for
    /// approval, then extracted and committed; its outcome comes after its commit. A bad package is an outcome with an error and
    /// the rest go on. Lazy: the work is done while the result is enumerated.
    /// </summary>
    /// <param name="paths">Zip files or folders; relative paths are taken from the process's current folder.</param>
    /// <param name="options">How they are to be imported.</param>
    /// <param name="approve">
    /// Asked once for each package, when the plan for it is known (with <see cref="ImportOptions.CheckOnly"/> after a full check);
    /// false leaves the package out, without an outcome. With CheckOnly the answer is ignored.
    /// </param>
    /// <param name="cancellationToken">Stops at once; what is not committed by then is not imported.</param>
    public IEnumerable<ImportOutcome> Import(
        IEnumerable<string> paths, ImportOptions options, Func<ImportPlan, bool> approve, CancellationToken cancellationToken) =>
        importer.Import(paths, options, approve, cancellationToken);

    /// <summary>Where an export of an item goes: the file, or <c>&lt;id&gt;-&lt;version&gt;.zip</c> in the folder.</summary>
    /// <param name="item">The item to export.</param>
    /// <param name="destination">
    /// A file, or a folder: one that exists or a path that ends in a separator. Full, or relative to the process's current folder.
    /// </param>
    /// <returns>The full path of the zip file.</returns>
    /// <exception cref="LlamaGateException">ExportFailed: the destination is not a valid path.</exception>
    public static string GetExportPath(InstalledItem item, string destination) => ItemExporter.GetPath(item, destination);

    /// <summary>Writes an item as a package: beside the destination, then renamed. Missing parent folders are made.</summary>
    /// <param name="item">The item, as <see cref="FindItem"/> gave it.</param>
    /// <param name="path">The full path of the zip file, as <see cref="GetExportPath"/> gave it.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="cancellationToken">Stops at once; what was there stays.</param>
    /// <exception cref="LlamaGateException">DestinationExists, SourcePathMissing, ExportFailed, ItemNotFound.</exception>
    public ExportedPackage Export(InstalledItem item, string path, bool overwrite, CancellationToken cancellationToken) =>
        new ItemExporter(settings, cache, finder).Export(item, path, overwrite, cancellationToken);

    /// <summary>Unpacks a package below the home's <c>tmp/</c>, with the checks of an import. Nothing is installed.</summary>
    /// <param name="path">A zip file, a NuGet package or a folder.</param>
    /// <param name="type">The type that it must have; null to tell from the package.</param>
    /// <param name="limits">How much it may hold.</param>
    /// <param name="cancellationToken">Stops the reading; nothing is left.</param>
    /// <returns>The content; disposing deletes it.</returns>
    /// <exception cref="LlamaGateException">As an import refuses packages; ExportFailed when the disk cannot be written.</exception>
    public UnpackedPackage Unpack(string path, ItemType? type, PackageLimits limits, CancellationToken cancellationToken) =>
        PackageUnpacker.Unpack(settings, path, type, limits, cancellationToken);

    /// <summary>Makes an empty folder in the home's <c>tmp/</c> for what is not installed yet.</summary>
    /// <returns>The folder; disposing deletes it.</returns>
    /// <exception cref="LlamaGateException">InstallFailed: the home cannot be written to.</exception>
    public TemporaryFolder CreateTemporaryFolder()
    {
        try
        {
            var area = StagingArea.Create(settings);
            return new TemporaryFolder(area.Folder, area);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LlamaGateException(
                ErrorIds.InstallFailed,
                $"'{Home.StagingFolder}' cannot be written to: {exception.Sentence()} Check disk space and permissions, then try again.",
                Home.StagingFolder,
                innerException: exception);
        }
    }

    /// <summary>Says whether an export would be refused: by what is at the destination, or by what the item holds. Writes nothing.</summary>
    /// <param name="item">The item, as <see cref="FindItem"/> gave it.</param>
    /// <param name="path">The full path of the zip file, as <see cref="GetExportPath"/> gave it.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="LlamaGateException">DestinationExists, SourcePathMissing, ExportFailed, ItemNotFound, as the export would.</exception>
    public void CheckExport(InstalledItem item, string path, bool overwrite, CancellationToken cancellationToken) =>
        new ItemExporter(settings, cache, finder).Check(item, path, overwrite, cancellationToken);

    /// <summary>Removes an item: its folder, entry, backups and checksums.</summary>
    /// <param name="item">The item, as <see cref="FindItem"/> gave it.</param>
    /// <param name="cancellationToken">Stops the wait for the lock.</param>
    /// <returns>The item as it was.</returns>
    /// <exception cref="LlamaGateException">ItemNotFound, RemoveFailed.</exception>
    public InstalledItem Remove(InstalledItem item, CancellationToken cancellationToken)
    {
        InstalledItem removed = new ItemRemover(settings, cache, finder).Remove(item, cancellationToken);
        hasSwitched = true;
        return removed;
    }

    /// <summary>Enables or disables an item. Nothing is written when it is in that state already.</summary>
    /// <param name="item">The item, as <see cref="FindItem"/> gave it.</param>
    /// <param name="enabled">True to enable the item, false to disable it.</param>
    /// <param name="cancellationToken">Stops the wait for the lock.</param>
    /// <returns>The item as it is then.</returns>
    /// <exception cref="LlamaGateException">ItemNotFound, ChangeFailed.</exception>
    public InstalledItem SetEnabled(InstalledItem item, bool enabled, CancellationToken cancellationToken)
    {
        InstalledItem changed = new ItemSwitch(settings, cache, finder).Set(item, enabled, cancellationToken);
        hasSwitched |= changed.LastUpdatedAt != item.LastUpdatedAt;
        return changed;
    }

    /// <summary>Compares registry and disk. Writes nothing.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What a sync would change.</returns>
    public SyncPlan PlanSync(CancellationToken cancellationToken) =>
        cache.Guard(() => new RegistrySync(settings, cache).Plan(cancellationToken));

    /// <summary>Makes the registry agree with the disk; the disk is the truth.</summary>
    /// <param name="plan">What <see cref="PlanSync"/> found.</param>
    /// <param name="approve">Asked once for each change, except skipped folders; false leaves it out.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What was changed, and what was skipped.</returns>
    public IReadOnlyList<SyncChange> Sync(SyncPlan plan, Func<SyncChange, bool> approve, CancellationToken cancellationToken) =>
        new RegistrySync(settings, cache).Apply(plan, approve, cancellationToken);

    /// <summary>
    /// Compares an item with the checksums that were recorded when it was installed. Reads every file; never waits and never writes.
    /// </summary>
    /// <param name="item">The item, as <see cref="FindItem"/> gave it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlamaGateException">InstallFailed: the folder cannot be read.</exception>
    public ItemIntegrity Verify(InstalledItem item, CancellationToken cancellationToken) =>
        new IntegrityCheck(settings, cache).Verify(item, cancellationToken);

    /// <summary>Tells the log, in a verbose line each, which items are not what was installed. Reads every file; writes nothing.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public void TellDrift(CancellationToken cancellationToken) =>
        new ContentAcceptance(settings, cache).TellDrift(GetItems(), cancellationToken);

    /// <summary>
    /// Records the checksums of every registered item as it is now, where they differ from what was recorded or nothing was. Lazy.
    /// </summary>
    /// <param name="approve">Asked once an item; false leaves it as it is, without a result.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One change for each item whose checksums were recorded.</returns>
    /// <exception cref="LlamaGateException">InstallFailed: the checksums cannot be recorded; those that were recorded are kept.</exception>
    public IEnumerable<SyncChange> AcceptContent(Func<SyncChange, bool> approve, CancellationToken cancellationToken) =>
        new ContentAcceptance(settings, cache).Accept(GetItems(), approve, cancellationToken);

    /// <summary>The backups of the items whose ids match, by type then id, the newest of each first. The items themselves may no longer exist.</summary>
    /// <param name="idMatches">Tells whether an id is meant.</param>
    /// <param name="type">The type; null for both.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The backups; none is no error.</returns>
    public IReadOnlyList<ItemBackup> FindBackups(Func<string, bool> idMatches, ItemType? type, CancellationToken cancellationToken) =>
        cache.Guard(() => new BackupFinder(Home).Find(idMatches, type, cancellationToken));

    /// <summary>One backup of an item: the named one, else the newest.</summary>
    /// <param name="id">The id, ignoring case, an exact match first.</param>
    /// <param name="type">Its type; null when the id tells.</param>
    /// <param name="name">The name of the backup; null for the newest.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlamaGateException">ItemNotFound; AmbiguousId when both types have backups of the id and none is named.</exception>
    public ItemBackup FindBackup(string id, ItemType? type, string? name, CancellationToken cancellationToken) =>
        cache.Guard(() => new BackupFinder(Home).Find(id, type, name, cancellationToken));

    /// <summary>
    /// Makes a backup the installed version; the version that it replaces becomes a backup. State and install time stay. Committed as an
    /// update is.
    /// </summary>
    /// <param name="backup">The backup, as <see cref="FindBackup"/> gave it.</param>
    /// <param name="approve">Asked once before anything is written; false leaves it at that.</param>
    /// <param name="cancellationToken">Stops at once; what is not committed by then is not restored.</param>
    /// <returns>The item; null when it was not approved.</returns>
    /// <exception cref="LlamaGateException">
    /// ItemNotFound; ManifestInvalid: the backup is no longer a valid item, and stays; InstallFailed.
    /// </exception>
    public ImportedItem? Restore(ItemBackup backup, Func<ImportPlan, bool> approve, CancellationToken cancellationToken) =>
        restorer.Restore(backup, approve, cancellationToken);

    /// <summary>Whether the marker of a finished migration is there.</summary>
    public bool MigrationIsComplete => File.Exists(Home.MigrationMarker);

    /// <summary>Copies the items of a legacy directory into the home and registers them. The legacy directory is left as it is. Lazy.</summary>
    /// <param name="legacyFolder">The folder to search.</param>
    /// <param name="force">Migrates even when <see cref="MigrationIsComplete"/>; else nothing is done but a warning.</param>
    /// <param name="checkOnly">Checks the items in full and writes nothing; what would be migrated is offered to <paramref name="approve"/>.</param>
    /// <param name="approve">Asked once an item that would be migrated; false leaves it out, without a result.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One result an item.</returns>
    /// <exception cref="LlamaGateException">SourcePathMissing: the folder is not there, or is not a valid path.</exception>
    public IEnumerable<MigratedItem> Migrate(
        string legacyFolder, bool force, bool checkOnly, Func<ImportPlan, bool> approve, CancellationToken cancellationToken) =>
        Migrate([legacyFolder], force, checkOnly, approve, cancellationToken);

    /// <summary>Migrates as for one folder, from those of several legacy directories that are there; one of them must be.</summary>
    /// <param name="legacyFolders">The folders to search; <see cref="DefaultLegacyFolders"/> when the user names none.</param>
    /// <param name="force">Migrates even when <see cref="MigrationIsComplete"/>.</param>
    /// <param name="checkOnly">Checks the items in full and writes nothing.</param>
    /// <param name="approve">Asked once an item that would be migrated.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One result for each item.</returns>
    /// <exception cref="LlamaGateException">SourcePathMissing: none of the folders is there, or one is not a valid path.</exception>
    public IEnumerable<MigratedItem> Migrate(
        IReadOnlyList<string> legacyFolders, bool force, bool checkOnly, Func<ImportPlan, bool> approve, CancellationToken cancellationToken) =>
        new LegacyMigration(settings, cache, importer).Migrate(legacyFolders, force, checkOnly, approve, cancellationToken);

    /// <summary>
    /// What a gateway does when it starts: migrates on the first run, syncs, and tells what is loaded from where. What fails is told
    /// in the report and stops nothing else.
    /// </summary>
    /// <param name="legacyFolder">The legacy directory; one that is not there holds no items.</param>
    /// <param name="checkOnly">Tells what would be done and writes nothing.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="LlamaGateException">SourcePathMissing: the folder is not a valid path.</exception>
    public StartupReport Startup(string legacyFolder, bool checkOnly, CancellationToken cancellationToken) =>
        Startup([legacyFolder], checkOnly, cancellationToken);

    /// <summary>Starts as with one legacy directory, and migrates from several on the first run.</summary>
    /// <param name="legacyFolders">
    /// The gateway's legacy directory, then others to migrate from; <see cref="DefaultLegacyFolders"/> when the user names none.
    /// </param>
    /// <param name="checkOnly">Tells what would be done and writes nothing.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="LlamaGateException">SourcePathMissing: a folder is not a valid path.</exception>
    public StartupReport Startup(IReadOnlyList<string> legacyFolders, bool checkOnly, CancellationToken cancellationToken) =>
        new StartupRun(
            settings, cache, new LegacyMigration(settings, cache, importer), new RegistrySync(settings, cache), checkOnly, cancellationToken)
            .Run(legacyFolders);

    /// <summary>Looks for what will surprise the user of the home, and changes nothing (contract, section 9).</summary>
    /// <param name="legacyFolder">The directory from which the gateway loads extensions besides; it need not exist.</param>
    /// <param name="modulesFolder">The directory from which the gateway runs modules; it need not exist.</param>
    /// <param name="workingDirectory">The full path of the folder whose <c>.env</c> file says where the gateway listens.</param>
    /// <param name="cancellationToken">Stops the looking.</param>
    /// <returns>The findings, errors first; none when all is well.</returns>
    public IReadOnlyList<HomeFinding> Examine(
        string legacyFolder, string modulesFolder, string workingDirectory, CancellationToken cancellationToken) =>
        Examine(legacyFolder, modulesFolder, new GatewaySettings(Environment.GetEnvironmentVariable, workingDirectory), IsGatewayHome, cancellationToken);

    /// <summary>Looks with a gateway that is named elsewhere than in this process's environment.</summary>
    internal IReadOnlyList<HomeFinding> Examine(
        string legacyFolder, string modulesFolder, GatewaySettings gateway, bool isGatewayHome, CancellationToken cancellationToken)
    {
        string extensions = UserPath.ToFull(legacyFolder, ErrorIds.SourcePathMissing);
        string modules = UserPath.ToFull(modulesFolder, ErrorIds.SourcePathMissing);
        return HomeDoctor.Examine(
            new Examination(settings, cache, extensions, Directory.Exists(modules) ? modules : null, gateway, cancellationToken)
            {
                IsGatewayHome = isGatewayHome,
            });
    }

    /// <summary>Rewrites <c>installed.json</c> with the commits that it does not hold yet, if there are any.</summary>
    /// <param name="cancellationToken">Ends the wait for the lock.</param>
    /// <exception cref="LlamaGateException">StoreLocked, ChangeFailed. The commits stay safe in the journal.</exception>
    public void Save(CancellationToken cancellationToken) => Save(settings.LockTimeout, cancellationToken);

    /// <summary>
    /// Saves as <see cref="Save(CancellationToken)"/> does, unless that has just failed, but waits no more than a second for the lock.
    /// What cannot be saved stays safe in the journal for the next command, and is told as a warning.
    /// </summary>
    public void Dispose()
    {
        try
        {
            if (!hasFailedToSave)
            {
                Save(LastSaveTimeout, CancellationToken.None);
            }
        }
        catch (LlamaGateException exception)
        {
            settings.Log.Warning(exception.Message);
        }
    }

    private void Save(TimeSpan timeout, CancellationToken cancellationToken)
    {
        hasFailedToSave = false;
        try
        {
            cache.Save(timeout, cancellationToken);
        }
        catch (LlamaGateException exception) when (string.Equals(exception.ErrorId, ErrorIds.StoreLocked, StringComparison.Ordinal))
        {
            hasFailedToSave = true;
            throw Unsaved(ErrorIds.StoreLocked, "another process is changing this home.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            hasFailedToSave = true;
            throw Unsaved(ErrorIds.ChangeFailed, exception.Sentence(), exception);
        }
    }

    private LlamaGateException Unsaved(string errorId, string reason, Exception cause) => new(
        errorId,
        $"'{Home.RegistryFile}' cannot be rewritten now: {reason} The changes are safe in the journal. The next command that changes "
            + "something rewrites the file.",
        Home.RegistryFile,
        innerException: cause);
}
