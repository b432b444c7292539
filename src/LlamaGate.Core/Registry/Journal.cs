using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using LlamaGate.Installation;

namespace LlamaGate.Registry;

/// <summary>
/// <c>journal.jsonl</c>: the commits that <c>installed.json</c> does not hold yet (contract, section 6). Its first line names a
/// generation, by which everyone sees that it was started anew. A last line that is not whole was never committed.
/// </summary>
internal sealed class Journal
{
    private const int FormatVersion = 1;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private Journal(string? generation, long length, IReadOnlyList<JournalRecord> records, Exception? failure = null)
    {
        Generation = generation;
        Length = length;
        Records = records;
        Failure = failure;
    }

    /// <summary>A journal that is not there.</summary>
    public static Journal None { get; } = new(null, 0, []);

    /// <summary>What the journal is called since it was started; null when there is none.</summary>
    public string? Generation { get; }

    /// <summary>The bytes of its whole lines.</summary>
    public long Length { get; }

    /// <summary>The records, from the offset that was asked for on.</summary>
    public IReadOnlyList<JournalRecord> Records { get; }

    /// <summary>Why what follows the records cannot be read: a line before the last is not one that this version writes.</summary>
    public Exception? Failure { get; }

    /// <summary>Reads the journal, up to the first line that cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="knownGeneration">The generation that the caller has read before.</param>
    /// <param name="knownLength">How much of that generation the caller has read: only the rest is read.</param>
    /// <returns>The journal; <see cref="None"/> when there is none, or when not even its first line is whole.</returns>
    public static Journal Read(string path, string? knownGeneration = null, long knownLength = 0)
    {
        using FileStream? stream = StoreFile.TryOpenRead(path);
        if (stream is null)
        {
            return None;
        }

        string? generation = null;
        long length = 0;
        var records = new List<JournalRecord>();
        try
        {
            generation = ReadHeader(stream, out length);
            if (generation is null)
            {
                return None;
            }

            if (string.Equals(generation, knownGeneration, StringComparison.Ordinal))
            {
                length = knownLength;
            }

            stream.Position = length;
            ReadOnlyMemory<byte> rest = StoreFile.ReadToEnd(stream);
            for (int end = rest.Span.IndexOf((byte)'\n'); end >= 0; end = rest.Span.IndexOf((byte)'\n'))
            {
                records.Add(ReadRecord(rest[..end]));
                rest = rest[(end + 1)..];
                length += end + 1;
            }

            return new Journal(generation, length, records);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or InvalidDataException)
        {
            // InvalidOperationException is what the reader says of half a surrogate pair.
            return new Journal(generation, length, records, exception);
        }
    }

    /// <summary>The generation of the journal; null when there is none, or none that can be read.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The generation.</returns>
    public static string? ReadGeneration(string path)
    {
        using FileStream? stream = StoreFile.TryOpenRead(path);
        try
        {
            return stream is null ? null : ReadHeader(stream, out _);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // Read says why.
        }
    }

    /// <summary>Appends records, after the last whole line; the caller holds the store's lock.</summary>
    /// <param name="context">The store's.</param>
    /// <param name="generation">The generation that the caller knows; null to start the journal.</param>
    /// <param name="length">The bytes of its whole lines.</param>
    /// <param name="records">What to append.</param>
    /// <param name="flush">Whether to return only when the disk has it.</param>
    /// <returns>The journal's generation and length afterwards.</returns>
    public static (string Generation, long Length) Append(
        StoreContext context, string? generation, long length, IEnumerable<JournalRecord> records, bool flush)
    {
        using var lines = new MemoryStream();
        if (generation is null)
        {
            generation = Guid.NewGuid().ToString("N");
            length = 0;
            WriteLine(lines, writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("journal", FormatVersion);
                writer.WriteString("generation", generation);
                writer.WriteEndObject();
            });
        }

        foreach (JournalRecord record in records)
        {
            WriteLine(lines, record.Write);
        }

        bool isNew = length == 0;
        context.Step("journal.open");
        using FileStream stream = StoreFile.OpenWrite(context.Home.JournalFile, FileMode.OpenOrCreate);
        stream.SetLength(length);
        try
        {
            stream.Position = length;
            context.Step("journal.write");
            stream.Write(lines.GetBuffer(), 0, (int)lines.Length);
            stream.Flush();
            context.Step("journal.flush");
            stream.Flush(flush);
            if (isNew)
            {
                context.Step("journal.flush-folder");
                Durable.FlushFolder(context.Home.RegistryFolder);
            }
        }
        catch
        {
            stream.SetLength(length); // What the disk may not have is not committed.
            throw;
        }

        return (generation, length + lines.Length);
    }

    private static void WriteLine(MemoryStream lines, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(lines, WriterOptions))
        {
            write(writer);
        }

        lines.WriteByte((byte)'\n');
    }

    private static string? ReadHeader(Stream stream, out long end)
    {
        byte[] bytes = new byte[128];
        int count = 0;
        int read;
        while (count < bytes.Length && (read = stream.Read(bytes, count, bytes.Length - count)) > 0)
        {
            count += read;
        }

        int newLine = Array.IndexOf(bytes, (byte)'\n', 0, count);
        end = newLine + 1;
        if (newLine < 0)
        {
            return count < bytes.Length ? null : throw NotOurs();
        }

        using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(0, newLine));
        return header.RootElement.ValueKind == JsonValueKind.Object
            && header.RootElement.TryGetProperty("journal", out JsonElement version)
            && version.ValueKind == JsonValueKind.Number
            && version.TryGetInt32(out int number) && number == FormatVersion
            && header.RootElement.TryGetProperty("generation", out JsonElement generation)
            && generation.ValueKind == JsonValueKind.String
            ? generation.GetString()
            : throw NotOurs();
    }

    private static JournalRecord ReadRecord(ReadOnlyMemory<byte> line)
    {
        using JsonDocument document = JsonDocument.Parse(line, RegistryFile.ReaderOptions);
        return JournalRecord.TryRead(document.RootElement) ?? throw NotOurs();
    }

    private static JsonException NotOurs() => new("The journal has a line that this version does not write.");
}
