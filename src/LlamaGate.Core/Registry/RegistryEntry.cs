using System;
using System.Collections.Generic;
using System.Text.Json;

namespace LlamaGate.Registry;

/// <summary>An item as <c>installed.json</c> has it (contract, section 3). Immutable.</summary>
internal sealed class RegistryEntry
{
    private const string IdField = "id";
    private const string TypeField = "type";
    private const string NameField = "name";
    private const string VersionField = "version";
    private const string EnabledField = "enabled";
    private const string InstalledAtField = "installed_at";
    private const string LastUpdatedAtField = "last_updated_at";
    private const string SourcePathField = "source_path";

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

    /// <summary>Reads an element of the registry; null when it is not an entry that we understand, which is then kept as it is.</summary>
    public static RegistryEntry? TryRead(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        bool enabled = false;
        List<KeyValuePair<string, string>>? unknown = null;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            switch (property.Name)
            {
                case IdField or TypeField or NameField or VersionField or InstalledAtField or LastUpdatedAtField or SourcePathField:
                    if (property.Value.ValueKind == JsonValueKind.String)
                    {
                        texts[property.Name] = property.Value.GetString()!;
                    }
                    else if (property.Value.ValueKind != JsonValueKind.Null)
                    {
                        return null;
                    }

                    break;
                case EnabledField:
                    if (property.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null))
                    {
                        return null;
                    }

                    enabled = property.Value.ValueKind == JsonValueKind.True;
                    break;
                default:
                    (unknown ??= []).Add(new KeyValuePair<string, string>(property.Name, property.Value.GetRawText()));
                    break;
            }
        }

        string? id = Text(IdField);
        ItemType type = ItemType.Extension;
        if (!ItemId.IsReadable(id)
            || (!string.Equals(Text(TypeField), ItemType.Extension.ToToken(), StringComparison.Ordinal)
                && !string.Equals(Text(TypeField), (type = ItemType.AgenticModule).ToToken(), StringComparison.Ordinal)))
        {
            return null;
        }

        return new RegistryEntry(
            type,
            id!,
            Text(NameField) ?? id!,
            Text(VersionField) ?? string.Empty,
            enabled,
            Text(InstalledAtField),
            Text(LastUpdatedAtField),
            Text(SourcePathField) ?? string.Empty,
            unknown ?? []);

        string? Text(string field) => texts.TryGetValue(field, out string? value) ? value : null;
    }

    /// <summary>Writes the entry as an object: the known fields in the gateway's order, then the unknown ones as they were.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString(IdField, Id);
        writer.WriteString(TypeField, Type.ToToken());
        writer.WriteString(NameField, Name);
        writer.WriteString(VersionField, Version);
        writer.WriteBoolean(EnabledField, Enabled);
        WriteTime(InstalledAtField, InstalledAt);
        WriteTime(LastUpdatedAtField, LastUpdatedAt);
        writer.WriteString(SourcePathField, SourcePath);
        foreach (KeyValuePair<string, string> field in unknownFields)
        {
            writer.WritePropertyName(field.Key);
            writer.WriteRawValue(field.Value, skipInputValidation: true);
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
