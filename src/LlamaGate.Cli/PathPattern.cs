using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Enumeration;
using System.Linq;

namespace LlamaGate.Cli;

/// <summary>Expands wildcards in paths: the shells of Windows leave that to the program.</summary>
internal static class PathPattern
{
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>The paths that a word of the command line means.</summary>
    /// <param name="word">A path whose last part may have <c>*</c> and <c>?</c>.</param>
    /// <returns>The paths that match, in ordinal order; the word itself when it is there as it is written, or when nothing matches.</returns>
    public static IEnumerable<string> Expand(string word)
    {
        string pattern = Path.GetFileName(word);
        string folder = word[..^pattern.Length];
        string searched = folder.Length > 0 ? folder : Session.CurrentFolder;
        if (pattern.IndexOfAny(Wildcards) < 0 || folder.IndexOfAny(Wildcards) >= 0 || Path.Exists(word) || !Directory.Exists(searched))
        {
            return [word];
        }

        // As shells do it, what begins with a dot is meant only where the pattern begins with one.
        string[] matches =
        [
            .. Directory.EnumerateFileSystemEntries(searched)
                .Select(Path.GetFileName)
                .OfType<string>()
                .Where(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: OperatingSystem.IsWindows())
                    && (name[0] != '.' || pattern[0] == '.'))
                .Order(StringComparer.Ordinal),
        ];
        return matches.Length > 0 ? matches.Select(name => folder + name) : [word];
    }
}
