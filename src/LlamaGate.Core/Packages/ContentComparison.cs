using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;

namespace LlamaGate.Packages;

/// <summary>Holds the files of a folder against recorded checksums, all processors at work (contract, section 11).</summary>
internal sealed class ContentComparison
{
    /// <summary>Below this many bytes, other threads cost more than they bring.</summary>
    private const int SmallBytes = 1024 * 1024;

    private ContentComparison(IReadOnlyList<FileDigest> digests, IReadOnlyList<string> modified, IReadOnlyList<string> missing, IReadOnlyList<string> added)
    {
        Digests = digests;
        Modified = modified;
        Missing = missing;
        Added = added;
    }

    /// <summary>The files that are there, with an empty digest where one cannot be read.</summary>
    public IReadOnlyList<FileDigest> Digests { get; }

    /// <summary>The files that are not as they are listed, or cannot be read.</summary>
    public IReadOnlyList<string> Modified { get; }

    /// <summary>The files that are listed and not there.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>The files that are not listed.</summary>
    public IReadOnlyList<string> Added { get; }

    /// <summary>Whether nothing differs.</summary>
    public bool IsEqual => Modified.Count + Missing.Count + Added.Count == 0;

    /// <summary>Reads a folder and compares it.</summary>
    /// <param name="folder">The folder of an item.</param>
    /// <param name="recorded">What was recorded; null to list all that is there as added.</param>
    /// <param name="log">Is told how far it is.</param>
    /// <param name="subject">The id of the item.</param>
    /// <param name="token">Stops the reading.</param>
    /// <exception cref="IOException">The folder went away or cannot be listed.</exception>
    public static ContentComparison Of(string folder, ChecksumsFile? recorded, IStoreLog log, string subject, CancellationToken token)
    {
        var violations = new List<Problem>();
        var tree = PackageTree.Read(folder, new LeftOut(), violations, token);
        FileDigest[] digests = Digest(tree, log, subject, token);

        // A link in the place of a file is not that file, and one of its own is not what was installed.
        var odd = new HashSet<string>(violations.Select(violation => violation.File), StringComparer.Ordinal);
        var present = new HashSet<string>(digests.Select(file => file.Path).Concat(odd), StringComparer.Ordinal);
        var listed = new HashSet<string>(recorded?.Paths ?? [], StringComparer.Ordinal);
        IEnumerable<string> changed = digests.Where(file => listed.Contains(file.Path) && !recorded!.Lists(file)).Select(file => file.Path);
        return new ContentComparison(
            digests,
            Sorted(changed.Concat(odd.Where(listed.Contains))),
            Sorted(listed.Where(path => !present.Contains(path))),
            Sorted(present.Where(path => !listed.Contains(path))));
    }

    private static List<string> Sorted(IEnumerable<string> paths) => [.. paths.Distinct(StringComparer.Ordinal).OrderBy(path => path, StringComparer.Ordinal)];

    private static FileDigest[] Digest(PackageTree tree, IStoreLog log, string subject, CancellationToken token)
    {
        var digests = new FileDigest[tree.Files.Count];
        long length = tree.Files.Sum(file => file.File.Length);
        var work = new Workload(log, "Verifying items", subject, length, token);

        // A big file that comes last would be read by one processor while the others wait.
        int[] order = [.. Enumerable.Range(0, digests.Length).OrderByDescending(index => tree.Files[index].File.Length)];
        ParallelLoop.Run(order.Length, work, isSmall: length <= SmallBytes, position =>
        {
            (PackageFile file, PackageEntry entry) = tree.Files[order[position]];
            digests[order[position]] = new FileDigest(file.Path, TryDigest(entry, work));
        });
        work.Complete();
        return digests;
    }

    private static string TryDigest(PackageEntry entry, Workload work)
    {
        try
        {
            using EntryStream content = entry.Open();
            return ContentReader.Digest(content, work.Token, (_, count) => work.Add(count));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return string.Empty; // It is not known to be what was installed.
        }
    }
}
