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
/// section 6). What it has to tell waits until the lock is let go: nobody outside the store runs while it is held.
/// </summary>
internal sealed class Transaction : IDisposable
{
    private readonly StoreSettings settings;
    private readonly FolderMoves moves;
    private readonly StoreLock storeLock;
    private readonly List<string> verbose = [];
    private readonly List<string> warnings = [];
    private readonly List<StagingArea> trash = [];

    private Transaction(StoreSettings settings, StoreLock storeLock, RegistrySnapshot state)
    {
        this.settings = settings;
        this.storeLock = storeLock;
        moves = new FolderMoves(settings);
        State = state;
    }

    /// <summary>What is installed, as of now and as long as the lock is held.</summary>
    public RegistrySnapshot State { get; private set; }

    /// <summary>Takes the lock, reads what others have changed, finishes what a dead writer left, and clears away its staging.</summary>
    /// <param name="settings">The store's.</param>
    /// <param name="known">The state that the store has read before, or null.</param>
    /// <param name="lockTimeout">How long to wait for the lock.</param>
    /// <param name="rebuild">Whether what cannot be read of the registry is passed over, because it is about to be rebuilt.</param>
    /// <param name="token">Ends the wait for the lock.</param>
    /// <returns>The transaction: dispose it to let go of the lock and to hear what happened.</returns>
    /// <exception cref="LlamaGateException">StoreLocked, RegistryCorrupt.</exception>
    public static Transaction Begin(StoreSettings settings, RegistrySnapshot? known, TimeSpan lockTimeout, bool rebuild, CancellationToken token)
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
            bool wasLast = held.Sign(settings.Signature);
            bool isComparable = wasLast || known?.JournalEnd is not null; // Whoever rewrites the registry drops the journal.
            RegistrySnapshot state = rebuild ? RegistrySnapshot.Salvage(home)
                : known is not null && isComparable ? known.Refresh()
                : RegistrySnapshot.Read(home);
            transaction = new Transaction(settings, held, state);
            transaction.CheckLock();
            transaction.Recover();
            return transaction;
        }
        catch
        {
            ((IDisposable?)transaction ?? held).Dispose();
            throw;
        }
    }

    /// <summary>A verbose line for when the lock is let go.</summary>
    public void Tell(string message) => verbose.Add(message);

    /// <summary>A warning for when the lock is let go.</summary>
    public void Warn(string message) => warnings.Add(message);

    /// <summary>A staging folder to move things into that are to be deleted when the lock is let go.</summary>
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
    /// The error of each record, in order; null where there is none. <see cref="UnsettledChangeException"/> when it stands all the same.
    /// </returns>
    public IReadOnlyList<Exception?> Commit(IReadOnlyList<JournalRecord> records)
    {
        try
        {
            Append(records, flush: true);
        }
        catch (UnsettledChangeException exception) when (records.All(record => record.MovesFolders))
        {
            State.Apply(records); // So that their staging folders are left to the next writer.
            return [.. records.Select(_ => exception)];
        }

        if (!records.Any(record => record.MovesFolders))
        {
            return new Exception?[records.Count];
        }

        var errors = new Exception?[records.Count];
        var takenBack = new List<JournalRecord>();
        string? unsettled = null;
        for (int i = 0; i < records.Count; i++)
        {
            UnfinishedChange change = State.Unfinished.Single(each => ReferenceEquals(each.Record, records[i]));
            errors[i] = TryMove(change, out Exception? undoError);
            if (undoError is not null)
            {
                unsettled = $"the change of '{change.Record.Id}' cannot be taken back ({undoError.Message})";
            }
            else if (errors[i] is not null)
            {
                takenBack.Add(change.TakenBack);
            }
        }

        unsettled ??= TryFinish(takenBack);
        if (unsettled is null)
        {
            return errors;
        }

        // The journal has them all until it has the end of them all.
        return errors.Select(error => error is null ? null : new UnsettledChangeException(error, unsettled)).ToList();
    }

    /// <summary>Whether the journal still needs what is in a staging folder: it must be left to the next writer then.</summary>
    public bool Needs(StagingArea area) =>
        State.Unfinished.Any(change => string.Equals(change.Record.Staging, area.Name, StringComparison.Ordinal));

    /// <summary>Takes records straight into the registry: the journal cannot be relied on when it or the registry was unreadable.</summary>
    /// <param name="records">The records; none of them moves a folder.</param>
    public void Rebuild(IReadOnlyCollection<JournalRecord> records)
    {
        State.Apply(records);
        Save();
    }

    /// <summary>Rewrites the registry with all that the journal holds, then drops the journal.</summary>
    public void Save()
    {
        LlamaGateHome home = settings.Home;
        foreach (string unreadable in State.Unreadable)
        {
            string prefix = unreadable + ".corrupt-";
            string copy = prefix + Backups.FreeName(settings.Clock(), name => prefix + name);
            using (FileStream? source = StoreFile.TryOpenRead(unreadable))
            {
                StoreFile.WriteNew(settings, "corrupt", copy, target => source?.CopyTo(target), flush: true);
            }

            Warn($"'{unreadable}' could not be read. A copy of it is at '{copy}'.");
        }

        settings.Step("registry.flush-renames");
        FlushRenames();
        string temporary = home.RegistryFile + ".new"; // The gateway writes to ".tmp", and knows nothing of the lock.
        settings.Step("registry.delete-temporary");
        StorePath.Delete(temporary);
        StoreFile.WriteNew(settings, "registry", temporary, State.Format(), flush: true);
        try
        {
            settings.Step("registry.replace");
            Durable.Replace(temporary, home.RegistryFile);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        settings.Step("registry.flush-folder");
        Durable.FlushFolder(home.RegistryFolder);
        settings.Step("journal.drop");
        Sharing.Retry(() => File.Delete(home.JournalFile));
        State.Saved();
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

    // The error when the folders of a change could not be moved, and that of moving them back.
    private Exception? TryMove(UnfinishedChange change, out Exception? undoError)
    {
        undoError = null;
        try
        {
            Move(change);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            try
            {
                moves.Undo(change.Record);
            }
            catch (Exception undo) when (undo is IOException or UnauthorizedAccessException)
            {
                undoError = undo;
            }

            return exception;
        }
    }

    private void Move(UnfinishedChange change)
    {
        moves.Apply(change);
        if (change.Record.Operation == JournalOperation.Install)
        {
            PruneBackups(change.Record);
        }
    }

    // Moves the oldest backups of an item to the trash, beyond those that are kept.
    private void PruneBackups(JournalRecord install)
    {
        string folder = settings.Home.BackupFolder(install.Type, install.Id);
        if (StorePath.LeadsThroughLink(settings.Home, folder))
        {
            return;
        }

        foreach (string backup in Backups.Superfluous(folder))
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

    // Why what was taken back stands all the same. When every folder is in its place, the next writer finds that out by itself.
    private string? TryFinish(List<JournalRecord> takenBack)
    {
        try
        {
            Append([.. takenBack, JournalRecord.Done], flush: takenBack.Count > 0);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return takenBack.Count == 0 ? null : $"the journal cannot be told that it was taken back ({exception.Message})";
        }
    }

    // The folders that the journal's records have moved things into or out of, whoever moved them.
    private void FlushRenames()
    {
        LlamaGateHome home = settings.Home;
        Durable.FlushFolders(home.Path, State.Moved.SelectMany(item => new[]
        {
            home.InstalledFolder(item.Type),
            home.BackupFolder(item.Type, item.Id),
            Path.GetDirectoryName(home.BackupFolder(item.Type, item.Id))!,
            Path.GetDirectoryName(home.ChecksumsFile(item.Type, item.Id))!,
        }));
    }

    private void Append(IReadOnlyList<JournalRecord> records, bool flush)
    {
        State.Appended(Journal.Append(settings, State.JournalEnd, records, flush), records);
    }

    private void CheckLock()
    {
        if (settings.LocksHold is null)
        {
            settings.LocksHold = storeLock.KeepsOthersOut();
            if (settings.LocksHold == false)
            {
                settings.HasSwept = true; // Whether the owner of a staging folder lives shows by its lock alone.
                Warn(
                    $"Locks on files have no effect in '{settings.Home.Path}': its file system has none, or DOTNET_SYSTEM_IO_DISABLEFILELOCKING "
                    + "is set. Nothing keeps two commands from changing this home at once: run one at a time.");
            }
        }
    }

    private void Recover()
    {
        if (State.Unfinished.Count > 0)
        {
            var takenBack = new List<JournalRecord>();
            foreach (UnfinishedChange change in State.Unfinished)
            {
                string what = $"the interrupted change of {change.Record.Type.ToToken()} '{change.Record.Id}'";

                // It was committed: what the disk refuses for a moment is no reason to take it back.
                Exception? error = TryMove(change, out Exception? undoError) is null ? null : TryMove(change, out undoError);
                if (undoError is not null)
                {
                    throw new IOException($"{what} can neither be completed ({error!.Message}) nor be taken back ({undoError.Message}). Mend that first.");
                }

                if (error is null)
                {
                    Tell($"Completed {what}.");
                }
                else
                {
                    Warn($"Took back {what}, which cannot be completed: {error.Sentence()}");
                    takenBack.Add(change.TakenBack);
                }
            }

            // What cannot be read of a journal stands behind its records; it is kept until the rebuild has copied it.
            if (State.Unreadable.Count == 0)
            {
                Append([.. takenBack, JournalRecord.Done], flush: takenBack.Count > 0);
            }
            else
            {
                State.Apply([.. takenBack, JournalRecord.Done]);
            }

            settings.HasSwept = settings.LocksHold == false;
        }

        if (!settings.HasSwept)
        {
            settings.HasSwept = true;
            foreach (string complaint in StagingArea.Sweep(settings))
            {
                Warn(complaint);
            }
        }
    }
}
