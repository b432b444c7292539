using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;

namespace LlamaGate.Packages;

/// <summary>Lists the content of a folder on disk, at any depth. Never follows a link.</summary>
internal static class FolderDirectory
{
    /// <summary>Lists a folder.</summary>
    /// <param name="root">The full path of the folder. It may itself be a link.</param>
    /// <param name="limits">How many entries it may have, what is left out not counted.</param>
    /// <param name="leftOut">Decides what is left out. A folder that is left out is not looked into.</param>
    /// <param name="problems">Takes the entries that cannot be looked at.</param>
    /// <param name="token">Stops the listing.</param>
    /// <returns>The entries, in no order.</returns>
    /// <exception cref="InvalidDataException">There are more entries than allowed.</exception>
    /// <exception cref="IOException">A folder went away or cannot be read.</exception>
    public static IReadOnlyList<PackageEntry> Read(string root, PackageLimits limits, LeftOut leftOut, List<Problem> problems, CancellationToken token)
    {
        var entries = new List<PackageEntry>();
        var folders = new Stack<(DirectoryInfo Folder, string Prefix)>();
        folders.Push((new DirectoryInfo(root), string.Empty));
        while (folders.Count > 0)
        {
            (DirectoryInfo folder, string prefix) = folders.Pop();
            foreach (FileSystemInfo item in folder.EnumerateFileSystemInfos())
            {
                token.ThrowIfCancellationRequested();
                if (leftOut.Takes(prefix + item.Name, item is DirectoryInfo))
                {
                    continue;
                }

                if (entries.Count == limits.MaxEntryCount)
                {
                    throw PackageRules.TooManyEntries(limits);
                }

                FolderEntry? entry = Look(item, prefix + item.Name, problems);
                if (entry is not null)
                {
                    entries.Add(entry);
                    if (entry.Kind == EntryKind.Folder)
                    {
                        folders.Push(((DirectoryInfo)item, entry.Name + "/"));
                    }
                }
            }
        }

        return entries;
    }

    private static FolderEntry? Look(FileSystemInfo item, string name, List<Problem> problems)
    {
        EntryKind kind;
        bool? executable = null;
        if (Platform.IsUnix)
        {
            int mode;
            try
            {
                mode = UnixFile.GetMode(item.FullName);
            }
            catch (FileNotFoundException) when (name.Any(c => c == '\uFFFD'))
            {
                // Bytes that are no text cannot be named through .NET.
                problems.Add(new Problem(Problem.Error, Printable.Of(name), "its name is not UTF-8"));
                return null;
            }

            executable = (mode & UnixFile.OwnerMayExecute) != 0;
            kind = (mode & UnixFile.KindMask) switch
            {
                UnixFile.RegularFile => EntryKind.File,
                UnixFile.Folder => EntryKind.Folder,
                UnixFile.SymbolicLink => EntryKind.SymbolicLink,
                _ => EntryKind.Special,
            };
        }
        else if (StorePath.IsLink(item.FullName, item.Attributes))
        {
            kind = EntryKind.SymbolicLink;
        }
        else
        {
            kind = item is DirectoryInfo ? EntryKind.Folder : EntryKind.File;
        }

        return kind == EntryKind.File
            ? new FolderEntry(name, item.FullName, kind, ((FileInfo)item).Length, executable)
            : new FolderEntry(name, item.FullName, kind, length: 0, executable: null);
    }
}
