using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using LlamaGate.FileSystem;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>A home of a test's own in a temporary folder, with what tests do to it most.</summary>
internal sealed class TestHome : IDisposable
{
    /// <summary>Names the folder that all homes are made in, such as the mount point of the file system to try (tests/README.md).</summary>
    private const string RootVariable = "LLAMAGATE_TEST_ROOT";

    private const string Memory = "/dev/shm";

    /// <summary>Makes the temporary folder.</summary>
    /// <param name="inMemory">
    /// Whether it may lie in memory, where flushing costs nothing: for tests that make hundreds of commits, not for those of files.
    /// </param>
    public TestHome(bool inMemory = false)
    {
        string temporary = Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } root ? root
            : inMemory && OperatingSystem.IsLinux() && Directory.Exists(Memory) ? Memory : Path.GetTempPath();
        Root = Path.Combine(temporary, "llamagate-tests", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Root);
        Home = new LlamaGateHome(Path.Combine(Root, "home"));
    }

    /// <summary>The temporary folder: the home is in it, packages go beside the home.</summary>
    public string Root { get; }

    public LlamaGateHome Home { get; }

    public RecordingLog Log { get; } = new();

    /// <summary>A store that tells its story to <see cref="Log"/>.</summary>
    public PackageStore Open(TimeSpan? lockTimeout = null) => new(Home, Log, lockTimeout);

    /// <summary>A store whose clock, steps or moves the test decides on.</summary>
    public PackageStore Open(Action<StoreSettings> configure)
    {
        StoreSettings context = Context();
        configure(context);
        return new PackageStore(context);
    }

    /// <summary>
    /// Skips the test where folders cannot be exchanged in one step. The file system itself is asked: where it can, a store that does not
    /// do it fails the test.
    /// </summary>
    public void SkipUnlessExchanging()
    {
        string[] folders = [Path.Combine(Root, "left"), Path.Combine(Root, "right")];
        Array.ForEach(folders, folder => Directory.CreateDirectory(folder));
        Assert.SkipUnless(Durable.TryExchange(folders[0], folders[1]), "This file system cannot exchange two folders in one step.");
    }

    /// <summary>What a store of this home needs to know.</summary>
    public StoreSettings Context() => new(Home, Log, TimeSpan.FromSeconds(30));

    /// <summary>Writes a folder of files beside the home.</summary>
    public string Folder(string name, params (string Path, string Content)[] files)
    {
        string folder = Path.Combine(Root, name);
        foreach ((string path, string content) in files)
        {
            string file = Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
        }

        return folder;
    }

    /// <summary>Writes a zip of files beside the home.</summary>
    public string Zip(string name, params (string Path, string Content)[] files)
    {
        string path = Path.Combine(Root, name);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string entry, string content) in files)
        {
            using Stream stream = zip.CreateEntry(entry).Open();
            stream.Write(Encoding.UTF8.GetBytes(content));
        }

        return path;
    }

    /// <summary>The zip of a small workflow extension.</summary>
    public string ExtensionZip(string id, string version = "1.0.0", string body = "hello", string more = "") => Zip(
        $"{id}-{version}-{Guid.NewGuid():N}.zip", ("manifest.yaml", Manifest(id, version, more)), ("templates/body.txt", body));

    /// <summary>The zip of a small agentic module.</summary>
    public string ModuleZip(string id, string version = "1.0.0") => Zip(
        $"{id}-{version}-{Guid.NewGuid():N}.zip",
        ("agenticmodule.yaml", $"name: {id}\nversion: {version}\ndescription: A module.\nsteps:\n  - extension: first\n"));

    public static string Manifest(string id, string version = "1.0.0", string more = "") =>
        $"name: {id}\nversion: {version}\ndescription: A test.\ntype: workflow\nsteps:\n  - uses: llm.chat\n{more}";

    /// <summary>Imports packages in a store of their own and returns the outcomes.</summary>
    public IReadOnlyList<ImportOutcome> Import(ImportOptions options, params string[] paths)
    {
        using PackageStore store = Open();
        return store.Import(paths, options, _ => true, TestContext.Token).ToList();
    }

    /// <summary>Imports a package that must succeed.</summary>
    public ImportedItem Import(string path, bool force = false)
    {
        ImportOutcome outcome = Xunit.Assert.Single(Import(new ImportOptions(force: force), path));
        Xunit.Assert.Null(outcome.Error);
        return outcome.Item!;
    }

    /// <summary>Imports a package that must fail.</summary>
    public LlamaGateException ImportFails(string path, ImportOptions? options = null)
    {
        ImportOutcome outcome = Xunit.Assert.Single(Import(options ?? new ImportOptions(), path));
        Xunit.Assert.Null(outcome.Item);
        return outcome.Error!;
    }

    /// <summary>The registered items, as another process would see them.</summary>
    public IReadOnlyList<InstalledItem> Items()
    {
        using PackageStore store = Open();
        return store.GetItems();
    }

    /// <summary>The item of an id, as another process would see it.</summary>
    public InstalledItem Item(string id) => Xunit.Assert.Single(Items(), item => item.Id == id);

    /// <summary>Writes a file of the home.</summary>
    public string Write(string path, string content)
    {
        string file = Path.Combine(Home.Path, path.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    /// <summary>Reads a file of the home.</summary>
    public string Read(string path) => File.ReadAllText(Path.Combine(Home.Path, path.Replace('/', Path.DirectorySeparatorChar)));

    /// <summary>What is below a folder: each path, with a hash of its content, its times and its mode.</summary>
    public static string Snapshot(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return "(absent)";
        }

        var lines = new StringBuilder();
        var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories);
        foreach (FileSystemInfo info in entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            string content = info.Attributes.HasFlag(FileAttributes.ReparsePoint) ? "-> " + info.LinkTarget
                : info is DirectoryInfo ? "folder"
                : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(info.FullName)));
            lines.AppendLine(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(folder, info.FullName)}|{content}|{info.LastWriteTimeUtc.Ticks}|{info.UnixFileMode}");
        }

        return lines.ToString();
    }

    /// <summary>What is below a folder, names and contents alone.</summary>
    public static IReadOnlyDictionary<string, string> Tree(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);

    /// <summary>That nothing of an interrupted or finished command is left in staging.</summary>
    public void AssertNoStaging()
    {
        if (Directory.Exists(Home.StagingFolder))
        {
            Xunit.Assert.Empty(Directory.EnumerateFileSystemEntries(Home.StagingFolder));
        }
    }

    public void Dispose() => StorePath.Delete(Root);

    private static class TestContext
    {
        public static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;
    }
}
