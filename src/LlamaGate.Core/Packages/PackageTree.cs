using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace LlamaGate.Packages;

/// <summary>The files and folders of a package as they will lie on disk, made of its entries by <see cref="PackageRules"/>.</summary>
internal sealed class PackageTree
{
    private static readonly PackageLimits NoLimits = new(int.MaxValue, long.MaxValue);

    private PackageTree(
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
    /// <param name="problems">Takes every violation.</param>
    /// <param name="token">Stops the reading.</param>
    /// <returns>The tree; worth nothing when there was a violation.</returns>
    public static PackageTree Read(string folder, List<Problem> problems, CancellationToken token) =>
        Build(FolderDirectory.Read(folder, NoLimits, problems, token), NoLimits, unwrap: false, problems);

    /// <summary>Applies the rules to the entries of a package.</summary>
    /// <param name="entries">The entries, in the package's order.</param>
    /// <param name="limits">How much it may hold.</param>
    /// <param name="unwrap">Whether a single top-level folder is taken for the root.</param>
    /// <param name="problems">Takes every violation.</param>
    /// <returns>The tree; worth nothing when there was a violation.</returns>
    /// <exception cref="System.IO.InvalidDataException">There are more files and folders than allowed.</exception>
    public static PackageTree Build(IReadOnlyList<PackageEntry> entries, PackageLimits limits, bool unwrap, List<Problem> problems)
    {
        var content = new List<(string Path, PackageEntry Entry)>(entries.Count);
        foreach (PackageEntry entry in entries)
        {
            bool isFolder = entry.Kind == EntryKind.Folder;
            string path = isFolder && entry.Name.Length > 0 && entry.Name[^1] == '/' ? entry.Name[..^1] : entry.Name;
            int before = problems.Count;
            problems.AddRange(PackageRules.CheckName(path).Concat(CheckKind(entry)).Select(message => Violation(entry.Name, message)));
            if (problems.Count == before && !PackageRules.IsJunk(path, isFolder))
            {
                content.Add((path, entry));
            }
        }

        string wrapper = unwrap ? FindWrapper(content) : string.Empty;
        var builder = new Builder(limits, problems);
        foreach ((string path, PackageEntry entry) in content.Where(item => item.Path.Length > wrapper.Length))
        {
            builder.Add(path[wrapper.Length..], entry);
        }

        return builder.Finish();
    }

    private static IEnumerable<string> CheckKind(PackageEntry entry)
    {
        if (entry.Kind == EntryKind.SymbolicLink)
        {
            yield return "it is a symbolic link; a package holds only regular files and folders";
        }
        else if (entry.Kind == EntryKind.Special)
        {
            yield return "it is a device, a pipe or the like; a package holds only regular files and folders";
        }
        else if (entry.Kind == EntryKind.Folder && entry.Length > 0)
        {
            yield return "it is a folder that has content of its own";
        }
    }

    /// <summary>The one top-level folder that everything lies in, with a <c>/</c> at its end; empty when there is none.</summary>
    private static string FindWrapper(List<(string Path, PackageEntry Entry)> content)
    {
        if (content.Count == 0)
        {
            return string.Empty;
        }

        string wrapper = content[0].Path.Split('/')[0] + "/";
        return content.TrueForAll(item => item.Path.StartsWith(wrapper, StringComparison.Ordinal)
            || (item.Entry.Kind == EntryKind.Folder && item.Path.Length == wrapper.Length - 1
                && wrapper.StartsWith(item.Path, StringComparison.Ordinal)))
                    ? wrapper
                    : string.Empty;
    }

    private static Problem Violation(string name, string message) => new(Problem.Error, PackageRules.Printable(name), message);

    /// <summary>Puts entries into their places, and sees to it that no place is taken twice (rules 2 and 4).</summary>
    private sealed class Builder
    {
        private readonly Dictionary<string, Node> nodes = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<string> reported = new(StringComparer.Ordinal);
        private readonly List<PackageEntry> checksums = [];
        private readonly PackageLimits limits;
        private readonly List<Problem> problems;
        private long bytes;

        public Builder(PackageLimits limits, List<Problem> problems)
        {
            this.limits = limits;
            this.problems = problems;
        }

        public void Add(string path, PackageEntry entry)
        {
            bytes = entry.Length <= limits.MaxUnpackedBytes - bytes ? bytes + entry.Length : long.MaxValue;
            for (int end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
            {
                Place(path[..end], entry: null);
            }

            // The gateway's export of an imported export holds it twice (contract, section 5, rule 5).
            if (entry.Kind == EntryKind.File && string.Equals(path, ChecksumsFile.Name, StringComparison.Ordinal))
            {
                checksums.Add(entry);
                if (checksums.Count == 2)
                {
                    return;
                }
            }

            Place(path, entry);
        }

        public PackageTree Finish()
        {
            if (bytes > limits.MaxUnpackedBytes)
            {
                problems.Add(Violation(
                    string.Empty,
                    $"its files have more than {limits.MaxUnpackedBytes} bytes; raise the limit on unpacked bytes if you trust it"));
            }

            ILookup<bool, Node> byKind = nodes.Values.OrderBy(node => node.Path, StringComparer.Ordinal).ToLookup(node => node.IsFolder);
            return new PackageTree(
                [
                    .. byKind[false].Where(node => !checksums.Contains(node.Entry!))
                        .Select(node => (new PackageFile(node.Path, node.Entry!.Length, node.Entry.Executable), node.Entry)),
                ],
                [.. byKind[true].Select(node => node.Path)],
                checksums);
        }

        /// <summary>Takes a place for an entry, or for the folder that a name goes through.</summary>
        private void Place(string path, PackageEntry? entry)
        {
            bool isFolder = entry is null || entry.Kind == EntryKind.Folder;
            if (!nodes.TryGetValue(path, out Node? there))
            {
                if (nodes.Count == limits.MaxEntryCount)
                {
                    throw PackageRules.TooManyEntries(limits);
                }

                nodes.Add(path, new Node(path, isFolder, entry));
            }
            else if (!string.Equals(there.Path, path, StringComparison.Ordinal))
            {
                Refuse(path, $"its name differs only by case from '{PackageRules.Printable(there.Path)}'");
            }
            else if (there.IsFolder != isFolder)
            {
                Refuse(path, "it is a file and a folder at once");
            }
            else if (entry is not null && there.Entry is not null)
            {
                Refuse(path, "it is there more than once");
            }
            else
            {
                there.Entry ??= entry;
            }
        }

        private void Refuse(string path, string message)
        {
            if (reported.Add(path))
            {
                problems.Add(Violation(path, message));
            }
        }

        private sealed class Node
        {
            public Node(string path, bool isFolder, PackageEntry? entry)
            {
                Path = path;
                IsFolder = isFolder;
                Entry = entry;
            }

            public string Path { get; }

            public bool IsFolder { get; }

            /// <summary>Null for a folder that is only implied so far.</summary>
            public PackageEntry? Entry { get; set; }
        }
    }
}
