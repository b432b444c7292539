using System;
using System.Collections.Generic;
using System.IO;
using LlamaGate.FileSystem;

namespace LlamaGate.Packages;

/// <summary>A folder that somebody works in and a package is made from: what of it is left out (contract, section 10).</summary>
internal static class SourceFolder
{
    /// <summary>The file at the root that lists what is left out. It is left out itself.</summary>
    public const string IgnoreFileName = ".llamagateignore";

    /// <summary>The most bytes that are read of it.</summary>
    private const int MaxIgnoreFileBytes = 64 * 1024;

    private static readonly HashSet<string> VersionControl = new(StringComparer.OrdinalIgnoreCase)
    {
        ".git", ".hg", ".svn", ".gitignore", ".gitattributes",
    };

    /// <summary>What is left out of a source folder.</summary>
    /// <param name="root">The full path of the folder. It may itself be a link.</param>
    /// <param name="problems">Takes what is wrong with the ignore file.</param>
    /// <returns>What to ask for each path from <paramref name="root"/>.</returns>
    /// <exception cref="IOException">The folder or the ignore file went away or cannot be read.</exception>
    public static LeftOut ChooseLeftOut(string root, List<Problem> problems)
    {
        string prefix = FindIgnoreFile(root);
        IgnoreFile? rules = ReadIgnoreFile(Path.Combine(root, prefix, IgnoreFileName), problems);
        prefix += prefix.Length > 0 ? "/" : string.Empty;
        return new LeftOut((path, isFolder) =>
            VersionControl.Contains(path[(path.LastIndexOf('/') + 1)..])
            || (rules is not null && path.StartsWith(prefix, StringComparison.Ordinal) && path.Length > prefix.Length
                && (string.Equals(path[prefix.Length..], IgnoreFileName, StringComparison.Ordinal)
                    || rules.Ignores(path[prefix.Length..], isFolder))));
    }

    /// <summary>
    /// The folder of the ignore file, from the root: the root, or the one top-level folder that everything lies in and that is the root of
    /// the package.
    /// </summary>
    private static string FindIgnoreFile(string root)
    {
        FileSystemInfo? only = null;
        foreach (FileSystemInfo item in new DirectoryInfo(root).EnumerateFileSystemInfos())
        {
            bool isFolder = item is DirectoryInfo;
            if (string.Equals(item.Name, IgnoreFileName, StringComparison.Ordinal))
            {
                return string.Empty;
            }

            if (LeftOut.IsDebris(item.Name, isFolder) || VersionControl.Contains(item.Name))
            {
                continue;
            }

            if (only is not null || !isFolder)
            {
                return string.Empty;
            }

            only = item;
        }

        return only?.Name ?? string.Empty;
    }

    private static IgnoreFile? ReadIgnoreFile(string path, List<Problem> problems)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return null;
        }

        // A link or a pipe is a separate violation.
        bool isRegular = !Platform.IsWindows
            ? (UnixFile.GetMode(path) & UnixFile.KindMask) == UnixFile.RegularFile
            : !file.Attributes.HasFlag(FileAttributes.ReparsePoint);
        if (!isRegular)
        {
            return null;
        }

        if (file.Length > MaxIgnoreFileBytes)
        {
            string message = $"it has {file.Length} bytes; at most {MaxIgnoreFileBytes} are allowed";
            problems.Add(new Problem(Problem.Error, IgnoreFileName, message));
            return null;
        }

        return IgnoreFile.Parse(File.ReadAllBytes(path));
    }
}
