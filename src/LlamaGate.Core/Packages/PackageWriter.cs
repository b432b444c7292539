using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;

namespace LlamaGate.Packages;

/// <summary>Writes an item's folder as a package (contract, section 5, export).</summary>
internal static class PackageWriter
{
    private const int FileMode = UnixFile.RegularFile | 0x1A4;          // 0644
    private const int ExecutableFileMode = UnixFile.RegularFile | 0x1ED; // 0755
    private const int FolderMode = UnixFile.Folder | 0x1ED;

    /// <summary>How many files are packed ahead of the writing, and so are open at a time.</summary>
    private const int FilesAhead = 32;

    /// <summary>Below this many bytes, other threads cost more than they bring.</summary>
    private const int SmallBytes = 256 * 1024;

    /// <summary>
    /// Writes every file (ordinal order) and empty folder below a folder, then <c>checksums.txt</c>. The same content gives the same bytes.
    /// </summary>
    /// <param name="folder">The folder of an item. Not written to.</param>
    /// <param name="output">Where the zip goes: writable and seekable, at position 0.</param>
    /// <param name="work">Counts the bytes, stops the writing.</param>
    /// <returns>How many files of the item were written.</returns>
    /// <exception cref="LlamaGateException">
    /// ExportFailed: the folder holds a link, a special file or a name that no package may hold, with every one listed.
    /// </exception>
    /// <exception cref="IOException">A file went away or cannot be read; the disk is full.</exception>
    public static int Write(string folder, Stream output, Workload work) => Write(Read(folder, new LeftOut(), work), output, work);

    /// <summary>Reads the folder of an item that is to be written as a package.</summary>
    /// <param name="folder">The folder. Not written to.</param>
    /// <param name="leftOut">Decides what is left out.</param>
    /// <param name="work">Stops the reading.</param>
    /// <returns>What there is to write.</returns>
    /// <exception cref="LlamaGateException">
    /// ExportFailed: the folder holds a link, a special file or a name that no package may hold, with every one listed.
    /// </exception>
    /// <exception cref="IOException">A folder went away or cannot be read.</exception>
    public static PackageTree Read(string folder, LeftOut leftOut, Workload work)
    {
        var problems = new List<Problem>();
        var tree = PackageTree.Read(folder, leftOut, problems, work.Token);
        return problems.Count == 0
            ? tree
            : throw LlamaGateException.WithProblems(
                ErrorIds.ExportFailed,
                $"'{folder}' contains files that a package cannot contain, and was not exported. Remove or rename these files and try again:",
                folder,
                problems);
    }

    /// <summary>Writes the content of a package as a package; the same content gives the same bytes, wherever it lies.</summary>
    /// <param name="tree">The files and folders to write.</param>
    /// <param name="output">Where the zip goes: writable and seekable, at position 0.</param>
    /// <param name="work">Counts the bytes, stops the writing.</param>
    /// <returns>How many files were written, <c>checksums.txt</c> not counted.</returns>
    /// <exception cref="IOException">A file went away or cannot be read; the disk is full.</exception>
    public static int Write(PackageTree tree, Stream output, Workload work)
    {
        var zip = new ZipWriter(output, work);
        List<(string Name, PackageEntry? File)> entries = ListEntries(tree);
        var digests = new List<FileDigest>(tree.Files.Count);
        for (int done = 0; done < entries.Count; done += FilesAhead)
        {
            WriteBatch(zip, entries.GetRange(done, Math.Min(FilesAhead, entries.Count - done)), digests, work);
        }

        byte[] checksums = ChecksumsFile.Format(digests);
        using var packer = new FilePacker(new EntryStream(new MemoryStream(checksums), checksums.Length));
        packer.Next();
        WriteFile(zip, ChecksumsFile.Name, FileMode, packer, work);
        zip.Finish();
        return digests.Count;
    }

    /// <summary>The files and the folders that nothing else would bring back, in the order in which they are written.</summary>
    private static List<(string Name, PackageEntry? File)> ListEntries(PackageTree tree)
    {
        var parents = new HashSet<string>(
            tree.Files.Select(item => item.File.Path).Concat(tree.Folders).Select(path => path[..Math.Max(0, path.LastIndexOf('/'))]),
            StringComparer.Ordinal);
        IEnumerable<(string Name, PackageEntry? File)> files = tree.Files.Select(item => (item.File.Path, (PackageEntry?)item.Entry));
        IEnumerable<(string Name, PackageEntry? File)> emptyFolders =
            tree.Folders.Where(path => !parents.Contains(path)).Select(path => (path + "/", (PackageEntry?)null));
        return [.. files.Concat(emptyFolders).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    /// <summary>Packs the first piece of each file, all processors at work, then writes the files in order.</summary>
    private static void WriteBatch(ZipWriter zip, List<(string Name, PackageEntry? File)> batch, List<FileDigest> digests, Workload work)
    {
        var packers = new FilePacker?[batch.Count];
        try
        {
            bool isSmall = batch.Sum(entry => entry.File?.Length ?? 0) <= SmallBytes;
            ParallelLoop.Run(batch.Count, work, isSmall, index =>
            {
                if (batch[index].File is PackageEntry file)
                {
                    packers[index] = new FilePacker(file.Open());
                    Guard(file.Name, packers[index]!.Next);
                }
            });
            for (int i = 0; i < packers.Length; i++)
            {
                (string name, PackageEntry? file) = batch[i];
                if (packers[i] is not FilePacker packer)
                {
                    zip.Begin(name, FolderMode, ZipFormat.Stored, length: 0);
                    zip.End(crc32: 0);
                    continue;
                }

                WriteFile(zip, name, file!.Executable == true ? ExecutableFileMode : FileMode, packer, work);
                digests.Add(new FileDigest(name, packer.GetSha256()));
            }
        }
        finally
        {
            foreach (FilePacker? packer in packers)
            {
                packer?.Dispose();
            }
        }
    }

    /// <summary>Writes a file whose first piece is packed already.</summary>
    private static void WriteFile(ZipWriter zip, string name, int mode, FilePacker packer, Workload work)
    {
        zip.Begin(name, mode, packer.Method, packer.Length);
        do
        {
            work.Token.ThrowIfCancellationRequested();
            zip.Write(packer.Piece);
            work.Add(packer.PieceSource);
        }
        while (Guard(name, packer.Next));
        zip.End(packer.Crc32);
    }

    /// <summary>Reads on in a file; that it became shorter is a failure of the reading, not of the item.</summary>
    private static bool Guard(string name, Func<bool> next)
    {
        try
        {
            return next();
        }
        catch (FileChangedException changed)
        {
            throw new FileChangedException($"the file '{name}' became shorter while it was read", changed);
        }
    }
}
