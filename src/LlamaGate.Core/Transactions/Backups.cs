using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;

namespace LlamaGate.Transactions;

/// <summary>The former versions of an item: folders named by the UTC time of their making (contract, sections 1 and 6).</summary>
internal static class Backups
{
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

    /// <summary>The backups that are not kept, oldest first.</summary>
    /// <param name="folder">The folder of the item's backups.</param>
    /// <param name="kept">How many are kept.</param>
    /// <param name="restored">The name of the backup that has just become the installed version; empty for none.</param>
    /// <returns>Their paths.</returns>
    public static IReadOnlyList<string> Superfluous(string folder, int kept, string restored)
    {
        List<string> names = Names(folder);
        List<string> others = names.FindAll(name => !string.Equals(name, restored, StringComparison.Ordinal));
        var stay = new HashSet<string>(others.Skip(Math.Max(0, others.Count - kept)), StringComparer.Ordinal);
        return names.FindAll(name => !stay.Contains(name)).ConvertAll(name => Path.Combine(folder, name));
    }

    /// <summary>The names of the backups in a folder, oldest first. What is named otherwise is not ours: it is neither counted nor deleted.</summary>
    public static List<string> Names(string folder) => !StorePath.IsFolder(folder)
        ? []
        : Directory.GetDirectories(folder)
            .Select(path => Path.GetFileName(path))
            .Where(BackupName.IsValid)
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToList();
}
