using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading;
using LlamaGate.Packages;
using Xunit;

namespace LlamaGate.Tests.Packages;

// Longer than 300 lines because what comes out of a package is one subject, and its cases share the packages.

/// <summary>What comes out of a package: onto the disk, as manifests, as a comparison.</summary>
public sealed class ExtractionTests : PackageTest
{
    private const int RegularFile = 0x8000;

    [Fact]
    public void The_content_is_written_and_its_hashes_are_told()
    {
        var forge = new ZipForge();
        byte[] large = Noise(1_000_000);
        forge.Add("stored.bin", large);
        forge.Add("deflated.txt", new string('d', 300_000)).Method = 8;
        forge.Add("empty.txt");
        forge.Add("empty-deflated.txt").Method = 8;
        forge.Add("a/b/");
        forge.Add("a/c.txt", "c");
        string folder = NewFolder();

        using PackageContent content = Open(forge);
        FileDigest[] digests = [.. content.ExtractTo(folder, Work())];

        Assert.Equal(["a", "a/b"], content.Folders);
        Assert.Equal(1_300_001, content.Length);
        Assert.Equal(["a/c.txt", "deflated.txt", "empty-deflated.txt", "empty.txt", "stored.bin"], content.Files.Select(file => file.Path));
        Assert.Equal(content.Files.Select(file => file.Path), digests.Select(digest => digest.Path));
        Assert.All(digests, digest => Assert.Equal(Hash(File.ReadAllBytes(Path.Combine(folder, digest.Path))), digest.Sha256));
        Assert.Equal(large, File.ReadAllBytes(Path.Combine(folder, "stored.bin")));
        Assert.True(Directory.Exists(Path.Combine(folder, "a", "b")));
    }

    [Fact]
    public void Nothing_that_is_there_is_overwritten_or_followed()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Links need a privilege on Windows.");
        string outside = WriteFile(NewFolder(), "outside.txt", "precious");
        string folder = NewFolder();
        TestLink.ToFile(Path.Combine(folder, "x.txt"), outside);
        var forge = new ZipForge();
        forge.Add("manifest.yaml");
        forge.Add("x.txt", "evil");

        using PackageContent content = Open(forge);

        Assert.Throws<IOException>(() => content.ExtractTo(folder, Work()));
        Assert.Equal("precious", File.ReadAllText(outside));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Modes_become_permissions_to_execute_and_nothing_else()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Windows has no modes.");
        var forge = new ZipForge();
        forge.Add("plain.txt").Mode = RegularFile | 0x1A4;
        forge.Add("program").Mode = RegularFile | 0x1ED;
        forge.Add("only-owner").Mode = RegularFile | 0x1C0;
        forge.Add("not-owner").Mode = RegularFile | 0x1AC | 0x1;
        forge.Add("set-ids-and-sticky").Mode = RegularFile | 0xE00 | 0x1ED;
        forge.Add("unreadable").Mode = RegularFile;
        forge.Add("mac").Mode = RegularFile | 0x1ED;
        forge.Entries[^1].MadeBy = 19;
        forge.Add("windows").Mode = RegularFile | 0x1ED;
        forge.Entries[^1].MadeBy = 0;
        forge.Add("silent").MadeBy = 3;
        string folder = NewFolder();
        string plain = WriteFile(NewFolder(), "plain", "what the user's umask gives");

        using PackageContent content = Open(forge);
        content.ExtractTo(folder, Work());

