using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;

namespace LlamaGate.Packages;

/// <summary>Reads the files of a package, all processors at work, and holds them against what the package says of them.</summary>
internal sealed class ContentReader
{
    /// <summary>The bytes that are moved at a time.</summary>
    private const int BufferLength = 128 * 1024;

    /// <summary>Below this many bytes and files, other threads cost more than they bring.</summary>
    private const int SmallBytes = 1024 * 1024;

    /// <inheritdoc cref="SmallBytes"/>
    private const int SmallFileCount = 32;

    private readonly PackageTree tree;
    private readonly Workload work;
    private readonly FileDigest[] digests;
    private readonly List<Problem> problems = [];
    private readonly long maxBytes;
    private long room;

    /// <summary>Starts with nothing read.</summary>
    /// <param name="tree">The files and folders of the package.</param>
    /// <param name="maxBytes">The most bytes that the files may have in all: those on disk may grow after they were listed.</param>
    /// <param name="work">Counts the bytes, stops the reading.</param>
    public ContentReader(PackageTree tree, long maxBytes, Workload work)
    {
        this.tree = tree;
        this.work = work;
        this.maxBytes = maxBytes;
        room = maxBytes - tree.Files.Sum(item => item.File.Length);
        digests = new FileDigest[tree.Files.Count];
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="content">The content of one entry.</param>
    /// <param name="token">Looked at for every buffer.</param>
    /// <param name="onBytes">Gets each buffer and how many bytes are in it.</param>
    /// <returns>The SHA-256 of the bytes, 64 lower-case hexadecimal digits.</returns>
    public static string Digest(EntryStream content, CancellationToken token, Action<byte[], int>? onBytes = null)
    {
        int length = (int)Math.Min(BufferLength, content.Length + 1);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            using var sha256 = new ContentHash(content.Length);
            int count;
            while ((count = content.Read(buffer, 0, length)) > 0)
            {
                token.ThrowIfCancellationRequested();
                sha256.Append(buffer, count);
                onBytes?.Invoke(buffer, count);
            }

            return Hex(sha256.Finish());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Bytes as lower-case hexadecimal digits.</summary>
    /// <returns>Two hexadecimal digits for each byte.</returns>
    public static string Hex(byte[] bytes)
    {
        const string Digits = "0123456789abcdef";
        char[] text = new char[bytes.Length * 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            text[2 * i] = Digits[bytes[i] >> 4];
            text[(2 * i) + 1] = Digits[bytes[i] & 0xF];
        }

        return new string(text);
    }

    /// <summary>Reads every file, the largest first. What a file's content violates is kept for <see cref="Check"/>.</summary>
    /// <param name="read">Reads the content of the file of an index to its end, on any thread; gives its SHA-256.</param>
    public void ReadFiles(Func<int, EntryStream, string> read)
    {
        int[] order = [.. Enumerable.Range(0, tree.Files.Count).OrderByDescending(index => tree.Files[index].File.Length)];
        bool isSmall = tree.Files.Count <= SmallFileCount && tree.Files.Sum(item => item.File.Length) <= SmallBytes;
        ParallelLoop.Run(order.Length, work, isSmall, position =>
        {
            (PackageFile file, PackageEntry entry) = tree.Files[order[position]];
            digests[order[position]] = new FileDigest(file.Path, Hold(file.Path, () =>
            {
                using EntryStream content = entry.Open();
                CountGrowth(content.Length - file.Length);
                return read(order[position], content);
            }) ?? string.Empty);
        });
    }

    /// <summary>Checks the files that were read: their content, and <c>checksums.txt</c> against it.</summary>
    /// <param name="package">The path of the package, for the message.</param>
    /// <returns>The SHA-256 of each file, in the tree's order.</returns>
    /// <exception cref="LlamaGateException">PackageInvalid or ChecksumMismatch, with every violation.</exception>
    public IReadOnlyList<FileDigest> Check(string package)
    {
        IReadOnlyList<Problem> mismatches = tree.Checksums.Count > 0 ? CheckChecksums() : [];
        if (problems.Count > 0)
        {
            problems.Sort((one, other) => string.CompareOrdinal(one.File, other.File));
            throw PackageContent.Refused(ErrorIds.PackageInvalid, package, [.. problems, .. mismatches]);
        }

        return mismatches.Count == 0 ? digests : throw PackageContent.Refused(ErrorIds.ChecksumMismatch, package, mismatches);
    }

    private IReadOnlyList<Problem> CheckChecksums()
    {
        // The last one counts, and speaks of the first as of a file (contract, section 5, rule 5).
        FileDigest[] shadowed =
        [
            .. tree.Checksums.Take(tree.Checksums.Count - 1).Select(first => new FileDigest(
                ChecksumsFile.Name,
                Hold(ChecksumsFile.Name, () =>
                {
                    using EntryStream content = first.Open();
                    return Digest(content, work.Token);
                }) ?? string.Empty)),
        ];
        PackageEntry last = tree.Checksums[^1];
        if (last.Length > ChecksumsFile.MaxBytes)
        {
            string message = $"it has {last.Length} bytes; at most {ChecksumsFile.MaxBytes} are allowed";
            return [new Problem(Problem.Error, ChecksumsFile.Name, message)];
        }

        byte[]? text = Hold(ChecksumsFile.Name, () => last.ReadStart(ChecksumsFile.MaxBytes));
        return text is null ? [] : ChecksumsFile.Parse(text).Check([.. digests, .. shadowed]);
    }

    private void CountGrowth(long bytes)
    {
        if (bytes > 0 && Interlocked.Add(ref room, -bytes) < 0)
        {
            throw new InvalidDataException($"it has grown since it was listed, and the files have more than {maxBytes} bytes now");
        }
    }

    /// <summary>Does something with a file's content; notes what that violates, and gives null then.</summary>
    private T? Hold<T>(string path, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception violation) when (violation is InvalidDataException or FileChangedException)
        {
            lock (problems)
            {
                problems.Add(new Problem(Problem.Error, path, violation.Message));
            }

            return null;
        }
    }
}
