using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace LlamaGate.Packages;

/// <summary>The files and folders of a package as they will lie on disk, made of its entries by <see cref="PackageRules"/>.</summary>
internal sealed class PackageTree
{
    private static readonly PackageLimits NoLimits = new(int.MaxValue, long.MaxValue);

    public PackageTree(
        IReadOnlyList<(PackageFile File, PackageEntry Entry)> files, IReadOnlyList<string> folders, IReadOnlyList<PackageEntry> checksums)
    {
        Files = files;
        Folders = folders;
        Checksums = checksums;
    }

    /// <summary>The files and where their content is, ordinal by path; without <c>checksums.txt</c>.</summary>
    public IReadOnlyList<(PackageFile File, PackageEntry Entry)> Files { get; }

    /// <summary>Every folder below the root, named or implied, ordinal by path, so parents first.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary><c>checksums.txt</c> at the root, in the package's order: none, one or two.</summary>
    public IReadOnlyList<PackageEntry> Checksums { get; }

    /// <summary>Reads the folder of an installed item, and applies the rules to it but for the limits.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="leftOut">Decides what is left out.</param>
    /// <param name="problems">Takes every violation.</param>
    /// <param name="token">Stops the reading.</param>
    /// <returns>The tree; worth nothing when there was a violation.</returns>
    public static PackageTree Read(string folder, LeftOut leftOut, List<Problem> problems, CancellationToken token) =>
        Build(FolderDirectory.Read(folder, NoLimits, leftOut, problems, token), NoLimits, unwrap: false, leftOut, problems);

    /// <summary>Applies the rules to the entries of a package.</summary>
    /// <param name="entries">The entries, in the package's order.</param>
    /// <param name="limits">How much it may hold.</param>
    /// <param name="unwrap">Whether a single top-level folder is taken for the root.</param>
    /// <param name="leftOut">Decides what is left out, whatever its name.</param>
    /// <param name="problems">Takes every violation.</param>
    /// <returns>The tree; worth nothing when there was a violation.</returns>
    /// <exception cref="InvalidDataException">There are more files and folders than allowed.</exception>
    public static PackageTree Build(
        IReadOnlyList<PackageEntry> entries, PackageLimits limits, bool unwrap, LeftOut leftOut, List<Problem> problems)
    {
        var content = new List<(string Path, PackageEntry Entry)>(entries.Count);
        foreach (PackageEntry entry in entries)
        {
            bool isFolder = entry.Kind == EntryKind.Folder;
            string path = isFolder && entry.Name.Length > 0 && entry.Name[^1] == '/' ? entry.Name[..^1] : entry.Name;
            if (!PackageRules.LeadsElsewhere(path) && leftOut.Takes(path, isFolder))
            {
                continue;
            }

            List<string> violations = [.. PackageRules.CheckName(path), .. CheckKind(entry)];
            problems.AddRange(violations.Select(message => Violation(entry.Name, message)));
            if (violations.Count == 0)
            {
                content.Add((path, entry));
            }
        }

        var builder = new PackageTreeBuilder(unwrap ? FindRoot(content) : string.Empty, limits, problems);
        foreach ((string path, PackageEntry entry) in content)
        {
            builder.Add(path, entry);
        }

        return builder.Finish();
    }

    private static IEnumerable<string> CheckKind(PackageEntry entry)
    {
        if (entry.Kind == EntryKind.SymbolicLink)
        {
            yield return "it is a symbolic link; a package contains only regular files and folders";
        }
        else if (entry.Kind == EntryKind.Special)
        {
            yield return "it is a device, a pipe or another special file; a package contains only regular files and folders";
        }
        else if (entry.Kind == EntryKind.Folder && entry.Length > 0)
        {
            yield return "it is a folder entry, but it contains data";
        }
    }

    /// <summary>The one top-level folder that everything lies in, with a <c>/</c> at its end; empty when there is none.</summary>
    private static string FindRoot(List<(string Path, PackageEntry Entry)> content)
    {
        string top = content.Count > 0 ? content[0].Path.Split('/')[0] : string.Empty;
        bool holdsAll = content.TrueForAll(item => item.Path.StartsWith(top + "/", StringComparison.Ordinal)
            || (item.Entry.Kind == EntryKind.Folder && string.Equals(item.Path, top, StringComparison.Ordinal)));
        return content.Count > 0 && holdsAll ? top + "/" : string.Empty;
    }

    private static Problem Violation(string name, string message) => new(Problem.Error, Printable.Of(name), message);
}