        UnixFileMode usual = File.GetUnixFileMode(plain);
        UnixFileMode executable = usual
            | (UnixFileMode)((int)(usual & (UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead)) >> 2);
        string[] programs = ["program", "only-owner", "set-ids-and-sticky", "mac"];
        Assert.All(content.Files, file => Assert.Equal(
            programs.Contains(file.Path) ? executable : usual,
            File.GetUnixFileMode(Path.Combine(folder, file.Path))));
        Assert.Equal(
            [("mac", true), ("not-owner", false), ("only-owner", true), ("plain.txt", false), ("program", true),
                ("set-ids-and-sticky", true), ("silent", null), ("unreadable", false), ("windows", null)],
            content.Files.Select(file => (file.Path, file.Executable)));
    }

    [Fact]
    public void Verifying_writes_nothing()
    {
        var forge = new ZipForge();
        forge.Add("a/b.txt", "text");

        using PackageContent content = Open(forge);
        string[] before = Directory.GetFileSystemEntries(Scratch);
        content.Verify(Work(onStep: step => Assert.Fail(step)));

        Assert.Equal(before, Directory.GetFileSystemEntries(Scratch));
    }

    [Fact]
    public void The_work_is_counted_in_bytes()
    {
        ZipForge forge = ManyFiles(100, 10_000);
        long done = 0;
        using PackageContent content = Open(forge);
        var work = new Workload(new Listener(progress => done = progress.Done), "Testing", "x", content.Length, CancellationToken.None);

        content.ExtractTo(NewFolder(), work);

        // A report is due every tenth of a second.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                work.Tick();
                return done == content.Length;
            },
            TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Cancelling_stops_within_a_buffer()
    {
        var forge = new ZipForge();
        forge.Add("large.bin", Noise(10_000_000));
        forge.Add("other.bin", Noise(10_000_000));
        using var source = new CancellationTokenSource();
        int writes = 0;
        string folder = NewFolder();

        using PackageContent content = Open(forge);
        Assert.ThrowsAny<OperationCanceledException>(() => content.ExtractTo(folder, Work(source.Token, step =>
        {
            lock (source)
            {
                if (step == "extract-write" && ++writes == 5)
                {
                    source.Cancel();
                }
            }
        })));

        // Each of two threads may be in the middle of a buffer.
        Assert.InRange(writes, 5, 5 + Environment.ProcessorCount);
        Assert.InRange(new DirectoryInfo(folder).GetFiles().Sum(file => file.Length), 0, 2_000_000);
    }

    [Fact]
    public void A_cancelled_token_stops_every_operation_before_it_begins()
    {
        var cancelled = new CancellationToken(canceled: true);
        ZipForge forge = ManyFiles(3, 10);
        string path = Save(forge);
        string folder = NewFolder();

        using PackageContent content = Open(path);
        Assert.Throws<OperationCanceledException>(() => PackageContent.Open(path, new PackageLimits(), cancelled));
        Assert.Throws<OperationCanceledException>(() => content.Verify(Work(cancelled)));
        Assert.Throws<OperationCanceledException>(() => content.ExtractTo(folder, Work(cancelled)));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void A_disk_that_fails_at_any_step_is_told_as_it_is()
    {
        ZipForge forge = ManyFiles(3, 200_000);
        forge.Add("sub/x.txt", "x").Mode = RegularFile | 0x1ED;
        var steps = new ConcurrentBag<string>();
        using PackageContent content = Open(forge);
        content.ExtractTo(NewFolder(), Work(onStep: steps.Add));
        string[] modes = Path.DirectorySeparatorChar == '/' ? ["extract-mode"] : [];
        Assert.Equal(
            ["extract-close", "extract-create", "extract-folder", .. modes, "extract-write"],
            steps.Distinct().Order(StringComparer.Ordinal));

        for (int failing = 0; failing < steps.Count; failing++)
        {
            int step = 0;
            IOException failure = Assert.Throws<IOException>(() => content.ExtractTo(NewFolder(), Work(onStep: _ =>
            {
                if (Interlocked.Increment(ref step) == failing + 1)
                {
                    throw new IOException("No space left on device");
                }
            })));
            Assert.Equal("No space left on device", failure.Message);
        }
    }

    [Fact]
    public void Manifests_are_read_from_the_root()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "name: x");
        forge.Add("sub/extension.yaml", "name: y");
        using PackageContent content = Open(forge);

        using var reader = new StreamReader(content.OpenRootFile("manifest.yaml"));

        Assert.Equal(["manifest.yaml"], content.RootFiles);
        Assert.Equal("name: x", reader.ReadToEnd());
        Assert.Throws<InvalidOperationException>(() => content.OpenRootFile("extension.yaml"));
    }

    [Fact]
    public void A_damaged_manifest_is_refused_before_it_is_understood()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "name: x").Crc = 1;
        using PackageContent content = Open(forge);

        LlamaGateException refusal = Assert.Throws<LlamaGateException>(() => content.OpenRootFile("manifest.yaml"));

        Assert.Equal(ErrorIds.PackageInvalid, refusal.ErrorId);
        Assert.Equal("manifest.yaml", Assert.Single(refusal.Problems).File);
    }

    [Theory]
    [InlineData(PackageLimits.MaxManifestBytes - 1, PackageLimits.MaxManifestBytes - 1)]
    [InlineData(PackageLimits.MaxManifestBytes, PackageLimits.MaxManifestBytes)]
    [InlineData(PackageLimits.MaxManifestBytes + 1, PackageLimits.MaxManifestBytes + 1)]
    [InlineData(PackageLimits.MaxManifestBytes * 3, PackageLimits.MaxManifestBytes + 1)]
    public void A_manifest_that_is_too_large_is_not_read_to_its_end(int length, int expected)
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", new byte[length]).Method = 8;
        using PackageContent content = Open(forge);

        using Stream stream = content.OpenRootFile("manifest.yaml");

        Assert.Equal(expected, stream.Length);
    }

    [Fact]
    public void What_was_extracted_matches()
    {
        ZipForge forge = ManyFiles(50, 30_000);
        forge.Add("program", "x").Mode = RegularFile | 0x1ED;
        forge.Add("empty/");
        string folder = NewFolder();
        using PackageContent content = Open(forge);
        content.ExtractTo(folder, Work());

        Assert.True(content.Matches(folder, () => true, Work()));
    }

    [Fact]
    public void Any_difference_is_seen()
    {
        ZipForge forge = ManyFiles(5, 1000);
        forge.Add("empty/");
        forge.Add("sub/x.txt", "x");
        using PackageContent content = Open(forge);
        bool MatchesAfter(Action<string> change)
        {
            string folder = NewFolder();
            content.ExtractTo(folder, Work());
            change(folder);
            return content.Matches(folder, () => true, Work());
        }

        Assert.True(MatchesAfter(_ => { }));
        Assert.True(MatchesAfter(folder => WriteFile(folder, "checksums.txt", "what the gateway leaves")));
        Assert.True(MatchesAfter(folder => WriteFile(folder, "sub/.DS_Store", "what the Finder leaves")));
        Assert.True(MatchesAfter(folder => WriteFile(folder, "sub/@eaDir/x.txt@SynoEAStream", "what a Synology leaves")));
        Assert.False(MatchesAfter(folder => WriteFile(folder, "sub/x.txt", "y")));
        Assert.False(MatchesAfter(folder => WriteFile(folder, "sub/x.txt", "xx")));
        Assert.False(MatchesAfter(folder => WriteFile(folder, "more.txt", "x")));
        Assert.False(MatchesAfter(folder => WriteFile(folder, "sub/checksums.txt", "x")));
        Assert.False(MatchesAfter(folder => File.Delete(Path.Combine(folder, "sub", "x.txt"))));
        Assert.False(MatchesAfter(folder => Directory.Delete(Path.Combine(folder, "empty"))));
        Assert.False(MatchesAfter(folder => Directory.CreateDirectory(Path.Combine(folder, "another"))));
    }

    [Fact]
    public void A_name_in_another_case_is_a_difference()
    {
        Wine.SkipWhere("a file cannot be renamed to the same name in another case.");
        var forge = new ZipForge();
        forge.Add("x.txt", "x");
        string folder = NewFolder();
        using PackageContent content = Open(forge);
        content.ExtractTo(folder, Work());
        File.Move(Path.Combine(folder, "x.txt"), Path.Combine(folder, "X.txt"));

        Assert.False(content.Matches(folder, () => true, Work()));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Permissions_links_and_special_files_are_differences()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Windows has no modes.");
        var forge = new ZipForge();
        forge.Add("program", "x").Mode = RegularFile | 0x1ED;
        forge.Add("silent", "x");
        using PackageContent content = Open(forge);
        bool MatchesAfter(Action<string> change)
        {
            string folder = NewFolder();
            content.ExtractTo(folder, Work());
            change(folder);
            return content.Matches(folder, () => true, Work());
        }

        const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.False(MatchesAfter(folder => File.SetUnixFileMode(Path.Combine(folder, "program"), Plain)));
        Assert.True(MatchesAfter(folder => File.SetUnixFileMode(Path.Combine(folder, "silent"), Plain | UnixFileMode.UserExecute)));
        Assert.False(MatchesAfter(folder => MakePipe(Path.Combine(folder, "pipe"))));
        Assert.False(MatchesAfter(folder =>
        {
            File.Move(Path.Combine(folder, "silent"), folder + "-silent");
            TestLink.ToFile(Path.Combine(folder, "silent"), folder + "-silent");
        }));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserExecute)]
    [UnsupportedOSPlatform("windows")]
    public void Where_the_file_system_does_not_hold_the_permission_to_execute_it_is_not_compared(UnixFileMode shown)
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Windows has no modes.");
        var forge = new ZipForge();
        forge.Add("program", "x").Mode = RegularFile | 0x1ED;
        forge.Add("text", "x").Mode = RegularFile | 0x1A4;
        using PackageContent content = Open(forge);
        string folder = NewFolder();
        content.ExtractTo(folder, Work());
        File.SetUnixFileMode(Path.Combine(folder, "program"), shown);
        File.SetUnixFileMode(Path.Combine(folder, "text"), shown);

        Assert.True(content.Matches(folder, () => false, Work()));
        Assert.False(content.Matches(folder, () => true, Work()));
    }

    [Fact]
    public void A_match_has_been_verified_in_full()
    {
        var forge = new ZipForge();
        forge.Add("a.txt", "a");
        forge.Add("checksums.txt", $"{Hash("b"u8.ToArray())}  a.txt\n");
        var damaged = new ZipForge();
        damaged.Add("a.txt", "a").Crc = 1;
        string folder = NewFolder();
        WriteFile(folder, "a.txt", "a");

        using PackageContent wrong = Open(forge);
        using PackageContent broken = Open(damaged);

        Assert.Equal(ErrorIds.ChecksumMismatch, Assert.Throws<LlamaGateException>(() => wrong.Matches(folder, () => true, Work())).ErrorId);
        Assert.Equal(ErrorIds.PackageInvalid, Assert.Throws<LlamaGateException>(() => broken.Matches(folder, () => true, Work())).ErrorId);
    }

    private static ZipForge ManyFiles(int count, int length)
    {
        var forge = new ZipForge();
        for (int i = 0; i < count; i++)
        {
            forge.Add($"file-{i}.bin", Noise(length, i)).Method = (ushort)(i % 2 * 8);
        }

        return forge;
    }

    private sealed class Listener(Action<StoreProgress> onProgress) : IStoreLog
    {
        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }

        public void Progress(StoreProgress progress) => onProgress(progress);
    }
}
