using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Registry;

namespace LlamaGate.Transactions;

/// <summary>What a store knows of its home between operations, and what it owes the disk.</summary>
internal sealed class RegistryCache
{
    /// <summary>
    /// The registry is rewritten when the journal holds this many records, or as many as there are entries: what a rewrite costs grows
    /// with the entries, and so does the number of commits that share it.
    /// </summary>
    private const int MostJournalRecords = 1024;

    /// <summary>The registry is rewritten when it has not been for so long.</summary>
    private static readonly TimeSpan LongestWithoutSave = TimeSpan.FromSeconds(5);

    private readonly StoreSettings settings;
    private readonly LockState lockState = new();
    private readonly Stopwatch sinceSave = new();
    private RegistrySnapshot? registry;

    public RegistryCache(StoreSettings settings)
    {
        this.settings = settings;
    }

    /// <summary>Whether commits of this store are in the journal only.</summary>
    public bool OwesSave { get; private set; }

    /// <summary>What is installed now. Never waits, never writes.</summary>
    /// <exception cref="LlamaGateException">RegistryCorrupt.</exception>
    public RegistrySnapshot Read() => Guard(() =>
    {
        for (int attempt = 0; attempt < RegistrySnapshot.ReadAttempts; attempt++)
        {
            registry = registry?.Refresh(trustsStamp: true, settings.OnLook) ?? RegistrySnapshot.Read(settings.Home, settings.OnLook);
            RegistrySnapshot settled = new UnfinishedChanges(settings, registry).Settled();

            // If a writer has gone on since the journal was read, a missing folder may be one that it is moving.
            if ((settled == registry && !registry.HasDropped) || registry.IsCurrent())
            {
                return settled;
            }

            registry = null;
        }

        throw RegistryErrors.ChangesTooFast(settings.Home);
    });

    /// <summary>Reads something of the home.</summary>
    /// <exception cref="LlamaGateException">RegistryCorrupt: the disk does not let it be read.</exception>
    public T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (IOException exception) when (Platform.IsWindows && Sharing.IsHeld(exception))
        {
            throw new LlamaGateException(
                ErrorIds.StoreLocked,
                $"'{settings.Home.Path}' cannot be read: {exception.Sentence()} Nothing was changed. Try again when the program that has the "
                + "file open, such as a virus scanner or a synchronization client, has closed it.",
                settings.Home.Path,
                innerException: exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LlamaGateException(
                ErrorIds.RegistryCorrupt,
                $"'{settings.Home.Path}' cannot be read: {exception.Sentence()} Nothing was changed. Check that it contains only files "
                    + "and folders, and that you have permission to read them.",
                settings.Home.Path,
                innerException: exception);
        }
    }

    /// <summary>Changes the store under its lock.</summary>
    /// <param name="change">The change: no call back to the user from in there.</param>
    /// <param name="token">Ends the wait for the lock.</param>
    /// <param name="rebuild">Whether a registry that cannot be read is rebuilt.</param>
    /// <returns>What the change returned.</returns>
    /// <exception cref="LlamaGateException">StoreLocked, RegistryCorrupt, and what the change throws.</exception>
    /// <exception cref="IOException">The disk.</exception>
    /// <exception cref="UnauthorizedAccessException">The disk.</exception>
    public T Write<T>(Func<Transaction, T> change, CancellationToken token, bool rebuild = false)
    {
        using Transaction transaction = Transaction.Begin(settings, lockState, registry, settings.LockTimeout, rebuild, token);
        registry = null; // What fails half way counts as far as the disk has it.
        T result = change(transaction);
        OwesSave |= transaction.Registry.JournalEnd is not null;
        if (transaction.Registry.Unfinished.Count > 0)
        {
            return result;
        }

        registry = transaction.Registry;
        if (OwesSave)
        {
            sinceSave.Start();
            if (registry.JournalRecordCount >= Math.Max(MostJournalRecords, registry.EntryCount) || sinceSave.Elapsed >= LongestWithoutSave)
            {
                SaveLater(transaction);
            }
        }

        return result;
    }

    /// <summary>Rewrites the registry if commits of this store are in the journal only.</summary>
    /// <param name="timeout">How long to wait for the lock.</param>
    /// <param name="token">Ends the wait for the lock.</param>
    public void Save(TimeSpan timeout, CancellationToken token)
    {
        if (!OwesSave)
        {
            return;
        }

        using Transaction transaction = Transaction.Begin(settings, lockState, registry, timeout, rebuild: false, token);
        registry = transaction.Registry;
        if (registry.JournalEnd is not null)
        {
            transaction.Save();
        }

        OwesSave = false;
        sinceSave.Reset();
    }

    // The commits are safe in the journal: that the registry cannot be written now is no failure of theirs.
    private void SaveLater(Transaction transaction)
    {
        try
        {
            transaction.Save();
            OwesSave = false;
            sinceSave.Reset();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            transaction.Warn($"installed.json cannot be rewritten yet ({exception.Message}). The changes are safe in the journal.");
            sinceSave.Restart();
        }
    }
}
