using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace LlamaGate.Installation;

/// <summary>The former versions of an item: folders named by the UTC time of their making (contract, sections 1 and 6).</summary>
internal static class Backups
{
    /// <summary>How many former versions of an item are kept.</summary>
    public const int Kept = 2;

    private const string NameFormat = "yyyyMMdd-HHmmss-fff";

    /// <summary>Whether a name is one that we give to backups.</summary>
    public static bool IsValidName(string name) => TryParse(name, out _);

    /// <summary>A time as the name of a backup.</summary>
    public static string NameOf(DateTimeOffset time) => time.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture);

    /// <summary>The name of the next backup: now, or just after the newest that is there; nothing has that name.</summary>
    public static string NextName(string folder, DateTimeOffset now)
    {
        DateTimeOffset next = now;
        if (Names(folder).LastOrDefault() is { } newest && string.CompareOrdinal(NameOf(now), newest) <= 0 && TryParse(newest, out DateTime last))
        {
            var later = new DateTimeOffset(last.AddMilliseconds(1), TimeSpan.Zero);
            next = IsValidName(NameOf(later)) ? later : now;
        }

        return FreeName(next, name => Path.Combine(folder, name));
    }

    /// <summary>A time as the name of a file or folder, or the next one that nothing has yet.</summary>
    public static string FreeName(DateTimeOffset time, Func<string, string> toPath)
    {
        while (StorePath.Probe(toPath(NameOf(time))) != PathKind.Missing)
        {
            time = time.AddMilliseconds(1);
        }

        return NameOf(time);
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
            .Where(IsValidName)
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToList();

    // After the last moment that there is, no other backup could come.
    private static bool TryParse(string name, out DateTime time) =>
        DateTime.TryParseExact(
            name, NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time)
        && time.Year < DateTime.MaxValue.Year;
}
