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
    /// <summary>How often a reader begins again when writers change what it reads.</summary>
    public const int ReadAttempts = 1000;

    private readonly LlamaGateHome home;
    private readonly JournalOverlay overlay;
    private readonly Dictionary<(ItemType Type, string Id), IReadOnlyList<string>> corrections = [];
    private readonly List<(string Json, bool GatewayReads)> others = [];
    private readonly List<string> problems = [];
    private readonly List<string> unreadable = [];
    private FileStamp registryStamp;
    private byte[]? registryBytes;

    private RegistrySnapshot(LlamaGateHome home)
    {
        this.home = home;
        overlay = new JournalOverlay(home);
    }

    /// <summary>How far the journal was read; null when there is none.</summary>
    public JournalMark? JournalEnd { get; private set; }

    /// <summary>How many records the journal holds.</summary>
    public int JournalRecordCount => overlay.RecordCount;

    /// <summary>How many items are installed.</summary>
    public int EntryCount => overlay.Entries.Count;

    /// <summary>The changes whose folders may not be where they belong.</summary>
    public IReadOnlyList<UnfinishedChange> Unfinished => overlay.Unfinished;

    /// <summary>The items whose folders the journal's records have moved.</summary>
    public IReadOnlyCollection<(ItemType Type, string Id)> Moved => overlay.Moved;

    /// <summary>The files that could not be read, when the snapshot was salvaged.</summary>
    public IReadOnlyList<string> Unreadable => unreadable;

    /// <summary>Why the gateway cannot read <c>installed.json</c> as a whole; empty when it can.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Whether <c>installed.json</c> has elements that neither we nor the gateway understand.</summary>
    public bool HasForeignElements => others.Exists(other => !other.GatewayReads);

    /// <summary>Whether an entry was left out because the item's folder was not there.</summary>
    public bool HasDropped => overlay.HasDropped;

    /// <summary>The entries by type then id (ordinal).</summary>
    public IEnumerable<RegistryEntry> Entries => overlay.Entries.InOrder;

    /// <summary>Reads the snapshot without waiting for writers and without writing.</summary>
    /// <param name="home">The home.</param>
    /// <param name="onLook">Is called between the look at the files and the look at the items' folders; null but in tests.</param>
    /// <exception cref="LlamaGateException">RegistryCorrupt.</exception>
    public static RegistrySnapshot Read(LlamaGateHome home, Action? onLook = null)
    {
        for (int attempt = 0; attempt < ReadAttempts; attempt++)
        {
            if (TryRead(home, onLook) is { } snapshot)
            {
                return snapshot;
            }
        }

        throw RegistryErrors.ChangesTooFast(home);
    }

    /// <summary>As much as can be read, entry by entry; the files that are damaged are named in <see cref="Unreadable"/>.</summary>
    public static RegistrySnapshot Salvage(LlamaGateHome home)
    {
        RegistryErrors.ThrowIfFile(home);
        var snapshot = new RegistrySnapshot(home) { registryStamp = FileStamp.Of(home.RegistryFile) };
        try
        {
            byte[]? bytes = StoreFile.TryReadAllBytes(home.RegistryFile);
            try
            {
                snapshot.Take(bytes is null ? new RegistryContent() : RegistryFile.Parse(bytes));
            }
            catch (JsonException)
            {
                snapshot.unreadable.Add(home.RegistryFile);
                snapshot.Take(RegistryFile.Salvage(bytes!));
            }
        }
        catch (InvalidDataException)
        {
            snapshot.unreadable.Add(home.RegistryFile); // Too large to be one that LlamaGate wrote.
        }

        Journal journal = Journal.Read(home.JournalFile);
        snapshot.Take(journal);
        if (journal.Failure is not null)
        {
            snapshot.unreadable.Add(home.JournalFile);
        }

        return snapshot;
    }

    /// <summary>Takes in what others have changed since; reads no more than they wrote.</summary>
    /// <param name="trustsStamp">
    /// Whether the size and the times of the registry tell if it was rewritten. If not, its bytes are compared: two writers may be faster
    /// than the clock of the file system.
    /// </param>
    /// <param name="onLook">Is called between the look at the files and the look at the items' folders; null but in tests.</param>
    /// <returns>This snapshot, or a new one when the registry itself was rewritten.</returns>
    public RegistrySnapshot Refresh(bool trustsStamp, Action? onLook = null)
    {
        if (FileStamp.Of(home.RegistryFile) != registryStamp
            || (!trustsStamp && !StoreFile.TryReadAllBytes(home.RegistryFile).AsSpan().SequenceEqual(registryBytes)))
        {
            return Read(home, onLook);
        }

        Journal journal = Journal.Read(home.JournalFile, JournalEnd).Whole(home.JournalFile);
        if (JournalEnd is null ? journal.End is not null : !journal.Continues)
        {
            return Read(home, onLook);
        }

        Take(journal, onLook);
        return this;
    }

    /// <summary>Whether the files still say what was read from them, and no more.</summary>
    public bool IsCurrent()
    {
        var journal = Journal.Read(home.JournalFile, JournalEnd);
        return FileStamp.Of(home.RegistryFile) == registryStamp
            && journal is { Failure: null, Records.Count: 0 }
            && (JournalEnd is null ? journal.End is null : journal.Continues);
    }

    /// <summary>The snapshot as it will be when some of its unfinished changes have been settled otherwise than their records say.</summary>
    /// <param name="settle">The record that a change ends in; null for a change that will be completed.</param>
    /// <returns>This snapshot when there is no such change; else a copy, to be looked at only.</returns>
    public RegistrySnapshot Settled(Func<UnfinishedChange, JournalRecord?> settle)
    {
        var settled = Unfinished.Select(change => (Change: change, Record: settle(change))).Where(each => each.Record is not null).ToList();
        if (settled.Count == 0)
        {
            return this;
        }

        var copy = new RegistrySnapshot(home);
        foreach (RegistryEntry entry in Entries)
        {
            copy.overlay.Entries.Set(entry);
        }

        foreach ((_, JournalRecord? record) in settled)
        {
            if (record!.Entry is { } entry)
            {
                copy.overlay.Entries.Set(entry);
            }
            else
            {
                copy.overlay.Entries.Drop(record.Type, record.Id);
            }
        }

        copy.overlay.Await(Unfinished.Except(settled.Select(each => each.Change)));
        return copy;
    }

    /// <inheritdoc cref="RegistryEntries.Find"/>
    public RegistryEntry? Find(ItemType type, string id) => overlay.Entries.Find(type, id);

    /// <inheritdoc cref="RegistryEntries.FindAlike"/>
    public IReadOnlyList<RegistryEntry> FindAlike(ItemType type, string id) => overlay.Entries.FindAlike(type, id);

    /// <summary>What the gateway would read of an item's entry otherwise than it is meant.</summary>
    public IReadOnlyList<string> CorrectionsOf(ItemType type, string id) =>
        corrections.TryGetValue((type, id), out IReadOnlyList<string>? found) ? found : [];

    /// <summary>Takes in records that this process has appended.</summary>
    public void Appended(JournalMark end, IReadOnlyCollection<JournalRecord> records)
    {
        JournalEnd = end;
        Apply(records);
    }

    /// <summary>Lays records over the entries.</summary>
    public void Apply(IReadOnlyCollection<JournalRecord> records) => overlay.Apply(records);

    /// <summary>Leaves out what the gateway cannot read of <c>installed.json</c>; the caller has kept a copy.</summary>
    public void Heal()
    {
        problems.Clear();
        others.RemoveAll(other => !other.GatewayReads);
        corrections.Clear();
    }

    /// <summary>The bytes of the registry that says all this.</summary>
    public byte[] Format() => RegistryFile.Format(Entries, others.Select(other => other.Json));

    /// <summary>Takes in that the registry now says all this, and that the journal is gone.</summary>
    /// <param name="written">The bytes of the registry.</param>
    public void Saved(byte[] written)
    {
        registryBytes = written;
        registryStamp = FileStamp.Of(home.RegistryFile);
        JournalEnd = null;
        overlay.Settle();
        unreadable.Clear();
        problems.Clear();
        corrections.Clear();
    }

    // A registry that is replaced between the two reads would hide the commits that moved into it: the journal's generation tells.
    private static RegistrySnapshot? TryRead(LlamaGateHome home, Action? onLook)
    {
        string? generation = Journal.ReadGeneration(home.JournalFile);
        var snapshot = new RegistrySnapshot(home);
        Exception? corrupt = null;
        try
        {
            snapshot.ReadRegistry();
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            corrupt = exception;
        }

        Journal journal = Journal.Read(home.JournalFile).Whole(home.JournalFile);
        if (!string.Equals(generation, journal.End?.Generation, StringComparison.Ordinal)
            || FileStamp.Of(home.RegistryFile) != snapshot.registryStamp)
        {
            return null;
        }

        if (corrupt is not null)
        {
            throw RegistryErrors.Corrupt(home.RegistryFile, corrupt);
        }

        snapshot.Take(journal, onLook);
        return snapshot;
    }

    private void ReadRegistry()
    {
        RegistryErrors.ThrowIfFile(home);
        registryStamp = FileStamp.Of(home.RegistryFile);
        registryBytes = StoreFile.TryReadAllBytes(home.RegistryFile);
        if (registryBytes is not null)
        {
            Take(RegistryFile.Parse(registryBytes));
        }
    }

    private void Take(RegistryContent content)
    {
        foreach ((RegistryEntry entry, IReadOnlyList<string> found) in content.Entries)
        {
            if (Find(entry.Type, entry.Id) is not null)
            {
                problems.Add($"it lists {entry.Type.ToToken()} '{entry.Id}' more than once");
            }

            overlay.Entries.Set(entry);
            corrections.Remove((entry.Type, entry.Id));
            if (found.Count > 0)
            {
                corrections.Add((entry.Type, entry.Id), found);
            }
        }

        others.AddRange(content.Others);
        problems.AddRange(content.Problems);
    }

    private void Take(Journal journal, Action? onLook = null)
    {
        JournalEnd = journal.End;
        overlay.Apply(journal.Records);
        if (journal.Records.Count > 0)
        {
            onLook?.Invoke();
        }

        overlay.DropWhatIsGone(journal.Records);
    }
}
