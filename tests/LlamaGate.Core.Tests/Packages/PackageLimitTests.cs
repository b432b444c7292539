using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using LlamaGate.Packages;
using Xunit;

namespace LlamaGate.Tests.Packages;

/// <summary>Rule 4: limits, and headers that lie about them.</summary>
public sealed class PackageLimitTests : PackageTest
{
    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void Entries_are_limited(int limit, bool isAccepted)
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        forge.Add("a.txt", "a");
        forge.Add("b.txt", "b");

        AssertLimited(forge, new PackageLimits(maxEntryCount: limit), isAccepted, "more than 2 entries");
    }

    [Theory]
    [InlineData(12, true)]
    [InlineData(11, false)]
    public void Folders_that_are_only_implied_count_too(int limit, bool isAccepted)
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        forge.Add("1/2/3/4/5/6/7/8/9/10/x.txt", "x");

        AssertLimited(forge, new PackageLimits(maxEntryCount: limit), isAccepted, "more than 11 entries");
    }

    [Fact]
    public void A_folder_that_is_the_root_does_not_count()
    {
        var forge = new ZipForge();
        forge.Add("my-ext/manifest.yaml", "m");
        forge.Add("my-ext/a.txt", "a");

        AssertLimited(forge, new PackageLimits(maxEntryCount: 2), isAccepted: true, string.Empty);
    }

    [Theory]
    [InlineData(2000, true)]
    [InlineData(1999, false)]
    public void Unpacked_bytes_are_limited(int limit, bool isAccepted)
    {
        var forge = new ZipForge();
        forge.Add("a.bin", new byte[1000]).Method = 8;
        forge.Add("b.bin", new byte[1000]).Method = 8;

        AssertLimited(forge, new PackageLimits(maxUnpackedBytes: limit), isAccepted, "more than 1999 bytes");
    }

    [Fact]
    public void The_checksums_count_as_unpacked_bytes()
    {
        var forge = new ZipForge();
        forge.Add("a.bin", new byte[100]);
        forge.Add("checksums.txt", new byte[100]);

        AssertLimited(forge, new PackageLimits(maxUnpackedBytes: 199), isAccepted: false, "more than 199 bytes");
    }

    [Fact]
    public void Lengths_whose_sum_overflows_are_refused()
    {
        var forge = new ZipForge();
        foreach (string name in new[] { "a", "b", "c" })
        {
            ForgedEntry entry = forge.Add(name, "x");
            entry.Method = 8;
            entry.Zip64 = true;
            entry.Length = long.MaxValue;
        }

        Assert.Contains("more than 536870912 bytes", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
        AssertLimited(forge, new PackageLimits(maxUnpackedBytes: long.MaxValue), isAccepted: false, "more than 9223372036854775807 bytes");
    }

    [Fact]
    public void A_hundred_thousand_entries_are_refused_at_once_and_accepted_on_demand()
    {
        var forge = new ZipForge();
        for (int i = 0; i < 100_000; i++)
        {
            forge.Add($"sub/{i}", []);
        }

        forge.Zip64 = true;
        string path = Save(forge);

        Assert.Contains("more than 10000 entries", Assert.Single(Refuse(path).Problems).Message, StringComparison.Ordinal);
        using PackageContent content = Open(path, new PackageLimits(maxEntryCount: 100_001));
        Assert.Equal(100_000, content.Files.Count);
    }

    [Fact]
    public void A_directory_that_is_out_of_proportion_is_not_read()
    {
        var forge = new ZipForge();
        for (int i = 0; i < 50; i++)
        {
            forge.Add($"{i}", "x").Extra = new byte[60_000];
        }

        AssertLimited(forge, new PackageLimits(maxEntryCount: 50), isAccepted: false, "too many for a package");
    }

    [Fact]
    public void A_bomb_that_lies_about_its_length_writes_no_byte_more_than_it_announced()
    {
        const int Announced = 300_000;
        byte[] zeros = ForgedEntry.Deflate(new byte[64 * 1024 * 1024], CompressionLevel.Fastest);
        var forge = new ZipForge();
        for (int i = 0; i < 4; i++)
        {
            ForgedEntry entry = forge.Add($"{i}.bin", []);
            entry.Method = 8;
            entry.Packed = zeros;
            entry.Length = Announced;
        }

        string folder = NewFolder();
        using PackageContent content = Open(forge, new PackageLimits(maxUnpackedBytes: 4 * Announced));
        LlamaGateException refusal = Assert.Throws<LlamaGateException>(() => content.ExtractTo(folder, Work()));

        Assert.Equal(ErrorIds.PackageInvalid, refusal.ErrorId);
        Assert.Equal(4, refusal.Problems.Count);
        Assert.All(new DirectoryInfo(folder).GetFiles(), file => Assert.InRange(file.Length, 0, Announced));
    }

    [Fact]
    public void A_bomb_that_tells_the_truth_is_refused_before_anything_is_unpacked()
    {
        var forge = new ZipForge();
        ForgedEntry entry = forge.Add("zeros.bin", []);
        entry.Method = 8;
        entry.Packed = ForgedEntry.Deflate(new byte[1024 * 1024], CompressionLevel.Fastest);
        entry.Length = 1L << 40;
        entry.Zip64 = true;

        Assert.Contains("bytes", Assert.Throws<LlamaGateException>(() => Open(forge)).Problems.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_stays_flat_however_much_is_unpacked()
    {
        const int Length = 256 * 1024 * 1024;
        var forge = new ZipForge();
        ForgedEntry entry = forge.Add("zeros.bin", new byte[Length]);
        entry.Method = 8;
        string path = Save(forge);
        entry.Content = [];

        using PackageContent content = Open(path);
        long before = GC.GetAllocatedBytesForCurrentThread();
        content.Verify(Work());

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * 1024 * 1024);
    }

    [Fact]
    public void A_folder_is_limited_like_a_zip()
    {
        string folder = NewFolder();
        WriteFile(folder, "manifest.yaml", "12345");
        WriteFile(folder, "sub/a.txt", "12345");

        Assert.Contains(
            "more than 2 entries",
            Assert.Throws<LlamaGateException>(() => Open(folder, new PackageLimits(maxEntryCount: 2))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "more than 9 bytes",
            Assert.Throws<LlamaGateException>(() => Open(folder, new PackageLimits(maxUnpackedBytes: 9))).Message,
            StringComparison.Ordinal);
        using PackageContent content = Open(folder, new PackageLimits(3, 10));
        Assert.Equal(10, content.Length);
    }

    private void AssertLimited(ZipForge forge, PackageLimits limits, bool isAccepted, string reason)
    {
        if (isAccepted)
        {
            using PackageContent content = Open(forge, limits);
            content.Verify(Work());
        }
        else
        {
            LlamaGateException refusal = Assert.Throws<LlamaGateException>(() => Open(forge, limits));
            Assert.Equal(ErrorIds.PackageInvalid, refusal.ErrorId);
            Assert.Contains(reason, Assert.Single(refusal.Problems).Message, StringComparison.Ordinal);
        }
    }
}
