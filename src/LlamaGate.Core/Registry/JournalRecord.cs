using System.Globalization;
using System.Text.Json;

namespace LlamaGate.Registry;

/// <summary>What a line of the journal says (contract, section 6).</summary>
internal enum JournalOperation
{
    /// <summary>A staged folder becomes the item's folder; the entry is set.</summary>
    Install,

    /// <summary>The item's folder, backups and checksums go to the trash; the entry is dropped.</summary>
    Remove,

    /// <summary>The entry is set; no folder moves.</summary>
    Set,

    /// <summary>The entry is dropped; no folder moves.</summary>
    Drop,

    /// <summary>The folders of every record before this one are where they belong.</summary>
    Done,
}

/// <summary>One line of the journal. What it names is checked as strictly as a package's names: it decides what is moved.</summary>
internal sealed class JournalRecord
{
    private JournalRecord(
        JournalOperation operation, ItemType type, string id, RegistryEntry? entry, string staging, long stamp, string backup)
    {
        Operation = operation;
        Type = type;
        Id = id;
        Entry = entry;
        Staging = staging;
        Stamp = stamp;
        Backup = backup;
    }

    public static JournalRecord Done { get; } = new(JournalOperation.Done, default, string.Empty, null, string.Empty, 0, string.Empty);

    public JournalOperation Operation { get; }

    public ItemType Type { get; }

    public string Id { get; }

    /// <summary>The new entry of an install or a set.</summary>
    public RegistryEntry? Entry { get; }

    /// <summary>The name of the staging folder: of the new content of an install, of the trash of a remove.</summary>
    public string Staging { get; }

    /// <summary>What tells the new folder from the one that it replaces: its last write time, in ticks of UTC.</summary>
    public long Stamp { get; }

    /// <summary>The name of the backup that the replaced folder becomes.</summary>
    public string Backup { get; }

    /// <summary>Whether folders are to be moved for it.</summary>
    public bool MovesFolders => Operation is JournalOperation.Install or JournalOperation.Remove;

    public static JournalRecord Install(RegistryEntry entry, string staging, long stamp, string backup) =>
        new(JournalOperation.Install, entry.Type, entry.Id, entry, staging, stamp, backup);

    public static JournalRecord Remove(ItemType type, string id, string trash) =>
        new(JournalOperation.Remove, type, id, null, trash, 0, string.Empty);

    public static JournalRecord Set(RegistryEntry entry) =>
        new(JournalOperation.Set, entry.Type, entry.Id, entry, string.Empty, 0, string.Empty);

    public static JournalRecord Drop(ItemType type, string id) =>
        new(JournalOperation.Drop, type, id, null, string.Empty, 0, string.Empty);

    /// <summary>Reads a line; null when it is none that this version writes.</summary>
    public static JournalRecord? TryRead(JsonElement line)
    {
        switch (Text(line, "op"))
        {
            case "done":
                return Done;
            case "set" when ReadEntry(line) is { } entry:
                return Set(entry);
            case "install" when ReadEntry(line) is { } entry
                && Text(line, "staging") is { } staging && StagingName.IsValid(staging)
                && Text(line, "backup") is { } backup && BackupName.IsValid(backup)
                && line.TryGetProperty("stamp", out JsonElement stamp) && stamp.TryGetInt64(out long ticks):
                return Install(entry, staging, ticks, backup);
            case "drop" when TryReadItem(line, out ItemType type, out string id):
                return Drop(type, id);
            case "remove" when TryReadItem(line, out ItemType type, out string id)
                && Text(line, "staging") is { } trash && StagingName.IsValid(trash):
                return Remove(type, id, trash);
            default:
                return null;
        }
    }

    /// <summary>Writes the line, without its end.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("op", Operation switch
        {
            JournalOperation.Install => "install",
            JournalOperation.Remove => "remove",
            JournalOperation.Set => "set",
            JournalOperation.Drop => "drop",
            _ => "done",
        });
        if (Entry is not null)
        {
            writer.WritePropertyName("entry");
            Entry.Write(writer);
        }
        else if (Operation != JournalOperation.Done)
        {
            writer.WriteString("type", Type.ToToken());
            writer.WriteString("id", Id);
        }

        if (MovesFolders)
        {
            writer.WriteString("staging", Staging);
        }

        if (Operation == JournalOperation.Install)
        {
            writer.WriteNumber("stamp", Stamp);
            writer.WriteString("backup", Backup);
        }

        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1} {2}", Operation, Type, Id);

    private static RegistryEntry? ReadEntry(JsonElement line) =>
        line.TryGetProperty("entry", out JsonElement entry) ? RegistryEntry.TryRead(entry) : null;

    private static string? Text(JsonElement line, string field) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static bool TryReadItem(JsonElement line, out ItemType type, out string id)
    {
        id = Text(line, "id") ?? string.Empty;
        return ItemTypes.TryParse(Text(line, "type"), out type) && ItemId.IsReadable(id);
    }
}
