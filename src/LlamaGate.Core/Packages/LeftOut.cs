using System;
using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.Packages;

/// <summary>
/// Decides what of a zip or a folder is not content and is left out, and remembers it for a verbose line (contract, sections 5 and 10).
/// The names of <see cref="IsDebris"/> are left out everywhere; version control and what <c>.llamagateignore</c> lists only of a source folder.
/// </summary>
internal sealed class LeftOut
{
    /// <summary>The most names that a message repeats.</summary>
    private const int MostShown = 20;

    private static readonly HashSet<string> DebrisFolders = new(StringComparer.OrdinalIgnoreCase)
    {
        "__MACOSX", "@eaDir", ".stfolder", "lost+found", ".git", ".hg", ".svn",
    };

    private static readonly HashSet<string> DebrisFiles = new(StringComparer.OrdinalIgnoreCase)
    {
        ".DS_Store", "Icon\r", "Thumbs.db", "desktop.ini",
    };

    private readonly SortedSet<string> names = new(StringComparer.Ordinal);
    private readonly Func<string, bool, bool>? isIgnored;

    /// <summary>Starts with nothing left out.</summary>
    /// <param name="isIgnored">
    /// For a source folder: whether a path from its root, and whether that is a folder, is left out besides debris. Null for a zip and an
    /// installed item.
    /// </param>
    public LeftOut(Func<string, bool, bool>? isIgnored = null)
    {
        this.isIgnored = isIgnored;
    }

    /// <summary>What was left out, ordinal; a folder ends in <c>/</c> and stands for everything in it.</summary>
    public IReadOnlyCollection<string> Names => names;

    /// <summary>What was left out, in one line; null when nothing was.</summary>
    public string? Story => names.Count == 0
        ? null
        : "Left out: " + string.Join(", ", names.Take(MostShown).Select(Printable.Of))
            + (names.Count > MostShown ? $" and {names.Count - MostShown} more." : ".");

    /// <summary>Whether file managers, editors, disks or version control leave such a thing behind. Ignores case.</summary>
    /// <param name="path">A path, <c>/</c>-separated. It need not obey the rules for names.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    /// <returns>Whether it is left out, of itself or because its folder is.</returns>
    public static bool IsDebris(string path, bool isFolder) => DebrisLength(path, isFolder) >= 0;

    /// <summary>Whether something is left out. Remembers it when it is.</summary>
    /// <param name="path">A path from the root, <c>/</c>-separated. It need not obey the rules for names.</param>
    /// <param name="isFolder">Whether it is a folder. Nothing in a folder that is left out need be asked for.</param>
    /// <returns>Whether it is left out.</returns>
    public bool Takes(string path, bool isFolder)
    {
        int length = DebrisLength(path, isFolder);
        if (length < 0 && isIgnored?.Invoke(path, isFolder) != true)
        {
            return false;
        }

        // A zip need not name the folder of what it holds.
        length = length < 0 ? path.Length : length;
        names.Add(isFolder || length < path.Length ? path[..length] + "/" : path);
        return true;
    }

    // The length of the shortest start of the path that is debris; -1 when there is none. A path that leads elsewhere is a violation,
    // whatever it goes through.
    private static int DebrisLength(string path, bool isFolder)
    {
        if (Array.IndexOf(path.Split('/'), "..") >= 0)
        {
            return -1;
        }

        int start = 0;
        for (int end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', start))
        {
            if (IsDebrisName(path[start..end], isFolder: true))
            {
                return end;
            }

            start = end + 1;
        }

        return IsDebrisName(path[start..], isFolder) ? path.Length : -1;
    }

    // AppleDouble files and Emacs' locks begin with these characters, backups of editors end in '~': files only. A folder is content.
    private static bool IsDebrisName(string name, bool isFolder) => isFolder
        ? DebrisFolders.Contains(name)
        : DebrisFiles.Contains(name)
            || name.StartsWith("._", StringComparison.Ordinal)
            || name.StartsWith(".#", StringComparison.Ordinal)
            || (name.Length > 0 && name[^1] == '~')
            || name.EndsWith(":Zone.Identifier", StringComparison.OrdinalIgnoreCase);
}
