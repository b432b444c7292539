using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;

namespace LlamaGate.Packages;

// Longer than 300 lines because opening, verifying, unpacking and comparing share the tree and its rules.

/// <summary>
/// The content of a package, zip or folder, that obeys the rules of names, entries and limits (contract, section 5). What only
/// reading every byte can show (sizes, CRCs, checksums) is checked by <see cref="Verify"/> and <see cref="ExtractTo"/>.
/// </summary>
internal sealed class PackageContent : IManifestFiles, IDisposable
{
    private readonly string path;
    private readonly SharedFile? archive;
    private readonly PackageTree tree;
    private readonly long maxBytes;
    private readonly ConcurrentQueue<string> notExecutable = new();

    private PackageContent(string path, SharedFile? archive, PackageTree tree, LeftOut leftOut, long maxBytes)
    {
        this.maxBytes = maxBytes;
        this.path = path;
        this.archive = archive;
        this.tree = tree;
        LeftOut = leftOut;
        Files = [.. tree.Files.Select(item => item.File)];
        RootFiles = [.. Files.Where(file => file.Path.IndexOf('/') < 0).Select(file => file.Path)];
        Length = Files.Sum(file => file.Length);
    }

    /// <summary>The files, ordinal by path; without <c>checksums.txt</c> and what is left out.</summary>
    public IReadOnlyList<PackageFile> Files { get; }

    /// <summary>Every folder below the root, parents first.</summary>
    public IReadOnlyList<string> Folders => tree.Folders;

    /// <summary>What is not content and was left out.</summary>
    public LeftOut LeftOut { get; }

    /// <summary>Whether the package has a list of checksums, against which reading every byte holds the files.</summary>
    public bool HasChecksums => tree.Checksums.Count > 0;

    /// <summary>The files that <see cref="ExtractTo"/> could not make executable, ordinal: the file system holds no execute bit, or refuses it.</summary>
    public IReadOnlyList<string> NotExecutable => [.. notExecutable.OrderBy(name => name, StringComparer.Ordinal)];

