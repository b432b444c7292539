using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Registry;

namespace LlamaGate.Transactions;

/// <summary>
/// The store's lock, held, and what may be done under it: append to the journal, move folders, rewrite the registry (contract,
/// section 6). Its messages wait until the lock is released: no code outside the store runs while it is held.
/// </summary>
internal sealed class Transaction : IDisposable
{
    private readonly StoreSettings settings;
    private readonly RegistryWriter writer;
    private readonly StoreLock storeLock;
    private readonly List<string> verbose = [];
    private readonly List<string> warnings = [];
    private readonly List<StagingArea> trash = [];

    private Transaction(StoreSettings settings, StoreLock storeLock, RegistrySnapshot registry)
    {
        this.settings = settings;
        this.storeLock = storeLock;
        writer = new RegistryWriter(settings);
        Registry = registry;
    }

    /// <summary>What is installed, as of now and as long as the lock is held.</summary>
    public RegistrySnapshot Registry { get; }

    /// <summary>Takes the lock, reads what others have changed, and settles what an interrupted command left.</summary>
    /// <param name="settings">The store's settings.</param>
    /// <param name="state">What the store knows of the lock.</param>
    /// <param name="known">The registry as the store has read it before, or null.</param>
    /// <param name="lockTimeout">How long to wait for the lock.</param>
    /// <param name="rebuild">Whether unreadable parts of the registry are ignored, because it is about to be rebuilt.</param>
    /// <param name="token">Ends the wait for the lock.</param>
    /// <returns>The transaction: disposing releases the lock and emits its messages.</returns>
    /// <exception cref="LlamaGateException">StoreLocked, RegistryCorrupt.</exception>
    public static Transaction Begin(
        StoreSettings settings, LockState state, RegistrySnapshot? known, TimeSpan lockTimeout, bool rebuild, CancellationToken token)
    {
        LlamaGateHome home = settings.Home;
        if (StorePath.Probe(home.RegistryFolder) != PathKind.Folder)
        {
            StorePath.Ensure(settings, home.RegistryFolder);
            Durable.FlushFolder(home.Path);
        }

        settings.Step("session.lock");
        var held = StoreLock.Acquire(home.LockFile, lockTimeout, settings.Log, token);
        Transaction? transaction = null;
        try
        {
            settings.Step("session.sign");
            bool wasLast = held.Sign(state.Signature);
            bool trustsStamp = wasLast || known?.JournalEnd is not null; // Whoever rewrites the registry drops the journal.
            RegistrySnapshot registry = rebuild ? RegistrySnapshot.Salvage(home) : known?.Refresh(trustsStamp) ?? RegistrySnapshot.Read(home);
            transaction = new Transaction(settings, held, registry);
            transaction.CheckLock(state);
            Recovery.Run(transaction, settings, state);
            return transaction;
        }
        catch
        {
            ((IDisposable?)transaction ?? held).Dispose();
            throw;
        }
    }

    /// <summary>Queues a verbose line until the lock is released.</summary>
    public void Tell(string message) => verbose.Add(message);

    /// <summary>Queues a warning until the lock is released.</summary>
    public void Warn(string message) => warnings.Add(message);

    /// <summary>A staging folder for things that are deleted when the lock is released.</summary>
    public StagingArea NewTrash()
    {
        var area = StagingArea.Create(settings);
        trash.Add(area);
        return area;
    }

    /// <summary>
    /// Commits records: they are in the journal, and on the disk, before the first folder moves. A record whose folders cannot be
    /// moved is taken back, and its error returned; the others stand.
    /// </summary>
    /// <param name="records">The records, each of another item.</param>
    /// <returns>
    /// The error of each record, in order; null where there is none. <see cref="UnsettledChangeException"/> when the change is still in the journal.
    /// </returns>
    public IReadOnlyList<Exception?> Commit(IReadOnlyList<JournalRecord> records)
    {
        try
        {
            Append(records, flush: true);
        }
        catch (UnsettledChangeException exception) when (records.All(record => record.MovesFolders))
        {
            Registry.Apply(records); // So that their staging folders are left to the next writer.
            return [.. records.Select(_ => exception)];
        }

        if (!records.Any(record => record.MovesFolders))
        {
            return new Exception?[records.Count];
        }

        var errors = new List<Exception?>(records.Count);
        var outcomes = new List<JournalRecord>();
        string? unsettled = null;
        var runner = new ChangeRunner(settings);
        foreach (UnfinishedChange change in Registry.Unfinished.Where(change => records.Contains(change.Record)).ToList())
        {
            ChangeResult result = runner.Run(change, Registry, isTrusted: true);
            errors.Add(result.Error);
            if (result.Outcome is { } outcome)
            {
                outcomes.Add(outcome);
            }

            if (result.UndoError is { } undoError)
            {
                unsettled = $"the change of '{change.Record.Id}' cannot be undone ({undoError.Message})";
            }
            else if (result.Error is null && change.Record.Operation == JournalOperation.Install)
            {
                PruneBackups(change.Record);
            }
        }

        unsettled ??= TryFinish(outcomes);
        if (unsettled is null)
        {
            return errors;
        }

        // The journal has them all until it has the end of them all.
        return errors.ConvertAll(error => error is null ? null : (Exception)new UnsettledChangeException(error, unsettled));
    }

