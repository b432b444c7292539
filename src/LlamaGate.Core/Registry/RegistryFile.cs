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
    /// <summary>Deep enough for any field that somebody else keeps in an entry.</summary>
    internal static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 512 };

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Reads a registry.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="entries">Takes the entries, in the file's order.</param>
    /// <param name="others">Takes the elements that are no entry we understand, as JSON text.</param>
    /// <exception cref="JsonException">The bytes are not a JSON array.</exception>
    public static void Parse(byte[] bytes, ICollection<RegistryEntry> entries, ICollection<string> others)
    {
        ReadOnlyMemory<byte> json = bytes;
        if (bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF)
        {
            json = json.Slice(3);
        }

        try
        {
            _ = StrictUtf8.Encoding.GetCharCount(bytes);
            using JsonDocument document = JsonDocument.Parse(json, ReaderOptions);
            if (document.RootElement.ValueKind == JsonValueKind.Null)
            {
                return;
            }

            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                throw new JsonException("It is not a JSON array.");
            }

            foreach (JsonElement element in document.RootElement.EnumerateArray())
            {
                if (RegistryEntry.TryRead(element) is { } entry)
                {
                    entries.Add(entry);
                }
                else
                {
                    others.Add(element.GetRawText());
                }
            }
        }
        catch (Exception exception) when (exception is DecoderFallbackException or InvalidOperationException)
        {
            // InvalidOperationException is what the reader says of half a surrogate pair.
            throw new JsonException("It is not UTF-8 text.", exception);
        }
    }

    /// <summary>Writes a registry.</summary>
    /// <param name="entries">The entries, in order.</param>
    /// <param name="others">What stands behind them, as JSON text.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] Format(IEnumerable<RegistryEntry> entries, IReadOnlyCollection<string> others)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartArray();
            foreach (RegistryEntry entry in entries)
            {
                entry.Write(writer);
            }

            foreach (string other in others)
            {
                writer.WriteRawValue(other, skipInputValidation: true);
            }

            writer.WriteEndArray();
        }

        return WithoutCarriageReturns(buffer);
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
