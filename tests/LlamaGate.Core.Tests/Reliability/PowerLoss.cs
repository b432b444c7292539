using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace LlamaGate.Tests.Reliability;

/// <summary>
/// What the disk has of a home when the power fails: names in the order in which they were given, as file systems with a journal of
/// their own keep them, and of contents only what was flushed. Copies of a home are made so.
/// </summary>
internal sealed class PowerLoss
{
    private readonly HashSet<string> flushed = new(StringComparer.Ordinal);
    private byte[] journal = [];
    private string lastStep = string.Empty;

    /// <summary>Begins with a home whose files have all reached the disk.</summary>
    public PowerLoss(string home)
    {
        Flush(home, _ => true);
    }

    /// <summary>Takes out of a copy what the disk does not have.</summary>
    /// <param name="step">The step that is about to be taken: the one before it has been.</param>
    /// <param name="copy">A copy of the home as it is now.</param>
    public void Strike(string step, string copy)
    {
        // What each flush of the store reaches where the system flushes file by file; on Linux it is more.
        switch (lastStep)
        {
            case "stage.flush":
                Flush(copy, path => path.StartsWith("tmp/import/", StringComparison.Ordinal));
                break;
            case "journal.flush":
                Flush(copy, path => path == "registry/journal.jsonl");
                break;
            case "registry.flush":
                Flush(copy, path => path == "registry/installed.json.new");
                break;
            case "corrupt.flush":
                Flush(copy, path => path.Contains(".corrupt-", StringComparison.Ordinal));
                break;
            case "marker.flush":
                Flush(copy, path => path == ".migration_complete");
                break;
        }

        lastStep = step;
        foreach (string file in Files(copy))
        {
            byte[] content = File.ReadAllBytes(file);
            if (!flushed.Contains(Key(file, content)))
            {
                // The journal alone grows; of all else, nothing has been written before it was flushed.
                bool isJournal = Path.GetFileName(file) == "journal.jsonl" && content.AsSpan().StartsWith(journal);
                File.WriteAllBytes(file, isJournal ? journal : []);
            }
        }
    }

    private static string[] Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

    // Files are renamed, so the content tells which one it is; but for the copy of a file that is there as well.
    private static string Key(string file, byte[] content) =>
        (file.Contains(".corrupt-", StringComparison.Ordinal) ? Path.GetFileName(file) : string.Empty)
        + Convert.ToHexString(SHA256.HashData(content));

    private void Flush(string folder, Func<string, bool> isMeant)
    {
        foreach (string file in Files(folder).Where(file => isMeant(Path.GetRelativePath(folder, file).Replace('\\', '/'))))
        {
            byte[] content = File.ReadAllBytes(file);
            flushed.Add(Key(file, content));
            journal = Path.GetFileName(file) == "journal.jsonl" ? content : journal;
        }
    }
}
