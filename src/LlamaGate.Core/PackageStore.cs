using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace LlamaGate;

/// <summary>
/// The one door to a LlamaGate home: every operation is a method here. Synchronous; calls back on the caller's thread, and never
/// while the store's lock is held. One instance serves one thread at a time; any number of instances and processes share a home.
/// </summary>
/// <remarks>
/// Commits are durable when a method returns; <c>installed.json</c> is rewritten by <see cref="Save"/>, by <see cref="Dispose"/>
/// and at bounded intervals in between (contract, section 6). Every method throws <see cref="LlamaGateException"/> for what it
/// cannot do, RegistryCorrupt and StoreLocked included, and <see cref="OperationCanceledException"/> when it is stopped.
/// </remarks>
public sealed class PackageStore : IDisposable
{
    /// <summary>The seconds that a writer waits for the lock unless the caller says otherwise.</summary>
    public const int DefaultLockTimeoutSeconds = 30;

    /// <summary>Opens a store. Touches nothing on disk.</summary>
    /// <param name="home">The home.</param>
    /// <param name="log">Hears what the store has to tell.</param>
    /// <param name="lockTimeout">How long a commit waits for the lock; null for <see cref="DefaultLockTimeoutSeconds"/>.</param>
    public PackageStore(LlamaGateHome home, IStoreLog log, TimeSpan? lockTimeout = null)
    {
        Home = home;
    }

    /// <summary>The home.</summary>
    public LlamaGateHome Home { get; }

    /// <summary>Whether an import or a migration changed an item that a running gateway may reload (contract, section 9).</summary>
    public bool NeedsRefresh => throw new NotSupportedException();

    /// <summary>The registered items, by type then id (ordinal). Reads the registry only, never waits and never writes.</summary>
    /// <param name="type">The type to list; null for both.</param>
    /// <returns>The items.</returns>
    public IReadOnlyList<InstalledItem> GetItems(ItemType? type = null) => throw new NotSupportedException();

    /// <summary>The one item of an id: in the registry, else on disk; ignoring case, an exact match first.</summary>
    /// <param name="id">The id.</param>
    /// <param name="type">Its type; null when the id tells.</param>
    /// <returns>The item.</returns>
    /// <exception cref="LlamaGateException">ItemNotFound; AmbiguousId when both types have it and none is named.</exception>
    public InstalledItem FindItem(string id, ItemType? type) => throw new NotSupportedException();

    /// <summary>The items whose ids match, registered or only on disk, by type then id.</summary>
    /// <param name="idMatches">Tells whether an id is meant.</param>
    /// <param name="type">The type; null for both.</param>
    /// <returns>The items; none is no error.</returns>
    public IReadOnlyList<InstalledItem> FindItems(Func<string, bool> idMatches, ItemType? type) => throw new NotSupportedException();

    /// <summary>
    /// Imports packages, in order, a group of commits sharing one flush. Each is opened, checked and planned, then offered for
    /// approval, then extracted and committed; its outcome comes after its commit. A bad package is an outcome with an error and
    /// the rest go on. Lazy: the work is done while the result is enumerated.
    /// </summary>
    /// <param name="paths">Zip files or folders; relative paths are taken from the process's current folder.</param>
    /// <param name="options">How they are to be imported.</param>
    /// <param name="approve">
    /// Asked once a package, after what can be told of it is known (with <see cref="ImportOptions.CheckOnly"/> after a full check);
    /// false leaves the package out, without an outcome. With CheckOnly the answer is ignored.
    /// </param>
    /// <param name="cancellationToken">Stops at once; what is not committed by then is not imported.</param>
    /// <returns>The outcomes.</returns>
    public IEnumerable<ImportOutcome> Import(
        IEnumerable<string> paths, ImportOptions options, Func<ImportPlan, bool> approve, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Where an export of an item goes: the file, or <c>&lt;id&gt;-&lt;version&gt;.zip</c> in the folder.</summary>
    /// <param name="item">The item.</param>
    /// <param name="destination">
    /// A file, or a folder: one that exists or a path that ends in a separator. Full, or relative to the process's current folder.
    /// </param>
    /// <returns>The full path of the zip file.</returns>
    public string GetExportPath(InstalledItem item, string destination) => throw new NotSupportedException();

    /// <summary>Writes an item as a package: beside the destination, then renamed. Missing parent folders are made.</summary>
    /// <param name="item">The item, as <see cref="FindItem"/> gave it.</param>
    /// <param name="path">The full path of the zip file, as <see cref="GetExportPath"/> gave it.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="cancellationToken">Stops at once; what was there stays.</param>
    /// <returns>The package.</returns>
    /// <exception cref="LlamaGateException">DestinationExists, SourcePathMissing, ExportFailed, ItemNotFound.</exception>
    public ExportedPackage Export(InstalledItem item, string path, bool overwrite, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Removes an item: its folder, entry, backups and checksums.</summary>
    /// <param name="item">The item, as <see cref="FindItem"/> gave it.</param>
    /// <param name="cancellationToken">Stops the wait for the lock.</param>
    /// <returns>The item as it was.</returns>
    /// <exception cref="LlamaGateException">ItemNotFound, RemoveFailed.</exception>
    public InstalledItem Remove(InstalledItem item, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Enables or disables an item. Nothing is written when it is in that state already.</summary>
    /// <param name="item">The item, as <see cref="FindItem"/> gave it.</param>
    /// <param name="enabled">The state.</param>
    /// <param name="cancellationToken">Stops the wait for the lock.</param>
    /// <returns>The item as it is then.</returns>
    /// <exception cref="LlamaGateException">ItemNotFound, InstallFailed.</exception>
    public InstalledItem SetEnabled(InstalledItem item, bool enabled, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Compares registry and disk. Writes nothing.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What a sync would change.</returns>
    public SyncPlan PlanSync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Makes the registry agree with the disk; the disk is the truth.</summary>
    /// <param name="plan">What <see cref="PlanSync"/> found.</param>
    /// <param name="approve">Asked once a change (but for skipped folders); false leaves it out.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What was changed, and what was skipped.</returns>
    public IReadOnlyList<SyncChange> Sync(SyncPlan plan, Func<SyncChange, bool> approve, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Whether the marker of a finished migration is there.</summary>
    public bool MigrationIsComplete => File.Exists(Home.MigrationMarker);

    /// <summary>Copies the items of a legacy directory into the home and registers them. The legacy directory is left as it is. Lazy.</summary>
    /// <param name="legacyFolder">The folder to search; one that is not there holds no items.</param>
    /// <param name="checkOnly">Checks and reports what would be done; writes nothing.</param>
    /// <param name="approve">Asked once an item that would be migrated; false leaves it out.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One result an item.</returns>
    public IEnumerable<MigratedItem> Migrate(
        string legacyFolder, bool checkOnly, Func<ImportPlan, bool> approve, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Rewrites <c>installed.json</c> with the commits that it does not hold yet, if there are any.</summary>
    /// <exception cref="LlamaGateException">StoreLocked, InstallFailed. The commits stay safe in the journal.</exception>
    public void Save() => throw new NotSupportedException();

    /// <summary>Saves (see <see cref="Save"/>; a failure is a warning, the journal keeps the commits) and lets go of everything.</summary>
    public void Dispose() => throw new NotSupportedException();
}
