using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using LlamaGate.Packages;
using Xunit;

namespace LlamaGate.Tests.Packages;

/// <summary>A folder of its own for each test of packages, and the ways in which they are opened and refused.</summary>
public abstract class PackageTest : IDisposable
{
    protected PackageTest()
    {
        Directory.CreateDirectory(Scratch);
    }

    /// <summary>An empty folder of the test's own, in a folder that holds nothing else.</summary>
    protected string Scratch { get; } = Path.Combine(Path.GetTempPath(), "llamagate-tests", Guid.NewGuid().ToString("N"), "scratch");

    /// <inheritdoc/>
    public void Dispose()
    {
        Directory.Delete(Path.GetDirectoryName(Scratch)!, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static Workload Work(CancellationToken? token = null, Action<string>? onStep = null) =>
        new(new DeafLog(), "Testing", "a package", 0, token ?? TestContext.Current.CancellationToken) { OnStep = onStep };

    private protected string Save(ZipForge forge) => Save(forge.Build());

    private protected string Save(byte[] zip)
    {
        string path = Path.Combine(Scratch, Guid.NewGuid().ToString("N") + ".zip");
        File.WriteAllBytes(path, zip);
        return path;
    }

    private protected PackageContent Open(ZipForge forge, PackageLimits? limits = null) => Open(Save(forge), limits);

    private protected static PackageContent Open(string path, PackageLimits? limits = null) =>
        PackageContent.Open(path, limits ?? new PackageLimits(), TestContext.Current.CancellationToken);

    /// <summary>Opens and verifies a package that must be refused.</summary>
    private protected LlamaGateException Refuse(ZipForge forge, string errorId = ErrorIds.PackageInvalid) => Refuse(Save(forge), errorId);

    /// <inheritdoc cref="Refuse(ZipForge, string)"/>
    private protected static LlamaGateException Refuse(string path, string errorId = ErrorIds.PackageInvalid)
    {
        LlamaGateException refusal = Assert.Throws<LlamaGateException>(() =>
        {
            using PackageContent content = Open(path);
            content.Verify(Work());
        });
        Assert.Equal(errorId, refusal.ErrorId);
        Assert.Equal(path, refusal.Target);
        Assert.Contains("nothing was changed", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Problems);
        Assert.All(refusal.Problems, problem => Assert.Equal(Problem.Error, problem.Severity));
        return refusal;
    }

    /// <summary>An empty folder below <see cref="Scratch"/>.</summary>
    private protected string NewFolder()
    {
        string path = Path.Combine(Scratch, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>Extracts a package that must be accepted, and tells what came of it.</summary>
    private protected Dictionary<string, string> Extract(ZipForge forge)
    {
        using PackageContent content = Open(forge);
        string folder = NewFolder();
        content.ExtractTo(folder, Work());
        return ReadTree(folder);
    }

    /// <summary>The files below a folder with their text; folders end in <c>/</c> and have none.</summary>
    private protected static Dictionary<string, string> ReadTree(string folder) =>
        Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).ToDictionary(
            path => Path.GetRelativePath(folder, path).Replace('\\', '/') + (Directory.Exists(path) ? "/" : string.Empty),
            path => Directory.Exists(path) ? string.Empty : File.ReadAllText(path, Encoding.UTF8),
            StringComparer.Ordinal);

    /// <summary>Writes a file below a folder, which may name folders that are not there yet.</summary>
    private protected static string WriteFile(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Bytes that do not shrink, the same every time.</summary>
    private protected static byte[] Noise(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private protected static string Hash(byte[] content) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content)).ToLowerInvariant();

    /// <summary>Makes a named pipe, on Unix.</summary>
    private protected static void MakePipe(string path) => Assert.Equal(0, mkfifo(Encoding.UTF8.GetBytes(path + "\0"), 0x1A4));

    /// <summary>Makes a folder whose name is no text, on Linux. .NET can neither open nor delete it.</summary>
    private protected static void MakeFolder(byte[] path) => Assert.Equal(0, mkdir([.. path, 0], 0x1ED));

    /// <summary>Removes a folder of <see cref="MakeFolder"/>.</summary>
    private protected static void RemoveFolder(byte[] path) => Assert.Equal(0, rmdir([.. path, 0]));

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mkfifo(byte[] path, uint mode);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mkdir(byte[] path, uint mode);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int rmdir(byte[] path);

    private sealed class DeafLog : IStoreLog
    {
        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }

        public void Progress(StoreProgress progress)
        {
        }
    }
}
