using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Runtime.Versioning;
using System.Text;
using System.Threading;
using LlamaGate.Packages;
using Xunit;

namespace LlamaGate.Tests.Packages;

/// <summary>Writing packages: always the same bytes, and nothing that could not be read back.</summary>
public sealed class PackageWriterTests : PackageTest
{
    private const int RegularFile = 0x8000;

    [Fact]
    public void What_is_written_is_extracted_as_it_was()
    {
        string item = NewItem();
        WriteFile(item, "empty.txt", string.Empty);
        WriteFile(item, "a/b/c.txt", "c");
        WriteFile(item, "\u65e5\u672c/\u00e9.txt", "unicode");
        File.WriteAllBytes(Path.Combine(item, "noise.bin"), Noise(700_000));
        File.WriteAllText(Path.Combine(item, "text.txt"), string.Concat(Enumerable.Range(0, 200_000)));
        Directory.CreateDirectory(Path.Combine(item, "empty", "deeper"));
        string target = NewFolder();

        using PackageContent content = Open(Export(item));
        content.ExtractTo(target, Work());

        Assert.Equal(ReadTree(item).OrderBy(entry => entry.Key), ReadTree(target).OrderBy(entry => entry.Key));
        Assert.True(content.Matches(item, () => true, Work()));
    }

