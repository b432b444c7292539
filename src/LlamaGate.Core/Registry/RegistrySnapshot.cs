using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using LlamaGate.FileSystem;

namespace LlamaGate.Registry;

/// <summary>
/// What is installed: <c>installed.json</c> with the journal laid over it (contract, section 6). Remembers which state of the two
/// files it was read from, so that a long pipeline reads them again only when somebody else has changed them.
/// </summary>
internal sealed class RegistrySnapshot
{
    private const int ReadAttempts = 1000;

    private readonly LlamaGateHome home;
    private readonly Dictionary<ItemType, Dictionary<string, List<RegistryEntry>>> entries = new()
    {
        [ItemType.Extension] = new(StringComparer.OrdinalIgnoreCase),
        [ItemType.AgenticModule] = new(StringComparer.OrdinalIgnoreCase),
    };

    private readonly List<string> others = [];
    private readonly List<UnfinishedChange> unfinished = [];
    private readonly List<string> unreadable = [];
    private readonly HashSet<(ItemType Type, string Id)> moved = [];
    private FileStamp registryStamp;

    private RegistrySnapshot(LlamaGateHome home)
    {
        this.home = home;
    }

    /// <summary>How far the journal was read; null when there is none.</summary>
    public JournalMark? JournalEnd { get; private set; }

    /// <summary>How many records the journal holds.</summary>
    public int JournalRecordCount { get; private set; }

    /// <summary>The changes whose folders may not be where they belong.</summary>
    public IReadOnlyList<UnfinishedChange> Unfinished => unfinished;

    /// <summary>The items whose folders the journal's records have moved.</summary>
    public IReadOnlyCollection<(ItemType Type, string Id)> Moved => moved;

    /// <summary>The files that could not be read, when the state was salvaged.</summary>
    public IReadOnlyList<string> Unreadable => unreadable;

    /// <summary>The entries by type then id (ordinal).</summary>
    public IEnumerable<RegistryEntry> Entries => entries.Values
        .SelectMany(ofType => ofType.Values.SelectMany(alike => alike))
        .OrderBy(entry => entry.Type.ToToken(), StringComparer.Ordinal)
        .ThenBy(entry => entry.Id, StringComparer.Ordinal);

    /// <summary>Reads the state without waiting for writers and without writing.</summary>
    /// <param name="home">The home.</param>
    /// <returns>The state.</returns>
    /// <exception cref="LlamaGateException">RegistryCorrupt.</exception>
    public static RegistrySnapshot Read(LlamaGateHome home)
    {
        for (int attempt = 0; attempt < ReadAttempts; attempt++)
        {
            if (TryRead(home) is { } state)
            {
                return state;
            }
        }

        throw new LlamaGateException(
            ErrorIds.StoreLocked, $"The registry of '{home.Path}' changes faster than it can be read. Try again.", home.RegistryFile);
    }

    /// <summary>As much of the state as can be read; what cannot is named in <see cref="Unreadable"/>.</summary>
    /// <param name="home">The home.</param>
    /// <returns>The state.</returns>
    public static RegistrySnapshot Salvage(LlamaGateHome home)
    {
        var state = new RegistrySnapshot(home);
        try
        {
            state.ReadRegistry();
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            state.unreadable.Add(home.RegistryFile);
        }

        Journal journal = Journal.Read(home.JournalFile);
        state.Take(journal);
        if (journal.Failure is not null)
        {
            state.unreadable.Add(home.JournalFile);
        }

        return state;
    }

    /// <summary>Takes in what others have changed since; reads no more than they wrote.</summary>
    /// <returns>This state, or a new one when the registry itself was rewritten.</returns>
    public RegistrySnapshot Refresh()
    {
        if (FileStamp.Of(home.RegistryFile) != registryStamp)
        {
            return Read(home);
        }

        Journal journal = ReadJournal(home, JournalEnd);
        if (JournalEnd is null ? journal.End is not null : !journal.Continues)
        {
            return Read(home);
        }

        Take(journal);
        return this;
    }

    /// <summary>The state as it is without some of its unfinished changes.</summary>
    /// <param name="isGone">Tells which will be taken back.</param>
    /// <returns>This state when there are none; else a copy, to be looked at only.</returns>
    public RegistrySnapshot Without(Func<UnfinishedChange, bool> isGone)
    {
        List<UnfinishedChange> gone = unfinished.FindAll(change => isGone(change));
        if (gone.Count == 0)
        {
            return this;
        }

        var copy = new RegistrySnapshot(home);
        foreach (RegistryEntry entry in Entries)
        {
            copy.Set(entry);
        }

        copy.Apply(gone.ConvertAll(change => change.TakenBack));
        copy.unfinished.AddRange(unfinished.Except(gone));
        return copy;
    }

    /// <summary>The entry of exactly this id.</summary>
    public RegistryEntry? Find(ItemType type, string id) =>
        FindAlike(type, id).FirstOrDefault(entry => string.Equals(entry.Id, id, StringComparison.Ordinal));

