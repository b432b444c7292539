using System.Collections.Generic;
using System.Linq;
using LlamaGate.FileSystem;

namespace LlamaGate.Registry;

/// <summary>
/// Entries with the journal's records laid over them (contract, section 6). A record does not win over an entry that the gateway has
/// written since, and does not bring back an item whose folder had moved in and is gone.
/// </summary>
internal sealed class JournalOverlay
{
    private readonly LlamaGateHome home;
    private readonly Dictionary<(ItemType Type, string Id), RegistryEntry?> underneath = [];
    private readonly List<UnfinishedChange> unfinished = [];
    private readonly HashSet<(ItemType Type, string Id)> moved = [];

    public JournalOverlay(LlamaGateHome home)
    {
        this.home = home;
    }

    public RegistryEntries Entries { get; } = new();

    /// <summary>How many records have been laid over the entries.</summary>
    public int RecordCount { get; private set; }

    /// <summary>The changes whose folders may not be where they belong.</summary>
    public IReadOnlyList<UnfinishedChange> Unfinished => unfinished;

    /// <summary>The items whose folders the records have moved.</summary>
    public IReadOnlyCollection<(ItemType Type, string Id)> Moved => moved;

    /// <summary>Whether an entry was dropped because its folder is gone.</summary>
    public bool HasDropped { get; private set; }

    /// <summary>Lays records over the entries.</summary>
    public void Apply(IReadOnlyCollection<JournalRecord> records)
    {
        RecordCount += records.Count;
        foreach (JournalRecord record in records)
        {
            if (record.MovesFolders)
            {
                unfinished.Add(new UnfinishedChange(record, Entries.Find(record.Type, record.Id)));
                moved.Add((record.Type, record.Id));
            }

            switch (record.Operation)
            {
                case JournalOperation.Done:
                    unfinished.Clear();
                    break;
                case JournalOperation.Install or JournalOperation.Set:
                    Entries.Set(WrittenSince(record) is { } written ? Merge(written, record) : record.Entry!);
                    break;
                default:
                    if (WrittenSince(record) is null)
                    {
                        Entries.Drop(record.Type, record.Id);
                    }

                    break;
            }
        }
    }

    /// <summary>
    /// Drops the entries of items that records have installed and whose folders are gone: whoever removes an item without knowing of the
    /// journal deletes its folder.
    /// </summary>
    public void DropWhatIsGone(IEnumerable<JournalRecord> records)
    {
        var waiting = new HashSet<(ItemType, string)>(unfinished.Select(change => (change.Record.Type, change.Record.Id)));
        foreach (JournalRecord record in records.Where(record => record.Operation == JournalOperation.Install))
        {
            if (!waiting.Contains((record.Type, record.Id)) && Entries.Find(record.Type, record.Id) is not null
                && StorePath.Probe(home.ItemFolder(record.Type, record.Id)) == PathKind.Missing)
            {
                Entries.Drop(record.Type, record.Id);
                HasDropped = true;
            }
        }
    }

    /// <summary>Takes over unfinished changes, without their records.</summary>
    public void Await(IEnumerable<UnfinishedChange> changes) => unfinished.AddRange(changes);

    /// <summary>Takes the entries, as they are now, for what <c>installed.json</c> says.</summary>
    public void Settle()
    {
        RecordCount = 0;
        underneath.Clear();
        unfinished.Clear();
        moved.Clear();
        HasDropped = false;
    }

    // What installed.json says of an item, if it was written after a record.
    private RegistryEntry? WrittenSince(JournalRecord record)
    {
        if (!underneath.TryGetValue((record.Type, record.Id), out RegistryEntry? entry))
        {
            entry = Entries.Find(record.Type, record.Id);
            underneath.Add((record.Type, record.Id), entry);
        }

        return record.Time is { } time && Rfc3339.Parse(entry?.LastUpdatedAt) is { } written && written > time ? entry : null;
    }

    // The state is the later one; the content is what the record installed, if that is what lies in the folder.
    private RegistryEntry Merge(RegistryEntry written, JournalRecord record)
    {
        RegistryEntry entry = record.Entry!;
        bool isOurs = record.Folder is { } folder
            && FileIdentity.Of(home.ItemFolder(record.Type, record.Id)) is { } there && there.Matches(folder);
        return isOurs ? written.WithContent(entry.Name, entry.Version, entry.SourcePath, written.LastUpdatedAt!) : written;
    }
}