    [Fact]
    public void The_bytes_are_those_that_the_format_gives_for_the_content()
    {
        string item = NewItem();
        string text = string.Concat(Enumerable.Repeat("All work and no play. ", 30_000));
        byte[] noise = Noise(300_000);
        WriteFile(item, "text.txt", text);
        WriteFile(item, "Z/x", "x");
        WriteFile(item, "b-1/x", "x");
        WriteFile(item, "b/x", "x");
        WriteFile(item, "\u00e9.txt", "x");
        File.WriteAllBytes(Path.Combine(item, "noise.bin"), noise);
        Directory.CreateDirectory(Path.Combine(item, "empty"));
        Directory.SetLastWriteTimeUtc(item, DateTime.UtcNow.AddYears(-3));

        var expected = new ZipForge();
        expected.Add("Z/x", "x");
        expected.Add("b-1/x", "x");
        expected.Add("b/x", "x");
        expected.Add("empty/");
        expected.Add("manifest.yaml", "name: item");
        expected.Add("noise.bin", noise);
        expected.Add("text.txt", text).Method = 8;
        expected.Add("\u00e9.txt", "x");
        expected.Add("checksums.txt", string.Concat(expected.Entries.Where(entry => entry.RawName[^1] != '/')
            .Select(entry => $"{Hash(entry.Content)}  {Encoding.UTF8.GetString(entry.RawName)}\n")));
        Assert.All(expected.Entries, entry => entry.Mode = entry.RawName[^1] == '/' ? 0x41ED : RegularFile | 0x1A4);
        expected.Entries[3].Attributes |= 0x10;

        // Deflate is the runtime's: the checksums are deflated or not as they shrink.
        ForgedEntry checksums = expected.Entries[^1];
        checksums.Method = ForgedEntry.Deflate(checksums.Content, CompressionLevel.Fastest).Length * 100 < checksums.Content.Length * 97
            ? (ushort)8
            : (ushort)0;

        Assert.Equal(expected.Build(), File.ReadAllBytes(Export(item)));
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_wherever_it_lies()
    {
        string item = NewItem();
        WriteFile(item, "sub/x.txt", "x");
        string copy = NewItem();
        WriteFile(copy, "sub/x.txt", "x");
        File.SetLastWriteTimeUtc(Path.Combine(copy, "sub", "x.txt"), DateTime.UnixEpoch);

        Assert.Equal(File.ReadAllBytes(Export(item)), File.ReadAllBytes(Export(copy)));
    }

    [Fact]
    public void Checksums_and_junk_are_not_exported()
    {
        string item = NewItem();
        string clean = Export(item);
        WriteFile(item, "checksums.txt", "what the gateway leaves");
        WriteFile(item, ".DS_Store", "what the Finder leaves");
        WriteFile(item, "__MACOSX/._x", "what macOS' zip leaves");

        Assert.Equal(File.ReadAllBytes(clean), File.ReadAllBytes(Export(item)));
    }

    [Fact]
    public void The_files_of_the_item_are_counted()
    {
        string item = NewItem();
        WriteFile(item, "sub/x.txt", "x");
        Directory.CreateDirectory(Path.Combine(item, "empty"));
        using var output = new MemoryStream();

        Assert.Equal(2, PackageWriter.Write(item, output, Work()));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Permissions_to_execute_survive_and_others_are_levelled()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Windows has no modes.");
        string item = NewItem();
        const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(WriteFile(item, "program", "x"), ReadWrite | UnixFileMode.UserExecute | UnixFileMode.SetUser);
        File.SetUnixFileMode(WriteFile(item, "private", "x"), ReadWrite);
        File.SetUnixFileMode(WriteFile(item, "public", "x"), ReadWrite | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
        string zip = Export(item);

        using PackageContent content = Open(zip);
        using ZipArchive archive = ZipFile.OpenRead(zip);

        Assert.Equal(
            [("manifest.yaml", false), ("private", false), ("program", true), ("public", false)],
            content.Files.Select(file => (file.Path, file.Executable)));
        Assert.Equal(
            ["manifest.yaml:100644", "private:100644", "program:100755", "public:100644", "checksums.txt:100644"],
            archive.Entries.Select(entry => $"{entry.FullName}:{Convert.ToString(entry.ExternalAttributes >>> 16, 8)}"));
    }

    [Fact]
    public void Other_tools_read_it()
    {
        string item = NewItem();
        WriteFile(item, "sub/\u00fc.txt", "text");
        WriteFile(item, "large.txt", new string('l', 600_000));
        Directory.CreateDirectory(Path.Combine(item, "empty"));
        string target = NewFolder();

        ZipFile.ExtractToDirectory(Export(item), target);

        Dictionary<string, string> tree = ReadTree(target);
        Assert.Equal(
            ["checksums.txt", "empty/", "large.txt", "manifest.yaml", "sub/", "sub/\u00fc.txt"], tree.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("text", tree["sub/\u00fc.txt"]);
        Assert.Equal(600_000, tree["large.txt"].Length);
    }

    [Fact]
    public void Links_and_special_files_fail_and_every_one_is_listed()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Links need a privilege on Windows.");
        string item = NewItem();
        TestLink.ToFile(Path.Combine(item, "link"), "manifest.yaml");
        TestLink.ToFolder(Path.Combine(item, "loop"), item);
        MakePipe(Path.Combine(item, "pipe"));

        LlamaGateException failure = Fail(item);

        Assert.Equal(["link", "loop", "pipe"], failure.Problems.Select(problem => problem.File).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_could_not_be_imported_again_is_not_exported()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux holds such names.");
        string item = NewItem();
        WriteFile(item, "nul.txt", "x");
        WriteFile(item, "a", "x");
        WriteFile(item, "A", "x");
        WriteFile(item, "Checksums.TXT", "x");

        Assert.Equal(3, Fail(item).Problems.Count);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_checksums_fails()
    {
        string item = NewItem();
        WriteFile(item, "checksums.txt/x", "x");

        Assert.Equal("checksums.txt", Assert.Single(Fail(item).Problems).File);
    }

    [Fact]
    public void A_disk_that_fails_at_any_write_is_told_as_it_is()
    {
        string item = NewItem();
        WriteFile(item, "large.txt", string.Concat(Enumerable.Range(0, 100_000)));
        int steps = 0;
        Export(item, Work(onStep: _ => steps++));
        Assert.InRange(steps, 10, 1000);

        for (int failing = 0; failing < steps; failing++)
        {
            int step = 0;
            IOException failure = Assert.Throws<IOException>(() => Export(item, Work(onStep: name =>
            {
                Assert.Equal("export-write", name);
                if (step++ == failing)
                {
                    throw new IOException("No space left on device");
                }
            })));
            Assert.Equal("No space left on device", failure.Message);
        }
    }

    [Fact]
    public void Cancelling_stops_the_writing()
    {
        string item = NewItem();
        File.WriteAllBytes(Path.Combine(item, "noise.bin"), Noise(5_000_000));
        using var source = new CancellationTokenSource();
        int steps = 0;

        Assert.ThrowsAny<OperationCanceledException>(() => Export(item, Work(source.Token, _ =>
        {
            if (++steps == 6)
            {
                source.Cancel();
            }
        })));

        Assert.Equal(6, steps);
    }

    [Fact]
    public void Sizes_and_offsets_beyond_32_bits_are_written_as_zip64()
    {
        using var output = new MemoryStream();
        var zip = new ZipWriter(output, Work(), zip64Length: 1000);
        byte[] large = Noise(1500);
        Add(zip, "small.bin", [1, 2, 3]);
        Add(zip, "large.bin", large);
        Add(zip, "far.bin", [4, 5, 6]);
        zip.Finish();
        string path = Save(output.ToArray());
        string folder = NewFolder();

        using PackageContent content = Open(path);
        content.ExtractTo(folder, Work());
        using ZipArchive archive = ZipFile.OpenRead(path);

        Assert.Equal(large, File.ReadAllBytes(Path.Combine(folder, "large.bin")));
        Assert.Equal([4, 5, 6], File.ReadAllBytes(Path.Combine(folder, "far.bin")));
        Assert.Equal([3L, 1500, 3], archive.Entries.Select(entry => entry.Length));
        Assert.Contains("PK\u0006\u0006", Encoding.Latin1.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Seventy_thousand_entries_are_written_as_zip64()
    {
        using var output = new MemoryStream();
        var zip = new ZipWriter(output, Work());
        for (int i = 0; i < 70_000; i++)
        {
            Add(zip, $"{i}", []);
        }

        zip.Finish();

        using PackageContent content = Open(Save(output.ToArray()), new PackageLimits(maxEntryCount: 70_000));

        Assert.Equal(70_000, content.Files.Count);
    }

    private static void Add(ZipWriter zip, string name, byte[] content)
    {
        zip.Begin(name, RegularFile | 0x1A4, method: 0, content.Length);
        zip.Write(new ArraySegment<byte>(content));
        zip.End(System.IO.Hashing.Crc32.HashToUInt32(content));
    }

    private string NewItem()
    {
        string folder = NewFolder();
        WriteFile(folder, "manifest.yaml", "name: item");
        return folder;
    }

    private string Export(string item, Workload? work = null)
    {
        string path = Path.Combine(Scratch, Guid.NewGuid().ToString("N") + ".zip");
        using FileStream output = File.Create(path);
        PackageWriter.Write(item, output, work ?? Work());
        return path;
    }

    private LlamaGateException Fail(string item)
    {
        LlamaGateException failure = Assert.Throws<LlamaGateException>(() => Export(item));
        Assert.Equal(ErrorIds.ExportFailed, failure.ErrorId);
        Assert.Equal(item, failure.Target);
        return failure;
    }
}
