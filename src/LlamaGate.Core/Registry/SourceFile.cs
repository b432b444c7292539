using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using LlamaGate.FileSystem;

namespace LlamaGate.Registry;

/// <summary>
/// <c>registry/sources/&lt;type&gt;/&lt;id&gt;.json</c>: where an item came from. Staged with the item's content and moved with it; an empty
/// staged file says that the new content came from a file, and takes the record of the old content away.
/// </summary>
internal static class SourceFile
{
    private const string Extension = ".json";

    /// <summary>The bytes of a record.</summary>
    public static byte[] Format(ItemSource source)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            WriteText(writer, "repository", source.Repository);
            WriteText(writer, "package", source.PackageId);
            WriteText(writer, "range", source.VersionRange);
            WriteText(writer, "version", source.Version);
            if (source.IncludesPrerelease)
            {
                writer.WriteBoolean("prerelease", value: true);
            }

            WriteText(writer, "address", source.Address);
            writer.WriteString("sha512", source.Sha512);
            writer.WriteString("time", Rfc3339.Format(source.Time));
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a record; null when there is none, or one that this version cannot read: updates skip such an item.</summary>
    public static ItemSource? TryRead(string path)
    {
        try
        {
            if (StoreFile.TryReadAllBytes(path) is not { Length: > 0 } bytes)
            {
                return null;
            }

            using var document = JsonDocument.Parse(bytes);
            JsonElement root = document.RootElement;
            return Text(root, "sha512") is { } sha512 && (Text(root, "address") is not null || (Text(root, "repository") is not null && Text(root, "package") is not null))
                ? new ItemSource(
                    Text(root, "repository"),
                    Text(root, "package"),
                    Text(root, "range"),
                    root.TryGetProperty("prerelease", out JsonElement prerelease) && prerelease.ValueKind == JsonValueKind.True,
                    Text(root, "version"),
                    Text(root, "address"),
                    sha512,
                    Rfc3339.Parse(Text(root, "time")) ?? default)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Says of one item where it came from.</summary>
    public static InstalledItem Attach(LlamaGateHome home, InstalledItem item)
    {
        item.Source = TryRead(home.SourceFile(item.ItemType, item.Id))?.ToString();
        return item;
    }

    /// <summary>Says of items where they came from. Reads two folders, and a file an item that has one.</summary>
    public static IReadOnlyList<InstalledItem> Attach(LlamaGateHome home, IReadOnlyList<InstalledItem> items)
    {
        var recorded = new HashSet<(ItemType Type, string Id)>();
        foreach (ItemType type in new[] { ItemType.Extension, ItemType.AgenticModule })
        {
            foreach (string path in List(home.SourcesFolder(type)))
            {
                recorded.Add((type, Path.GetFileNameWithoutExtension(path)));
            }
        }

        foreach (InstalledItem item in items)
        {
            if (recorded.Contains((item.ItemType, item.Id)))
            {
                Attach(home, item);
            }
        }

        return items;
    }

    private static string[] List(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*" + Extension);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // Nothing came from anywhere, or nobody may know.
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string field, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(field, value);
        }
    }

    private static string? Text(JsonElement element, string field) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
