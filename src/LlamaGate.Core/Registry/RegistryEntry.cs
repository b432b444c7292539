using System.Collections.Generic;
using System.Text.Json;

namespace LlamaGate.Registry;

/// <summary>An item as <c>installed.json</c> has it (contract, section 3). Immutable.</summary>
internal sealed class RegistryEntry
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> unknownFields;

    public RegistryEntry(
        ItemType type, string id, string name, string version, bool enabled, string? installedAt, string? lastUpdatedAt, string sourcePath)
        : this(type, id, name, version, enabled, installedAt, lastUpdatedAt, sourcePath, [])
    {
    }

    private RegistryEntry(
        ItemType type,
        string id,
        string name,
        string version,
        bool enabled,
        string? installedAt,
        string? lastUpdatedAt,
        string sourcePath,
        IReadOnlyList<KeyValuePair<string, string>> unknownFields)
    {
        Type = type;
        Id = id;
        Name = name;
        Version = version;
        Enabled = enabled;
        InstalledAt = installedAt;
        LastUpdatedAt = lastUpdatedAt;
        SourcePath = sourcePath;
        this.unknownFields = unknownFields;
    }

    public ItemType Type { get; }

    public string Id { get; }

    public string Name { get; }

    public string Version { get; }

    public bool Enabled { get; }

    /// <summary>As it was written; null when it was not.</summary>
    public string? InstalledAt { get; }

    /// <summary>As it was written; null when it was not.</summary>
    public string? LastUpdatedAt { get; }

    /// <summary>Written for the gateway; never trusted as a place to write, read or delete.</summary>
    public string SourcePath { get; }

    /// <summary>
    /// Reads an element of the registry, and what a person plainly meant by it; null when it is not an entry that we understand, which
    /// is then kept as it is.
    /// </summary>
    /// <param name="element">An element of the array in <c>installed.json</c>.</param>
    /// <param name="corrections">What the gateway would not read as it is meant, such as <c>enabled is "true"</c>; empty for none.</param>
    public static RegistryEntry? TryRead(JsonElement element, out IReadOnlyList<string> corrections)
    {
        var reader = new RegistryEntryReader();
        bool isEntry = reader.TryRead(element);
        corrections = isEntry ? reader.Corrections : [];
        return isEntry
            ? new RegistryEntry(
                reader.Type, reader.Id, reader.Name ?? reader.Id, reader.Version ?? string.Empty, reader.Enabled, reader.InstalledAt,
                reader.LastUpdatedAt, reader.SourcePath ?? string.Empty, reader.UnknownFields)
            : null;
    }

    /// <summary>Writes the entry as an object: the known fields in the gateway's order, then the unknown ones as they were.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="depth">The level of the entry's own fields when each field gets a line of its own; -1 for all on one line.</param>
    public void Write(Utf8JsonWriter writer, int depth)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        writer.WriteString("type", Type.ToToken());
        writer.WriteString("name", Name);
        writer.WriteString("version", Version);
        writer.WriteBoolean("enabled", Enabled);
        WriteTime("installed_at", InstalledAt);
        WriteTime("last_updated_at", LastUpdatedAt);
        writer.WriteString("source_path", SourcePath);
        foreach (KeyValuePair<string, string> field in unknownFields)
        {
            writer.WritePropertyName(field.Key);
            writer.WriteRawValue(depth < 0 ? field.Value : JsonText.Indented(field.Value, depth), skipInputValidation: true);
        }

        writer.WriteEndObject();

        // The gateway's reader refuses an empty text as a time; one that is not there it takes as "never".
        void WriteTime(string field, string? time)
        {
            if (time is not null)
            {
                writer.WriteString(field, time);
            }
        }
    }

    /// <summary>The same item with another state.</summary>
    public RegistryEntry WithEnabled(bool enabled, string now) =>
        new(Type, Id, Name, Version, enabled, InstalledAt, now, SourcePath, unknownFields);

    /// <summary>The same item after an update or a correction; its state, install time and unknown fields stay.</summary>
    public RegistryEntry WithContent(string name, string version, string sourcePath, string now) =>
        new(Type, Id, name, version, Enabled, InstalledAt ?? now, now, sourcePath, unknownFields);

    /// <summary>The entry as people meet it.</summary>
    public InstalledItem ToItem(LlamaGateHome home) => new(
        Id,
        Type,
        Name,
        Version,
        Enabled,
        Rfc3339.Parse(InstalledAt),
        Rfc3339.Parse(LastUpdatedAt),
        home.ItemFolder(Type, Id),
        home.Path);
}
