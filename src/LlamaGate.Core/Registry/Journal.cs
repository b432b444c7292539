using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using LlamaGate.FileSystem;

namespace LlamaGate.Registry;

/// <summary>
/// <c>journal.jsonl</c>: the commits that <c>installed.json</c> does not hold yet (contract, section 6). Its first line names a
/// generation, by which everyone sees that it was started anew. A last line that is not whole was never committed.
/// </summary>
internal sealed class Journal
{
    private const int FormatVersion = 2;

    /// <summary>Earlier versions told folders apart by their times.</summary>
    private const int OldestVersion = 1;

    private Journal(JournalMark? end, IReadOnlyList<JournalRecord> records, bool continues = false, Exception? failure = null)
    {
        End = end;
        Records = records;
        Continues = continues;
        Failure = failure;
    }

    /// <summary>How far it was read; null when there is none.</summary>
    public JournalMark? End { get; }

    /// <summary>The records: those behind the mark that the caller had, or all.</summary>
    public IReadOnlyList<JournalRecord> Records { get; }

    /// <summary>Whether the records are those behind the caller's mark.</summary>
    public bool Continues { get; }

    /// <summary>Why what follows the records cannot be read: a line before the last is not one that this version writes.</summary>
    public Exception? Failure { get; }

    /// <summary>Reads the journal, up to the first line that cannot be read.</summary>
    /// <param name="path">The full path of the journal.</param>
    /// <param name="known">How far the caller has read it before: only the rest is read when it still says the same up to there.</param>
    /// <returns>The journal; without an end when there is none, or when not even its first line is whole.</returns>
    public static Journal Read(string path, JournalMark? known = null)
    {
        using FileStream? stream = StoreFile.TryOpenRead(path);
        JournalMark? end = null;
        var records = new List<JournalRecord>();
        bool continues = false;
        try
        {
            end = stream is null ? null : ReadHeader(stream);
            if (end is null)
            {
                return new Journal(end: null, records);
            }

            continues = known is not null && StillSays(stream!, known, end.Generation);
            end = continues ? known! : end;
            stream!.Position = end.Length;
            ReadOnlyMemory<byte> rest = StoreFile.ReadToEnd(stream);
            for (int line = rest.Span.IndexOf((byte)'\n'); line >= 0; line = rest.Span.IndexOf((byte)'\n'))
            {
                records.Add(ReadRecord(rest[..line]));
                end = end.Behind(rest[..(line + 1)]);
                rest = rest[(line + 1)..];
            }

            return new Journal(end, records, continues);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or InvalidDataException)
        {
            // InvalidOperationException is what the reader says of half a surrogate pair.
            return new Journal(end, records, continues, exception);
        }
    }

    /// <summary>This journal, when all of it can be read.</summary>
    /// <param name="path">Where it was read.</param>
    /// <exception cref="LlamaGateException">RegistryCorrupt.</exception>
    public Journal Whole(string path) => Failure is null ? this : throw RegistryErrors.Corrupt(path, Failure);

    /// <summary>The generation of the journal; null when there is none, or none that can be read.</summary>
    public static string? ReadGeneration(string path)
    {
        using FileStream? stream = StoreFile.TryOpenRead(path);
        try
        {
            return stream is null ? null : ReadHeader(stream)?.Generation;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // Read says why.
        }
    }

    /// <summary>Appends records, after the last whole line; the caller holds the store's lock.</summary>
    /// <param name="settings">The settings of the store.</param>
    /// <param name="end">Where the journal ends; null to start it.</param>
    /// <param name="records">What to append: one record at least.</param>
    /// <param name="flush">Whether to return only when the disk has it.</param>
    /// <returns>Where the journal ends afterwards.</returns>
    /// <exception cref="UnsettledChangeException">They could not be appended whole, and perhaps stand there all the same.</exception>
    public static JournalMark Append(StoreSettings settings, JournalMark? end, IReadOnlyCollection<JournalRecord> records, bool flush)
    {
        using var lines = new MemoryStream();
        string generation = end?.Generation ?? Guid.NewGuid().ToString("N");
        if (end is null)
        {
            WriteLine(lines, writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("journal", FormatVersion);
                writer.WriteString("generation", generation);
                writer.WriteEndObject();
            });
        }

        long lastLine = 0;
        foreach (JournalRecord record in records)
        {
            lastLine = lines.Length;
            WriteLine(lines, record.Write);
        }

        long length = end?.Length ?? 0;
        settings.Step("journal.open");
        using FileStream stream = StoreFile.OpenWrite(settings.Home.JournalFile, FileMode.OpenOrCreate);
        stream.SetLength(length);
        try
        {
            stream.Position = length;
            settings.Step("journal.write");
            stream.Write(lines.GetBuffer(), 0, (int)lines.Length);
            if (flush)
            {
                settings.Step("journal.flush");
                Durable.FlushFile(stream);
            }

            if (end is null)
            {
                settings.Step("journal.flush-folder");
                Durable.FlushFolder(settings.Home.RegistryFolder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            try
            {
                settings.Step("journal.cut");
                stream.SetLength(length); // What the disk may not have is not committed.
            }
            catch (Exception uncut) when (uncut is IOException or UnauthorizedAccessException)
            {
                throw new UnsettledChangeException(exception, $"the journal cannot be truncated ({uncut.Message})");
            }

            throw;
        }

        return new JournalMark(generation, length + lines.Length, lines.ToArray().AsMemory((int)lastLine));
    }

    private static void WriteLine(MemoryStream lines, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(lines, JsonText.LineOptions))
        {
            write(writer);
        }

        lines.WriteByte((byte)'\n');
    }

    // Lines whose flush failed are taken out again, and others come in their place; a reader may have seen them.
    private static bool StillSays(FileStream stream, JournalMark known, string generation)
    {
        if (!string.Equals(generation, known.Generation, StringComparison.Ordinal))
        {
            return false;
        }

        // A journal that became shorter gives less than the line.
        byte[] line = new byte[known.LastLine.Length];
        stream.Position = known.Length - line.Length;
        return StoreFile.Fill(stream, line) == line.Length && known.LastLine.Span.SequenceEqual(line);
    }

    private static JournalMark? ReadHeader(FileStream stream)
    {
        byte[] bytes = new byte[128];
        int count = StoreFile.Fill(stream, bytes);
        int newLine = Array.IndexOf(bytes, (byte)'\n', 0, count);
        if (count > 0 && bytes[0] == 0)
        {
            // A file system may give a file its length before its content when the power fails: nothing in it was committed.
            return null;
        }

        if (newLine < 0)
        {
            return count < bytes.Length ? null : throw NotOurs();
        }

        using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(0, newLine));
        return header.RootElement.ValueKind == JsonValueKind.Object
            && header.RootElement.TryGetProperty("journal", out JsonElement version)
            && version.ValueKind == JsonValueKind.Number
            && version.TryGetInt32(out int number) && number is >= OldestVersion and <= FormatVersion
            && header.RootElement.TryGetProperty("generation", out JsonElement generation)
            && generation.ValueKind == JsonValueKind.String
            ? new JournalMark(generation.GetString()!, 0, default).Behind(bytes.AsMemory(0, newLine + 1))
            : throw NotOurs();
    }

    private static JournalRecord ReadRecord(ReadOnlyMemory<byte> line)
    {
        using JsonDocument document = JsonDocument.Parse(line, JsonText.ReaderOptions);
        return JournalRecord.TryRead(document.RootElement) ?? throw NotOurs();
    }

    private static JsonException NotOurs() => new("The journal has a line that this version does not understand.");
}
