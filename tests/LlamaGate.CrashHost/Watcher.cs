using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace LlamaGate.CrashHost;

/// <summary>Readers that never stop looking.</summary>
internal static class Watcher
{
    /// <summary>
    /// Looks until the input ends, then prints the number of looks and, each on a line, what was wrong. Prints "watching" after the
    /// first look.
    /// </summary>
    /// <param name="look">Looks once, and says what was wrong.</param>
    public static void Watch(Func<string?> look)
    {
        var end = Task.Run(Console.In.ReadToEnd);
        long count = 0;
        var complaints = new HashSet<string>(StringComparer.Ordinal);
        while (!end.IsCompleted)
        {
            count++;
            try
            {
                if (look() is { } complaint)
                {
                    complaints.Add(complaint);
                }
            }
            catch (Exception exception)
            {
                complaints.Add(exception.ToString().ReplaceLineEndings(" "));
            }

            if (count == 1)
            {
                Console.WriteLine("watching");
            }
        }

        Console.WriteLine(count);
        foreach (string complaint in complaints)
        {
            Console.WriteLine(complaint);
        }
    }

    /// <summary>Lists the store as a command does.</summary>
    /// <param name="home">The home to list.</param>
    /// <param name="id">An item that must be there at every look; null for none.</param>
    public static string? List(LlamaGateHome home, string? id)
    {
        using var store = new PackageStore(home, new SilentLog());
        IReadOnlyList<InstalledItem> items = store.GetItems();
        InstalledItem? broken = items.FirstOrDefault(item => item.Version.Length == 0);
        return broken is not null ? $"{broken.Id} has no version"
            : id is not null && !items.Any(item => string.Equals(item.Id, id, StringComparison.Ordinal)) ? $"{id} is missing"
            : null;
    }

    /// <summary>Reads a manifest with nothing but a file call.</summary>
    public static string? Look(string file)
    {
        string text = File.ReadAllText(file);
        return text.StartsWith("name: ", StringComparison.Ordinal) && text.EndsWith("\nend: true\n", StringComparison.Ordinal)
            ? null
            : "not whole: " + text.ReplaceLineEndings(" ");
    }
}