    /// <summary>The entries whose ids are equal but for case.</summary>
    public IReadOnlyList<RegistryEntry> FindAlike(ItemType type, string id) =>
        entries[type].TryGetValue(id, out List<RegistryEntry>? alike) ? alike : [];

    /// <summary>Takes in records that this process has appended.</summary>
    public void Appended(JournalMark end, IReadOnlyCollection<JournalRecord> records)
    {
        JournalEnd = end;
        Apply(records);
    }

    /// <summary>Lays records over the entries.</summary>
    public void Apply(IReadOnlyCollection<JournalRecord> records)
    {
        JournalRecordCount += records.Count;
        foreach (JournalRecord record in records)
        {
            if (record.MovesFolders)
            {
                unfinished.Add(new UnfinishedChange(record, Find(record.Type, record.Id)));
                moved.Add((record.Type, record.Id));
            }

            switch (record.Operation)
            {
                case JournalOperation.Install or JournalOperation.Set:
                    Set(record.Entry!);
                    break;
                case JournalOperation.Remove or JournalOperation.Drop:
                    Drop(record.Type, record.Id);
                    break;
                default:
                    unfinished.Clear();
                    break;
            }
        }
    }

    /// <summary>The bytes of the registry that says all this.</summary>
    public byte[] Format() => RegistryFile.Format(Entries, others);

    /// <summary>Takes in that the registry now says all this, and that the journal is gone.</summary>
    public void Saved()
    {
        registryStamp = FileStamp.Of(home.RegistryFile);
        JournalEnd = null;
        JournalRecordCount = 0;
        unfinished.Clear();
        unreadable.Clear();
        moved.Clear();
    }

    // A registry that is replaced between the two reads would hide the commits that moved into it: the journal's generation tells.
    private static RegistrySnapshot? TryRead(LlamaGateHome home)
    {
        string? generation = Journal.ReadGeneration(home.JournalFile);
        var state = new RegistrySnapshot(home);
        Exception? corrupt = null;
        try
        {
            state.ReadRegistry();
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            corrupt = exception;
        }

        Journal journal = ReadJournal(home);
        if (!string.Equals(generation, journal.End?.Generation, StringComparison.Ordinal)
            || FileStamp.Of(home.RegistryFile) != state.registryStamp)
        {
            return null;
        }

        if (corrupt is not null)
        {
            throw Corrupt(home.RegistryFile, corrupt);
        }

        state.Take(journal);
        return state;
    }

    private static Journal ReadJournal(LlamaGateHome home, JournalMark? known = null)
    {
        var journal = Journal.Read(home.JournalFile, known);
        return journal.Failure is { } failure ? throw Corrupt(home.JournalFile, failure) : journal;
    }

    private static LlamaGateException Corrupt(string path, Exception cause)
    {
        string where = cause is JsonException { LineNumber: { } line } ? $" (line {line + 1})" : string.Empty;
        return new LlamaGateException(
            ErrorIds.RegistryCorrupt,
            $"The registry cannot be read: '{path}' is not what LlamaGate writes{where}. Nothing was changed. Run "
            + "Sync-LlamaGateExtension (llamagate sync): it keeps a copy of the file and rebuilds the registry from what is on disk.",
            path,
            innerException: cause);
    }

    private void ReadRegistry()
    {
        if (StorePath.Probe(home.Path) == PathKind.File)
        {
            throw new IOException("It is a file, where a folder should be.");
        }

        registryStamp = FileStamp.Of(home.RegistryFile);
        if (StoreFile.TryReadAllBytes(home.RegistryFile) is { } bytes)
        {
            var read = new List<RegistryEntry>();
            RegistryFile.Parse(bytes, read, others);
            read.ForEach(Set);
        }
    }

    private void Take(Journal journal)
    {
        JournalEnd = journal.End;
        Apply(journal.Records);
    }

    private void Set(RegistryEntry entry)
    {
        Drop(entry.Type, entry.Id);
        if (!entries[entry.Type].TryGetValue(entry.Id, out List<RegistryEntry>? alike))
        {
            entries[entry.Type].Add(entry.Id, alike = []);
        }

        alike.Add(entry);
    }

    private void Drop(ItemType type, string id)
    {
        if (entries[type].TryGetValue(id, out List<RegistryEntry>? alike)
            && alike.RemoveAll(entry => string.Equals(entry.Id, id, StringComparison.Ordinal)) > 0
            && alike.Count == 0)
        {
            entries[type].Remove(id);
        }
    }

    /// <summary>What changes when somebody replaces or rewrites a file.</summary>
    private readonly record struct FileStamp(bool Exists, long Length, DateTime Written, DateTime Created)
    {
        public static FileStamp Of(string path)
        {
            var file = new FileInfo(path);
            return file.Exists
                ? new FileStamp(true, file.Length, file.LastWriteTimeUtc, file.CreationTimeUtc)
                : default;
        }
    }
}