    /// <summary>The bytes that the files are said to have in all.</summary>
    public long Length { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> RootFiles { get; }

    /// <summary>Opens a package and checks what can be checked without reading its files.</summary>
    /// <param name="path">The full path of a zip file or a folder.</param>
    /// <param name="limits">How much it may hold.</param>
    /// <param name="token">Stops the reading.</param>
    /// <exception cref="LlamaGateException">PackageNotFound; PackageInvalid with every violation.</exception>
    public static PackageContent Open(string path, PackageLimits limits, CancellationToken token)
    {
        SharedFile? zip = null;
        var problems = new List<Problem>();
        try
        {
            bool isFolder = Directory.Exists(path);
            zip = isFolder ? null : OpenZip(path);
            LeftOut leftOut = isFolder ? SourceFolder.ChooseLeftOut(path, problems) : new LeftOut();
            IReadOnlyList<PackageEntry> entries = zip is null
                ? FolderDirectory.Read(path, limits, leftOut, problems, token)
                : NupkgContent.Of(ZipDirectory.Read(zip, limits, problems, token));
            var content = PackageTree.Build(entries, limits, unwrap: true, leftOut, problems);
            if (problems.Count == 0 && content.Files.Count == 0)
            {
                throw new InvalidDataException("it contains no files (item not found: no manifest in the package)");
            }

            if (problems.Count == 0)
            {
                var package = new PackageContent(path, zip, content, leftOut, limits.MaxUnpackedBytes);
                zip = null;
                return package;
            }
        }
        catch (InvalidDataException violation)
        {
            // The package as a whole: what else there is to say of it comes after that.
            problems.Insert(0, new Problem(Problem.Error, string.Empty, violation.Message));
        }
        catch (IOException) when (StorePath.Probe(path) == PathKind.Missing)
        {
            string message = $"There is no package at '{path}'. Check the path; a package is a zip file or a folder.";
            throw new LlamaGateException(ErrorIds.PackageNotFound, message, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string message = $"The package '{path}' cannot be read, and nothing was changed. Check that you have permission to read it, and try again.";
            throw new LlamaGateException(ErrorIds.PackageInvalid, $"{message} {exception.Message}", path, innerException: exception);
        }
        finally
        {
            zip?.Dispose();
        }

        throw Refused(ErrorIds.PackageInvalid, path, problems);
    }

    /// <summary>Opens the folder of an item, installed or backed up: any size is allowed, and <c>checksums.txt</c> is not content.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="token">Stops the reading.</param>
    /// <exception cref="LlamaGateException">ManifestInvalid: it holds what no item may hold, with every violation.</exception>
    /// <exception cref="IOException">The folder is not there or cannot be read.</exception>
    public static PackageContent OpenItem(string folder, CancellationToken token)
    {
        var problems = new List<Problem>();
        var leftOut = new LeftOut();
        var content = PackageTree.Read(folder, leftOut, problems, token);
        return problems.Count == 0
            ? new PackageContent(folder, archive: null, new PackageTree(content.Files, content.Folders, checksums: []), leftOut, long.MaxValue)
            : throw LlamaGateException.WithProblems(
                ErrorIds.ManifestInvalid, $"'{folder}' contains files that an item cannot contain. Remove or rename these files and try "
                    + "again:", folder, problems);
    }

    /// <summary>The refusal of a package.</summary>
    /// <param name="errorId">PackageInvalid or ChecksumMismatch.</param>
    /// <param name="path">The path of the package.</param>
    /// <param name="problems">Every violation.</param>
    public static LlamaGateException Refused(string errorId, string path, IReadOnlyList<Problem> problems)
    {
        string reason = string.Equals(errorId, ErrorIds.ChecksumMismatch, StringComparison.Ordinal)
            ? $"The files of the package '{path}' do not match its {ChecksumsFile.Name}"
            : $"The package '{path}' breaks the rules for packages";
        string advice = Directory.Exists(path) ? "Correct it and try again." : "Get the package again, or ask its author for a new one.";
        return LlamaGateException.WithProblems(
            errorId, $"{reason}; nothing was changed. {advice} The problems are:", path, problems);
    }

    /// <summary>Looks for files that often hold secrets; reads the start of some.</summary>
    /// <returns>A warning for each, ordinal by path.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IReadOnlyList<Problem> FindSecrets() => [.. Secrets.Find(tree)];

    /// <inheritdoc/>
    /// <remarks>Of a file that is larger than a manifest may be, only the start is given: one byte more than is allowed.</remarks>
    /// <exception cref="LlamaGateException">PackageInvalid: the file is damaged.</exception>
    public Stream OpenRootFile(string name)
    {
        PackageEntry entry = tree.Files.Single(item => string.Equals(item.File.Path, name, StringComparison.Ordinal)).Entry;
        try
        {
            return new MemoryStream(entry.ReadStart(PackageLimits.MaxManifestBytes + 1), writable: false);
        }
        catch (Exception violation) when (violation is InvalidDataException or FileChangedException)
        {
            throw Refused(ErrorIds.PackageInvalid, path, [new Problem(Problem.Error, name, violation.Message)]);
        }
    }

    /// <summary>Reads every byte and checks it, writing nothing.</summary>
    /// <param name="work">Counts the bytes, stops the reading.</param>
    /// <returns>The SHA-256 of each file, in the order of <see cref="Files"/>.</returns>
    /// <exception cref="LlamaGateException">PackageInvalid or ChecksumMismatch, with every violation.</exception>
    public IReadOnlyList<FileDigest> Verify(Workload work)
    {
        var reader = new ContentReader(tree, maxBytes, work);
        reader.ReadFiles((_, content) => ContentReader.Digest(content, work.Token, (_, count) => work.Add(count)));
        return reader.Check(path);
    }

    /// <summary>Writes the content as a new package. What is checked by <see cref="Verify"/> is not checked here.</summary>
    /// <param name="output">Where the zip goes: writable and seekable, at position 0.</param>
    /// <param name="work">Counts the bytes, stops the writing.</param>
    /// <returns>How many files were written, <c>checksums.txt</c> not counted.</returns>
    /// <exception cref="IOException">A file went away or cannot be read; the disk is full.</exception>
    public int WriteTo(Stream output, Workload work) => PackageWriter.Write(tree, output, work);

    /// <summary>Writes the content below a folder, each byte once, checking it on the way.</summary>
    /// <param name="folder">An empty folder that exists.</param>
    /// <param name="work">Counts the bytes, stops the writing.</param>
    /// <returns>The SHA-256 of each file, in the order of <see cref="Files"/>.</returns>
    /// <exception cref="LlamaGateException">PackageInvalid or ChecksumMismatch, with every violation.</exception>
    /// <exception cref="IOException">The disk is full or cannot be written.</exception>
    public IReadOnlyList<FileDigest> ExtractTo(string folder, Workload work)
    {
        foreach (string name in Folders)
        {
            work.Token.ThrowIfCancellationRequested();
            work.Step("extract-folder");
            Directory.CreateDirectory(OnDisk(folder, name));
        }

        var reader = new ContentReader(tree, maxBytes, work);
        reader.ReadFiles((index, content) =>
        {
            string target = OnDisk(folder, Files[index].Path);
            work.Step("extract-create");
            string digest;
            using (var output = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1))
            {
                digest = ContentReader.Digest(content, work.Token, (buffer, count) =>
                {
                    work.Step("extract-write");
                    output.Write(buffer, 0, count);
                    work.Add(count);
                });
                work.Step("extract-close");
            }

            if (Files[index].Executable == true && Platform.IsUnix)
            {
                work.Step("extract-mode");
                if (!UnixFile.TryMakeExecutable(target))
                {
                    notExecutable.Enqueue(Files[index].Path);
                }
            }

            return digest;
        });
        return reader.Check(path);
    }

    /// <summary>
    /// Whether a folder on disk has this content: names, sizes and execute permissions (where the package gives them and the file system
    /// holds them) first, then the hashes of both sides. When it returns true, the package has been verified in full.
    /// </summary>
    /// <param name="folder">The folder of an installed item.</param>
    /// <param name="holdsExecuteBit">Tells whether the file system holds the permission to execute. Asked only when one differs.</param>
    /// <param name="work">Counts the bytes, stops the reading.</param>
    /// <returns>Whether nothing would change.</returns>
    /// <exception cref="LlamaGateException">PackageInvalid or ChecksumMismatch, with every violation.</exception>
    public bool Matches(string folder, Func<bool> holdsExecuteBit, Workload work)
    {
        PackageTree? installed = TryReadInstalled(folder, work.Token);
        if (installed is null || !HasSameShape(installed) || (!HasSamePermissions(installed) && holdsExecuteBit()))
        {
            return false;
        }

        bool differs = false;
        var reader = new ContentReader(tree, maxBytes, work);
        reader.ReadFiles((index, content) =>
        {
            if (Volatile.Read(ref differs))
            {
                return string.Empty;
            }

            string digest = ContentReader.Digest(content, work.Token, (_, count) => work.Add(count));
            if (!string.Equals(digest, TryDigestInstalled(installed.Files[index].Entry, work.Token), StringComparison.Ordinal))
            {
                Volatile.Write(ref differs, value: true);
            }

            return digest;
        });
        if (differs)
        {
            return false;
        }

        reader.Check(path);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => archive?.Dispose();

    private static SharedFile OpenZip(string path)
    {
        // Opening a pipe would wait for its writer, and a zip's end comes first.
        if (Platform.IsUnix && !StorePath.IsRegularFile(path))
        {
            throw new InvalidDataException("it is neither a regular file nor a folder; save the package to a file first");
        }

        if (File.Exists(path) && ManifestNames.All.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase))
        {
            string folder = Path.GetDirectoryName(path)!;
            throw new InvalidDataException($"it is a manifest, not a package: specify the folder that contains it, '{folder}'");
        }

        return new SharedFile(path);
    }

    private static string OnDisk(string folder, string name) => Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));

    private static PackageTree? TryReadInstalled(string folder, CancellationToken token)
    {
        try
        {
            var problems = new List<Problem>();
            var installed = PackageTree.Read(folder, new LeftOut(), problems, token);
            return problems.Count == 0 ? installed : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What cannot be read is not known to be the same; installing replaces it.
            return null;
        }
    }

    private static string? TryDigestInstalled(PackageEntry file, CancellationToken token)
    {
        try
        {
            using EntryStream content = file.Open();
            return ContentReader.Digest(content, token);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool HasSameShape(PackageTree installed) =>
        installed.Folders.SequenceEqual(Folders, StringComparer.Ordinal)
        && installed.Files.Count == Files.Count
        && installed.Files.Zip(Files, (there, here) =>
            string.Equals(there.File.Path, here.Path, StringComparison.Ordinal) && there.File.Length == here.Length).All(same => same);

    private bool HasSamePermissions(PackageTree installed) => installed.Files.Zip(Files, (there, here) =>
        here.Executable is null || there.File.Executable is null || here.Executable == there.File.Executable).All(same => same);
}
