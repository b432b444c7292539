using System;
using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.Packages;

/// <summary>Puts entries into their places, and sees to it that no place is taken twice (rules 2 and 4).</summary>
internal sealed class PackageTreeBuilder
{
    private readonly Dictionary<string, Node> nodes = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);
    private readonly List<PackageEntry> checksums = [];
    private readonly string root;
    private readonly PackageLimits limits;
    private readonly List<Problem> problems;
    private long bytes;
    private bool hasTooManyBytes;

    /// <summary>Starts an empty tree.</summary>
    /// <param name="root">The folder that is the root, with a <c>/</c> at its end; empty when names are relative to the root.</param>
    /// <param name="limits">How much the tree may hold.</param>
    /// <param name="problems">Takes every violation.</param>
    public PackageTreeBuilder(string root, PackageLimits limits, List<Problem> problems)
    {
        this.root = root;
        this.limits = limits;
        this.problems = problems;
    }

    /// <summary>Puts an entry into its place.</summary>
    /// <param name="path">Its name, which obeys rule 1.</param>
    /// <param name="entry">The entry of that name.</param>
    public void Add(string path, PackageEntry entry)
    {
        hasTooManyBytes |= entry.Length > limits.MaxUnpackedBytes - bytes;
        bytes += hasTooManyBytes ? 0 : entry.Length;
        for (int end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
        {
            Place(path[..end], entry: null);
        }

        // The gateway's export of an imported export holds it twice (contract, section 5, rule 5).
        if (entry.Kind == EntryKind.File && string.Equals(path, root + ChecksumsFile.Name, StringComparison.Ordinal))
        {
            checksums.Add(entry);
            if (checksums.Count == 2)
            {
                return;
            }
        }

        Place(path, entry);
    }

    /// <summary>The tree of what was added.</summary>
    /// <returns>The tree; worth nothing when there was a violation.</returns>
    public PackageTree Finish()
    {
        if (hasTooManyBytes)
        {
            string message = $"its files have more than {limits.MaxUnpackedBytes} bytes; if you trust the package, raise the limit with "
                + "-MaxUnpackedBytes (--max-unpacked-bytes)";
            problems.Add(new Problem(Problem.Error, string.Empty, message));
        }

        Node[] below = [.. nodes.Values.Where(node => node.Path.Length > root.Length).OrderBy(node => node.Path, StringComparer.Ordinal)];
        return new PackageTree(
            [.. below.Where(node => !node.IsFolder && !checksums.Contains(node.Entry!)).Select(node => (ToFile(node), node.Entry!))],
            [.. below.Where(node => node.IsFolder).Select(node => node.Path[root.Length..])],
            checksums);
    }

    private PackageFile ToFile(Node node) => new(node.Path[root.Length..], node.Entry!.Length, node.Entry.Executable);

    /// <summary>Takes a place for an entry, or for the folder that a name goes through.</summary>
    private void Place(string path, PackageEntry? entry)
    {
        bool isFolder = entry is null || entry.Kind == EntryKind.Folder;
        string checksumsPath = root + ChecksumsFile.Name;
        if (string.Equals(path, checksumsPath, StringComparison.OrdinalIgnoreCase)
            && (isFolder || !string.Equals(path, checksumsPath, StringComparison.Ordinal)))
        {
            Refuse(path, "its name is reserved for the checksums of the package");
        }

        if (!nodes.TryGetValue(path, out Node? there))
        {
            // The folder that is the root will not be there.
            if (nodes.Count - (root.Length > 0 ? 1 : 0) == limits.MaxEntryCount)
            {
                throw PackageRules.TooManyEntries(limits);
            }

            nodes.Add(path, new Node(path, isFolder, entry));
        }
        else if (!string.Equals(there.Path, path, StringComparison.Ordinal))
        {
            Refuse(path, $"its name differs only by case from '{Printable.Of(there.Path)}'");
        }
        else if (there.IsFolder != isFolder)
        {
            Refuse(path, "its name is used for a file and for a folder");
        }
        else if (!isFolder && there.Entry is not null)
        {
            Refuse(path, "it occurs more than once");
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
            problems.Add(new Problem(Problem.Error, Printable.Of(path), message));
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
