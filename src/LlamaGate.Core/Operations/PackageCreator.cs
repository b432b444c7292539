using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;

namespace LlamaGate.Operations;

/// <summary>Writes the folder of a new package (contract, section 10).</summary>
internal sealed class PackageCreator
{
    private readonly IStoreLog log;

    public PackageCreator(IStoreLog log) => this.log = log;

    /// <summary>Creates a package; see <see cref="PackageAuthoring.Create"/>.</summary>
    public CreatedPackage? Create(string folder, CreateOptions options, Func<CreatedPackage, bool> approve, CancellationToken token)
    {
        string path = UserPath.ToFull(folder, ErrorIds.ExportFailed).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        string id = options.Id ?? Path.GetFileName(path);
        if (!ItemId.IsValid(id))
        {
            string remedy = options.Id is null ? " Specify another folder, or an id with -Id (--id)." : string.Empty;
            throw new LlamaGateException(ErrorIds.ManifestInvalid, $"'{Printable.Of(id)}' is not a valid id. {ItemId.Rule}.{remedy}", path);
        }

        IReadOnlyList<(string Path, string Text)> files = Choose(options, id, options.Name ?? id);
        string name = ManifestReader.Read(new Texts(files), options.Type, folderId: null, path, token).Name;
        try
        {
            Refuse(path, options.AddMissing);
            files = [.. files.Where(file => StorePath.Probe(OnDisk(path, file.Path)) == PathKind.Missing)];
            var created = new CreatedPackage(
                path, id, options.Type, name, ManifestTemplates.FirstVersion, [.. files.Select(file => file.Path)]);
            if (!approve(created))
            {
                return null;
            }

            Write(path, files, token);
            return created;
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            throw new LlamaGateException(
                ErrorIds.ExportFailed,
                $"The package '{path}' cannot be written: {exception.Sentence()} Check disk space and permissions, then try again.",
                path,
                innerException: exception);
        }
    }

    private static IReadOnlyList<(string Path, string Text)> Choose(CreateOptions options, string id, string name) =>
        options.Type == ItemType.Extension
            ? ManifestTemplates.Extension(options.Template, id, name, options.Description ?? "Describe here what the extension is for.")
            : ManifestTemplates.Module(id, name, options.Description ?? "Describe here what the module is for.");

    private static void Refuse(string path, bool addMissing)
    {
        if (StorePath.Probe(path) == PathKind.File)
        {
            throw new LlamaGateException(ErrorIds.DestinationExists, $"'{path}' is a file. Specify a folder.", path);
        }

        if (!addMissing && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new LlamaGateException(
                ErrorIds.DestinationExists,
                $"The folder '{path}' is not empty. Specify another folder, or use -Force (--force) to add the missing files. It does not "
                    + "overwrite existing files.",
                path);
        }
    }

    private void Write(string path, IReadOnlyList<(string Path, string Text)> files, CancellationToken token)
    {
        var written = new List<string>();
        try
        {
            foreach ((string name, string text) in files)
            {
                token.ThrowIfCancellationRequested();
                string file = OnDisk(path, name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
                written.Add(file);
                byte[] bytes = Encoding.UTF8.GetBytes(text);
                stream.Write(bytes, 0, bytes.Length);
                log.Verbose($"Wrote '{file}'.");
            }
        }
        catch
        {
            written.ForEach(File.Delete); // Half a package is not left behind.
            throw;
        }
    }

    private static string OnDisk(string folder, string name) => Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The files before they are written, for the reader that says whether they are right.</summary>
    private sealed class Texts(IReadOnlyList<(string Path, string Text)> files) : IManifestFiles
    {
        public IReadOnlyCollection<string> RootFiles { get; } =
            [.. files.Select(file => file.Path).Where(path => path.IndexOf('/') < 0)];

        public Stream OpenRootFile(string name) => new MemoryStream(
            Encoding.UTF8.GetBytes(files.Single(file => string.Equals(file.Path, name, StringComparison.Ordinal)).Text), writable: false);
    }
}
