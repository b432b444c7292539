using System;
using System.Globalization;
using System.Text.Json;
using LlamaGate.FileSystem;

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
    private JournalRecord(JournalOperation operation, ItemType type = default, string id = "")
    {
        Operation = operation;
        Type = type;
        Id = id;
    }

    /// <summary>The record that closes a group.</summary>
    public static JournalRecord Done { get; } = new(JournalOperation.Done);

    public JournalOperation Operation { get; }

    public ItemType Type { get; }

    public string Id { get; }

    /// <summary>The new entry of an install or a set.</summary>
    public RegistryEntry? Entry { get; private init; }

    /// <summary>The name of the staging folder: of the new content of an install, of the trash of a remove.</summary>
    public string Staging { get; private init; } = string.Empty;

    /// <summary>Which folder an install staged. Null in journals that earlier versions wrote.</summary>
    public FileIdentity? Folder { get; private init; }

    /// <summary>Which folder an install replaces. Null at a first install, and in journals that earlier versions wrote.</summary>
    public FileIdentity? Replaced { get; private init; }

    /// <summary>The name of the backup that the replaced folder becomes.</summary>
    public string Backup { get; private init; } = string.Empty;

    /// <summary>The name of the backup that an install brings back, and that is not kept besides; empty for other installs.</summary>
    public string Restored { get; private init; } = string.Empty;

    /// <summary>When the entry was dropped, as RFC 3339; null in journals that earlier versions wrote.</summary>
    public string? DroppedAt { get; private init; }

    /// <summary>Whether folders are to be moved for it.</summary>
    public bool MovesFolders => Operation is JournalOperation.Install or JournalOperation.Remove;

    /// <summary>When the change was made; null when the record does not tell.</summary>
    public DateTimeOffset? Time => Rfc3339.Parse(Entry is null ? DroppedAt : Entry.LastUpdatedAt);

    public static JournalRecord Install(
        RegistryEntry entry, string staging, FileIdentity? folder, FileIdentity? replaced, string backup, string restored = "") =>
        new(JournalOperation.Install, entry.Type, entry.Id)
        {
            Entry = entry,
            Staging = staging,
            Folder = folder,
            Replaced = replaced,
            Backup = backup,
            Restored = restored,
        };

    public static JournalRecord Remove(ItemType type, string id, string trash, string at) =>
        new(JournalOperation.Remove, type, id) { Staging = trash, DroppedAt = at };

    public static JournalRecord Set(RegistryEntry entry) => new(JournalOperation.Set, entry.Type, entry.Id) { Entry = entry };

    public static JournalRecord Drop(ItemType type, string id, string at) => new(JournalOperation.Drop, type, id) { DroppedAt = at };

    /// <summary>Reads a line; null when neither this version nor an earlier one writes such a line.</summary>
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
                && Text(line, "backup") is { } backup && BackupName.IsValid(backup):
                string restored = Text(line, "restored") ?? string.Empty;
                return Install(
                    entry, staging, Identity(line, "folder"), Identity(line, "replaced"), backup, BackupName.IsValid(restored) ? restored : string.Empty);
            case "drop" when TryReadItem(line, out ItemType type, out string id):
                return new(JournalOperation.Drop, type, id) { DroppedAt = Text(line, "at") };
            case "remove" when TryReadItem(line, out ItemType type, out string id)
                && Text(line, "staging") is { } trash && StagingName.IsValid(trash):
                return new(JournalOperation.Remove, type, id) { Staging = trash, DroppedAt = Text(line, "at") };
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
            Entry.Write(writer, depth: -1);
        }
        else if (Operation != JournalOperation.Done)
        {
            writer.WriteString("type", Type.ToToken());
            writer.WriteString("id", Id);
        }

        WriteText(writer, "staging", Staging);
        WriteText(writer, "folder", Folder?.ToString());
        WriteText(writer, "replaced", Replaced?.ToString());
        WriteText(writer, "backup", Backup);
        WriteText(writer, "restored", Restored);
        WriteText(writer, "at", DroppedAt);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1} {2}", Operation, Type, Id);

    private static void WriteText(Utf8JsonWriter writer, string field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(field, value);
        }
    }

    private static RegistryEntry? ReadEntry(JsonElement line) =>
        line.TryGetProperty("entry", out JsonElement entry) ? RegistryEntry.TryRead(entry, out _) : null;

    private static string? Text(JsonElement line, string field) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static FileIdentity? Identity(JsonElement line, string field) => Text(line, field) is { } text ? FileIdentity.Parse(text) : null;

    private static bool TryReadItem(JsonElement line, out ItemType type, out string id)
    {
        id = Text(line, "id") ?? string.Empty;
        return ItemTypes.TryParse(Text(line, "type"), out type) && ItemId.IsReadable(id);
    }
}
