using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;
using LlamaGate.FileSystem;
using Xunit;

namespace LlamaGate.Tests.Fuzzing;

/// <summary>Random packages: what is imported is exported, and what is exported is imported, to the last byte.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly Gen<string> Name = Gen.String[Gen.OneOf(Gen.Char['a', 'f'], Gen.OneOf('_', '-', ' ', '.', '\u00e9', '\u4e2d', '(')), 1, 8]
        .Where(name => name.Trim(' ', '.').Length == name.Length && !name.Contains("..", StringComparison.Ordinal));

    private static readonly Gen<(string Path, byte[] Content, bool Executable)> File = Gen.Select(
        Name.Array[1, 4],
        Gen.OneOf(Gen.Byte.Array[0, 300], Gen.Byte.Select(Gen.Int[0, 200_000], (value, count) => Enumerable.Repeat(value, count).ToArray())),
        Gen.Bool,
        (parts, content, executable) => ("d/" + string.Join('/', parts), content, executable));

    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void What_is_exported_imports_to_the_same_tree_and_exports_to_the_same_bytes()
    {
        int packages = 0;
        File.Array[0, 12].Sample(
            files =>
            {
                string folder = Path.Combine(test.Root, "package");
                StorePath.Delete(folder);
                Write(folder, files);
                using PackageStore store = test.Open();

                InstalledItem item = Import(store, folder);
                Assert.Equal(Tree(folder), Tree(item.Path));
                ExportedPackage first = store.Export(item, Path.Combine(test.Root, "first.zip"), overwrite: true, default);
                store.Remove(item, default);
                InstalledItem again = Import(store, first.Path);
                Assert.Equal(Tree(folder), Tree(again.Path));
                ExportedPackage second = store.Export(again, Path.Combine(test.Root, "second.zip"), overwrite: true, default);

                Assert.Equal(first.Sha256, second.Sha256);
                store.Remove(again, default);
                packages++;
            },
            iter: 40,
            time: TestScale.FuzzSeconds,
            threads: 1);
        TestScale.Report(packages, "random packages there and back");
    }

    private static ImportedItem Import(PackageStore store, string path)
    {
        ImportOutcome outcome = Assert.Single(store.Import([path], new ImportOptions(), _ => true, default));
        Assert.Null(outcome.Error);
        return outcome.Item!;
    }

    private static void Write(string folder, (string Path, byte[] Content, bool Executable)[] files)
    {
        Directory.CreateDirectory(folder);
        System.IO.File.WriteAllText(Path.Combine(folder, "manifest.yaml"), TestHome.Manifest("random"));
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string path, byte[] content, bool executable) in files)
        {
            // A name that is taken, be it by a file where a folder would be, is left out: no file system would hold it either.
            string[] parts = path.Split('/');
            string[] prefixes = [.. Enumerable.Range(1, parts.Length).Select(count => string.Join('/', parts[..count]))];
            if (prefixes[..^1].Any(prefix => taken.Contains("file " + prefix))
                || taken.Contains("file " + path) || taken.Contains("folder " + path)
                || prefixes[..^1].Any(prefix => taken.TryGetValue("folder " + prefix, out string? known) && known != "folder " + prefix))
            {
                continue;
            }

            taken.Add("file " + path);
            taken.UnionWith(prefixes[..^1].Select(prefix => "folder " + prefix));
            string full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            System.IO.File.WriteAllBytes(full, content);
            if (!OperatingSystem.IsWindows() && executable)
            {
                System.IO.File.SetUnixFileMode(full, System.IO.File.GetUnixFileMode(full) | UnixFileMode.UserExecute);
            }
        }
    }

    private static IEnumerable<string> Tree(string folder) => Directory
        .EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
        .Select(path => string.Join(
            '|',
            Path.GetRelativePath(folder, path),
            Directory.Exists(path) ? "folder" : Convert.ToHexString(System.IO.File.ReadAllBytes(path)),
            !OperatingSystem.IsWindows() && System.IO.File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute)))
        .Order(StringComparer.Ordinal);
}
