using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;

namespace LlamaGate.Transactions;

/// <summary>The former versions of an item: folders named by the UTC time of their making (contract, sections 1 and 6).</summary>
internal static class Backups
{
    /// <summary>How many former versions of an item are kept.</summary>
    public const int Kept = 2;

    /// <summary>The name of the next backup: now, or just after the newest that is there; nothing has that name.</summary>
    public static string NextName(string folder, DateTimeOffset now)
    {
        DateTimeOffset next = now;
        if (Names(folder).LastOrDefault() is { } newest && string.CompareOrdinal(BackupName.Of(now), newest) <= 0)
        {
            DateTimeOffset later = BackupName.Parse(newest)!.Value.AddMilliseconds(1);
            next = BackupName.IsValid(BackupName.Of(later)) ? later : now;
        }

        return FreeName(next, name => Path.Combine(folder, name));
    }

    /// <summary>A time as the name of a file or folder, or the next one that nothing has yet.</summary>
    public static string FreeName(DateTimeOffset time, Func<string, string> toPath)
    {
        while (StorePath.Probe(toPath(BackupName.Of(time))) != PathKind.Missing)
        {
            time = time.AddMilliseconds(1);
        }

        return BackupName.Of(time);
    }

    /// <summary>The backups beyond those that are kept, oldest first.</summary>
    public static IReadOnlyList<string> Superfluous(string folder)
    {
        List<string> names = Names(folder);
        return names.Take(Math.Max(0, names.Count - Kept)).Select(name => Path.Combine(folder, name)).ToList();
    }

    // What is named otherwise is not ours: it is neither counted nor deleted.
    private static List<string> Names(string folder) => !StorePath.IsFolder(folder)
        ? []
        : Directory.GetDirectories(folder)
            .Select(path => Path.GetFileName(path))
            .Where(BackupName.IsValid)
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToList();
}
