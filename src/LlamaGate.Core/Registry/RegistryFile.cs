using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LlamaGate.FileSystem;

namespace LlamaGate.Registry;

/// <summary>The bytes of <c>installed.json</c>: read from whoever wrote them, written as the gateway writes them (contract, section 3).</summary>
internal static class RegistryFile
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonDocumentOptions StrictOptions = new() { MaxDepth = JsonText.ReaderOptions.MaxDepth };

    /// <summary>Reads a registry.</summary>
    /// <exception cref="JsonException">The bytes are not JSON, or neither an array nor an object.</exception>
    public static RegistryContent Parse(byte[] bytes)
    {
        var content = new RegistryContent();
        try
        {
            byte[] utf8 = ToUtf8(bytes, content.Problems);
            using JsonDocument document = ParseJson(utf8, content.Problems);
            switch (document.RootElement.ValueKind)
            {
                case JsonValueKind.Null:
                    break;
                case JsonValueKind.Array:
                    foreach (JsonElement element in document.RootElement.EnumerateArray())
                    {
                        Add(content, element);
                    }

                    break;
                case JsonValueKind.Object:
                    content.Problems.Add("it is one object instead of an array");
                    Add(content, document.RootElement);
                    if (content.Entries.Count == 0)
                    {
                        throw new JsonException("It is not a JSON array.");
                    }

                    break;
                default:
                    throw new JsonException("It is not a JSON array.");
            }

            return content;
        }
        catch (Exception exception) when (exception is DecoderFallbackException or InvalidOperationException)
        {
            // InvalidOperationException is what the reader says of half a surrogate pair.
            throw new JsonException("It is not UTF-8 text.", exception);
        }
    }

    /// <summary>Reads as many entries as can be told of a file that is not JSON as a whole: cut off, merged, or edited by hand.</summary>
    public static RegistryContent Salvage(byte[] bytes)
    {
        var content = new RegistryContent();
        byte[] text = TryToUtf8(bytes);
        int start = Array.IndexOf(text, (byte)'{');
        while (start >= 0)
        {
            int next = start + 1;
            var reader = new Utf8JsonReader(
                text.AsSpan(start), new JsonReaderOptions { MaxDepth = 512, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            try
            {
                using JsonDocument document = JsonDocument.ParseValue(ref reader);
                if (RegistryEntry.TryRead(document.RootElement, out IReadOnlyList<string> corrections) is { } entry)
                {
                    content.Entries.Add((entry, corrections));
                    next = start + (int)reader.BytesConsumed;
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                // Not an object from here: it may hold whole ones.
            }

            start = next < text.Length ? Array.IndexOf(text, (byte)'{', next) : -1;
        }

        return content;
    }

    /// <summary>Writes a registry.</summary>
    /// <param name="entries">The entries, in order.</param>
    /// <param name="others">What stands behind them, as JSON text.</param>
    public static byte[] Format(IEnumerable<RegistryEntry> entries, IEnumerable<string> others)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartArray();
            foreach (RegistryEntry entry in entries)
            {
                entry.Write(writer, depth: 2);
            }

            foreach (string other in others)
            {
                writer.WriteRawValue("\n  " + JsonText.Indented(other, depth: 1), skipInputValidation: true);
            }

            writer.WriteEndArray();
        }

        return WithoutCarriageReturns(buffer);
    }

    private static void Add(RegistryContent content, JsonElement element)
    {
        if (RegistryEntry.TryRead(element, out IReadOnlyList<string> corrections) is { } entry)
        {
            content.Entries.Add((entry, corrections));
        }
        else if (element.ValueKind == JsonValueKind.Null)
        {
            content.Problems.Add("it has an entry that is null");
        }
        else if (GatewayCanRead(element))
        {
            content.Others.Add((JsonText.OnOneLine(element), GatewayReads: true));
        }
        else
        {
            string json = JsonText.OnOneLine(element);
            content.Others.Add((json, GatewayReads: false));
            content.Problems.Add($"it has an entry that is not an item: {Printable.Of(json)}");
        }
    }

    // Whether Go's encoding/json reads an element into the gateway's fields.
    private static bool GatewayCanRead(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            JsonValueKind kind = property.Value.ValueKind;
            bool isRight = kind == JsonValueKind.Null || property.Name.ToUpperInvariant() switch
            {
                "ID" or "TYPE" or "NAME" or "VERSION" or "SOURCE_PATH" => kind == JsonValueKind.String,
                "ENABLED" => kind is JsonValueKind.True or JsonValueKind.False,
                "INSTALLED_AT" or "LAST_UPDATED_AT" => kind == JsonValueKind.String && Rfc3339.IsValid(property.Value.GetString()!),
                _ => true,
            };
            if (!isRight)
            {
                return false;
            }
        }

        return true;
    }

    private static JsonDocument ParseJson(byte[] utf8, List<string> problems)
    {
        try
        {
            return JsonDocument.Parse(utf8, StrictOptions);
        }
        catch (JsonException)
        {
            JsonDocument document = JsonDocument.Parse(utf8, JsonText.ReaderOptions);
            problems.Add("it has comments or trailing commas");
            return document;
        }
    }

    private static byte[] ToUtf8(byte[] bytes, List<string> problems)
    {
        if (Utf16Of(bytes) is { } utf16)
        {
            problems.Add("it is UTF-16 text");
            return Encoding.UTF8.GetBytes(utf16.GetString(bytes).TrimStart('\uFEFF'));
        }

        _ = StrictUtf8.Encoding.GetCharCount(bytes);
        if (bytes.Length < 3 || bytes[0] != 0xEF || bytes[1] != 0xBB || bytes[2] != 0xBF)
        {
            return bytes;
        }

        problems.Add("it begins with a byte order mark");
        return bytes.AsSpan(3).ToArray();
    }

    private static byte[] TryToUtf8(byte[] bytes)
    {
        try
        {
            return ToUtf8(bytes, []);
        }
        catch (DecoderFallbackException)
        {
            return bytes; // What is not UTF-8 in it fails entry by entry.
        }
    }

    private static UnicodeEncoding? Utf16Of(byte[] bytes)
    {
        bool isLittle = bytes.Length >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] is (byte)'[' or (byte)'{' && bytes[1] == 0));
        bool isBig = bytes.Length >= 2 && ((bytes[0] == 0xFE && bytes[1] == 0xFF) || (bytes[0] == 0 && bytes[1] is (byte)'[' or (byte)'{'));
        return isLittle || isBig ? new UnicodeEncoding(bigEndian: isBig, byteOrderMark: false, throwOnInvalidBytes: true) : null;
    }

    // The writer ends lines as the platform does; inside a text a carriage return is always escaped.
    private static byte[] WithoutCarriageReturns(MemoryStream json)
    {
        byte[] bytes = json.GetBuffer();
        int length = 0;
        for (int i = 0; i < json.Length; i++)
        {
            if (bytes[i] != (byte)'\r')
            {
                bytes[length++] = bytes[i];
            }
        }

        Array.Resize(ref bytes, length);
        return bytes;
    }
}
