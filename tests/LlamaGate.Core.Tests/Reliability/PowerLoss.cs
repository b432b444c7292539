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
    private readonly string home;
    private readonly HashSet<string> flushed = new(StringComparer.Ordinal);
    private byte[] journal = [];
    private string lastStep = string.Empty;

    /// <summary>Begins with a home whose files have all reached the disk.</summary>
    public PowerLoss(string home)
    {
        this.home = home;
        Flush(_ => true);
    }

    /// <summary>Takes note of what the step before has flushed: what each flush reaches where the system flushes file by file; on Linux it is more.</summary>
    /// <param name="step">The step that is about to be taken.</param>
    public void Arrive(string step)
    {
        switch (lastStep)
        {
            case "stage.flush":
                Flush(path => path.StartsWith("tmp/import/", StringComparison.Ordinal));
                break;
            case "journal.flush":
                Flush(path => path == "registry/journal.jsonl");
                break;
            case "registry.flush":
                Flush(path => path == "registry/installed.json.new");
                break;
            case "corrupt.flush":
                Flush(path => path.Contains(".corrupt-", StringComparison.Ordinal));
                break;
            case "marker.flush":
                Flush(path => path == ".migration_complete");
                break;
        }

        lastStep = step;
    }

    /// <summary>Takes out of a copy of the home as it is now what the disk does not have.</summary>
    public void Strike(string copy)
    {
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

    // A lock is held open, and is empty.
    private void Flush(Func<string, bool> isMeant)
    {
        foreach (string file in Files(home).Where(file => Path.GetExtension(file) != ".lock" && isMeant(Path.GetRelativePath(home, file).Replace('\\', '/'))))
        {
            byte[] content = File.ReadAllBytes(file);
            flushed.Add(Key(file, content));
            journal = Path.GetFileName(file) == "journal.jsonl" ? content : journal;
        }
    }
}
