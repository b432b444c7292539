using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace LlamaGate.Registry;

/// <summary>
/// Reads an entry of <c>installed.json</c> from whoever wrote it: names and types in any case, texts for Booleans, a version as a number,
/// what <c>Get-LlamaGateExtension | ConvertTo-Json</c> prints (contract, section 3). Notes what the gateway would read otherwise.
/// </summary>
internal sealed class RegistryEntryReader
{
    private readonly List<string> corrections = [];
    private readonly List<KeyValuePair<string, string>> unknownFields = [];

    public ItemType Type { get; private set; }

    public string Id { get; private set; } = string.Empty;

    public string? Name { get; private set; }

    public string? Version { get; private set; }

    public bool Enabled { get; private set; }

    public string? InstalledAt { get; private set; }

    public string? LastUpdatedAt { get; private set; }

    public string? SourcePath { get; private set; }

    /// <summary>The fields that we do not know, as JSON on one line each.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UnknownFields => unknownFields;

    public IReadOnlyList<string> Corrections => corrections;

    /// <summary>Reads an element.</summary>
    /// <returns>Whether it is an entry. When not, nothing that was read counts.</returns>
    public bool TryRead(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        string? id = null;
        ItemType? type = null;
        string? path = null;
        string? homePath = null;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            JsonElement value = property.Value;
            string name = Plain(property.Name);
            string? text = null;
            bool isReadable = name switch
            {
                "id" or "type" => TryReadText(value, property.Name, numbersToo: false, out text),
                "name" or "version" or "sourcepath" => TryReadText(value, property.Name, numbersToo: true, out text),
                "enabled" => TryReadEnabled(value),
                _ => true,
            };
            if (!isReadable)
            {
                return false;
            }

            switch (name)
            {
                case "id":
                    id = text;
                    break;
                case "type":
                    type = ReadType(text);
                    break;
                case "name":
                    Name = text;
                    break;
                case "version":
                    Version = text;
                    break;
                case "enabled":
                    break;
                case "installedat":
                    InstalledAt = ReadTime(value, property.Name);
                    break;
                case "lastupdatedat":
                    LastUpdatedAt = ReadTime(value, property.Name);
                    break;
                case "sourcepath":
                    SourcePath = text;
                    break;
                case "path" when value.ValueKind == JsonValueKind.String:
                    path = value.GetString();
                    break;
                case "homepath" when value.ValueKind == JsonValueKind.String:
                    homePath = value.GetString();
                    break;
                default:
                    unknownFields.Add(new(property.Name, JsonText.OnOneLine(value)));
                    continue;
            }

            NoteSpelling(property.Name, name);
        }

        if (!ItemId.IsReadable(id) || type is null)
        {
            return false;
        }

        Id = id!;
        Type = type.Value;
        TakePaths(path, homePath);
        return true;
    }

    private static string Plain(string name) => name switch
    {
        "id" or "type" or "name" or "version" or "enabled" or "extension" => name, // Nearly all of a large registry is spelled so.
        "installed_at" => "installedat",
        "last_updated_at" => "lastupdatedat",
        "source_path" => "sourcepath",
        _ => new([.. name.Where(c => c is not ('_' or '-' or ' ')).Select(char.ToLowerInvariant)]),
    };

    // "Path" and "HomePath" are ours when both are there: they are what the cmdlets print.
    private void TakePaths(string? path, string? homePath)
    {
        if (path is not null && homePath is not null)
        {
            SourcePath ??= path;
            return;
        }

        foreach ((string name, string? value) in new[] { ("path", path), ("homePath", homePath) })
        {
            if (value is not null)
            {
                unknownFields.Add(new(name, "\"" + JsonEncodedText.Encode(value) + "\""));
            }
        }
    }

    // Go's reader takes names in any case, but no other spelling.
    private void NoteSpelling(string written, string name)
    {
        string field = name switch
        {
            "installedat" => "installed_at",
            "lastupdatedat" => "last_updated_at",
            "sourcepath" or "path" => "source_path",
            _ => name,
        };
        if (!string.Equals(written, field, StringComparison.OrdinalIgnoreCase))
        {
            corrections.Add($"{field} was spelled '{Printable.Of(written)}'");
        }
    }

    private ItemType? ReadType(string? text)
    {
        string plain = Plain(text ?? string.Empty).TrimEnd('s');
        ItemType? type = plain switch
        {
            "extension" => ItemType.Extension,
            "agenticmodule" => ItemType.AgenticModule,
            _ => null,
        };
        if (type is { } known && !string.Equals(text, known.ToToken(), StringComparison.Ordinal))
        {
            corrections.Add($"type was '{Printable.Of(text!)}'");
        }

        return type;
    }

    private bool TryReadText(JsonElement value, string name, bool numbersToo, out string? text)
    {
        text = null;
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                text = value.GetString();
                return true;
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.Number when numbersToo:
                text = value.GetRawText();
                corrections.Add($"{name} was a number: {Printable.Of(text)}");
                return true;
            default:
                return false;
        }
    }

    private bool TryReadEnabled(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null:
                Enabled = value.ValueKind == JsonValueKind.True;
                return true;
            case JsonValueKind.String or JsonValueKind.Number:
                string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
                bool? enabled = text.Trim().ToUpperInvariant() switch
                {
                    "TRUE" or "YES" or "ON" or "1" or "ENABLED" => true,
                    "FALSE" or "NO" or "OFF" or "0" or "DISABLED" or "" => false,
                    _ => null,
                };
                Enabled = enabled ?? false;
                corrections.Add($"enabled was {Printable.Of(value.GetRawText())}");
                return enabled is not null;
            default:
                return false;
        }
    }

    // A time that nobody can read is left out: the gateway refuses the whole file for it, and takes a missing one as "never".
    private string? ReadTime(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (text is not null && Rfc3339.IsValid(text))
        {
            return text;
        }

        corrections.Add($"{name} was {Printable.Of(value.ValueKind == JsonValueKind.String ? value.GetRawText() : "not a text")}");
        return Rfc3339.ParseLoosely(text ?? TimeInside(value)) is { } time ? Rfc3339.Format(time) : null;
    }

    // Windows PowerShell prints a time as an object.
    private static string? TimeInside(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
            && (value.TryGetProperty("UtcDateTime", out JsonElement time) || value.TryGetProperty("value", out time))
            && time.ValueKind == JsonValueKind.String
                ? time.GetString()
                : null;
}