    /// <summary>Whether the journal still needs what is in a staging folder: it must be left to the next writer then.</summary>
    public bool Needs(StagingArea area) =>
        Registry.Unfinished.Any(change => string.Equals(change.Record.Staging, area.Name, StringComparison.Ordinal));

    /// <summary>Takes records straight into the registry: the journal cannot be relied on when it or the registry was unreadable.</summary>
    /// <param name="records">The records; none of them moves a folder.</param>
    public void Rebuild(IReadOnlyCollection<JournalRecord> records)
    {
        Registry.Apply(records);
        Save();
    }

    /// <summary>Leaves out what the gateway cannot read of the registry; the next save writes it so. A copy of the file is kept then.</summary>
    public void Heal()
    {
        if (Registry.HasForeignElements)
        {
            Warn($"'{settings.Home.RegistryFile}' had entries that are not items. A copy of it is at '{writer.KeepCopy(settings.Home.RegistryFile)}'.");
        }

        Registry.Heal();
    }

    /// <summary>Rewrites the registry with all that the journal holds, then drops the journal.</summary>
    public void Save()
    {
        foreach (string unreadable in Registry.Unreadable)
        {
            Warn($"'{unreadable}' could not be read. A copy of it is at '{writer.KeepCopy(unreadable)}'.");
        }

        writer.Write(Registry);
    }

    /// <summary>Says in the journal that every folder is where it belongs.</summary>
    /// <param name="outcomes">How the entries stand whose changes ended otherwise than their records say.</param>
    public void Finish(IReadOnlyCollection<JournalRecord> outcomes)
    {
        JournalRecord[] records = [.. outcomes, JournalRecord.Done];
        if (Registry.Unreadable.Count == 0)
        {
            Append(records, flush: outcomes.Count > 0);
        }
        else
        {
            Registry.Apply(records); // What cannot be read of a journal stands behind its records: it is kept until the rebuild has copied it.
        }
    }

    /// <summary>Moves the oldest backups of an item to the trash, beyond those that are kept, and the one that was restored.</summary>
    public void PruneBackups(JournalRecord install)
    {
        string folder = settings.Home.BackupFolder(install.Type, install.Id);
        if (StorePath.LeadsThroughLink(settings.Home, folder))
        {
            return;
        }

        foreach (string backup in Backups.Superfluous(folder, settings.BackupCount, install.Restored))
        {
            try
            {
                string discarded = Path.Combine(NewTrash().Folder, "backup");
                settings.Step("backups.prune");
                Durable.Move(backup, discarded);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Warn($"The old backup '{backup}' cannot be removed: {exception.Sentence()}");
            }
        }
    }

    /// <summary>Lets go of the lock, deletes the trash, and tells what there is to tell.</summary>
    public void Dispose()
    {
        storeLock.Dispose();
        foreach (StagingArea area in trash)
        {
            if (Needs(area))
            {
                area.Leave();
            }

            area.Dispose();
        }

        verbose.ForEach(settings.Log.Verbose);
        warnings.ForEach(settings.Log.Warning);
    }

    // Why what was taken back stands all the same. When every folder is in its place, the next writer finds that out by itself.
    private string? TryFinish(List<JournalRecord> outcomes)
    {
        try
        {
            Finish(outcomes);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return outcomes.Count == 0 ? null : $"the journal cannot record that the change was undone ({exception.Message})";
        }
    }

    private void Append(IReadOnlyList<JournalRecord> records, bool flush) =>
        Registry.Appended(Journal.Append(settings, Registry.JournalEnd, records, flush), records);

    private void CheckLock(LockState state)
    {
        if (state.LocksHold is null)
        {
            state.LocksHold = storeLock.KeepsOthersOut();
            if (state.LocksHold == false)
            {
                state.HasSwept = true; // Whether the owner of a staging folder is alive shows by its lock alone.
                Warn(
                    $"File locks have no effect in '{settings.Home.Path}': its file system does not support them, or "
                        + "DOTNET_SYSTEM_IO_DISABLEFILELOCKING is set. Two commands could change this home at the same time. Run only "
                        + "one command at a time.");
            }
        }
    }
}
