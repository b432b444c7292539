using System;
using System.IO;
using System.Security.Cryptography;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Packages;

namespace LlamaGate.Operations;

/// <summary>
/// A package file in the making: written beside its destination, then renamed, so that what is interrupted leaves what was there
/// (contract, section 5).
/// </summary>
internal sealed class PackageOutput : IDisposable
{
    private const int BufferBytes = 128 * 1024;

    private readonly StoreSettings? settings;
    private readonly IStoreLog log;
    private readonly bool overwrite;
    private readonly string folder;
    private readonly string temporary;

    /// <summary>Names a package file. Nothing is written yet.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="settings">The store whose item is written: nothing is written where its home keeps its own files.</param>
    public PackageOutput(string path, bool overwrite, StoreSettings settings)
        : this(path, overwrite, settings.Log) => this.settings = settings;

    /// <inheritdoc cref="PackageOutput(string, bool, StoreSettings)"/>
    public PackageOutput(string path, bool overwrite, IStoreLog log)
    {
        Path = path;
        this.overwrite = overwrite;
        this.log = log;
        folder = System.IO.Path.GetDirectoryName(path)!;
        temporary = System.IO.Path.Combine(folder, $".llamagate-{Guid.NewGuid():N}.tmp");
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>Where a package goes: the file, or <c>&lt;id&gt;-&lt;version&gt;.zip</c> in the folder.</summary>
    /// <param name="destination">A file, or a folder: one that exists or a path that ends in a separator.</param>
    /// <param name="id">The id of the item.</param>
    /// <param name="version">Its version, which need not be one.</param>
    /// <returns>The full path of the zip file.</returns>
    /// <exception cref="LlamaGateException">ExportFailed: the destination is not a path.</exception>
    public static string ChoosePath(string destination, string id, string version)
    {
        char last = destination.Length > 0 ? destination[destination.Length - 1] : '\0';
        string fullPath = UserPath.ToFull(destination, ErrorIds.ExportFailed);

        // A registry that somebody else wrote may have any text for a version, and none of it may lead out of the folder.
        string name = SemanticVersion.IsValid(version) ? $"{id}-{version}.zip" : $"{id}.zip";
        return last == System.IO.Path.DirectorySeparatorChar || last == System.IO.Path.AltDirectorySeparatorChar || Directory.Exists(fullPath)
            ? System.IO.Path.Combine(fullPath, name)
            : fullPath;
    }

    /// <summary>Refuses a destination where no package may go.</summary>
    /// <exception cref="LlamaGateException">DestinationExists, ExportFailed.</exception>
    public void Refuse()
    {
        if (settings is not null && StorePath.BelongsTo(settings.Home, Path))
        {
            throw new LlamaGateException(
                ErrorIds.ExportFailed, $"'{Path}' is in a folder where the LlamaGate home keeps its own files. Specify a file in another "
                    + "folder.", Path);
        }

        PathKind there = StorePath.Probe(Path);
        if (there == PathKind.Folder || (there == PathKind.Link && Directory.Exists(Path)))
        {
            throw new LlamaGateException(ErrorIds.ExportFailed, $"'{Path}' is a folder, but the package is a file. Specify another file, "
                + "or another folder for the file.", Path);
        }

        // What is renamed over a link, a device or a pipe takes its place: nobody means that.
        if (there == PathKind.Link || (there == PathKind.File && !StorePath.IsRegularFile(Path)))
        {
            throw new LlamaGateException(ErrorIds.ExportFailed, $"'{Path}' is a link, a device or a pipe. Specify a regular file.", Path);
        }

        if (there == PathKind.File && !overwrite)
        {
            throw new LlamaGateException(
                ErrorIds.DestinationExists, $"'{Path}' already exists. Specify another file, or use -Force (--force) to overwrite it.", Path);
        }
    }

    /// <summary>Refuses a destination where no package may go, and makes its folder.</summary>
    /// <exception cref="LlamaGateException">DestinationExists, ExportFailed.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public void Open()
    {
        Refuse();
        Step("export.folder");
        Directory.CreateDirectory(folder);
    }

    /// <summary>Writes the file, from its start: whatever was written before is dropped.</summary>
    /// <param name="write">Writes the zip and tells how many files it holds.</param>
    /// <returns>The files, the bytes of the zip and their SHA-256.</returns>
    /// <exception cref="IOException">The disk is full or cannot be written.</exception>
    public (int FileCount, long Length, string Sha256) Write(Func<Stream, int> write)
    {
        Step("export.write");
        File.Delete(temporary);
        using var output = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes);
        int fileCount = write(output);
        Step("export.flush");
        Durable.FlushFile(output);
        output.Position = 0;
        using SHA256 sha256 = SHA256.Create();
        return (fileCount, output.Length, ContentReader.Hex(sha256.ComputeHash(output)));
    }

    /// <summary>Moves the file to its destination.</summary>
    /// <exception cref="LlamaGateException">DestinationExists, ExportFailed.</exception>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public void Commit()
    {
        Refuse();
        Step("export.replace");
        Durable.ReplaceKeepingAccess(temporary, Path);
        Step("export.flush-folder");
        FlushFolder();
    }

    /// <summary>What to throw when the file cannot be written.</summary>
    /// <param name="what">What cannot be done.</param>
    /// <param name="cause">Why.</param>
    public LlamaGateException Failure(string what, Exception cause)
    {
        string advice = cause is FileChangedException ? string.Empty : " Check disk space and permissions, then try again.";
        return new LlamaGateException(
            ErrorIds.ExportFailed, $"{what}: {cause.Sentence()} An existing file at the destination is unchanged.{advice}", Path, innerException: cause);
    }

    /// <summary>Deletes what was written and not moved to its destination.</summary>
    public void Dispose() => StorePath.Delete(temporary);

    private void Step(string name) => settings?.Step(name);

    private void FlushFolder()
    {
        const int AccessDenied = 13; // EACCES
        try
        {
            Durable.FlushFolder(folder);
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) == AccessDenied)
        {
            // A folder that may be written to and not read cannot be opened. The package is there and whole; the system writes its name soon.
            log.Verbose($"'{folder}' cannot be read and was not flushed: {exception.Sentence()}");
        }
    }
}
