using System;
using System.IO;
using System.Linq;
using System.Text;
using LlamaGate.Packages;
using Xunit;

namespace LlamaGate.Tests.Packages;

// Longer than 300 lines because each way in which a zip can break the rules has a case of its own.

/// <summary>Rules 3 and 6: what may be in a zip, and that it is whole.</summary>
public sealed class ZipStructureTests : PackageTest
{
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;
    private const int SymbolicLink = 0xA000;

    [Theory]
    [InlineData(SymbolicLink, "symbolic link")]
    [InlineData(0x1000, "device, a pipe")]
    [InlineData(0x2000, "device, a pipe")]
    [InlineData(0x6000, "device, a pipe")]
    [InlineData(0xC000, "device, a pipe")]
    public void Only_regular_files_and_folders_are_accepted(int kind, string reason)
    {
        ZipForge forge = Good();
        forge.Add("special", "/etc/passwd").Mode = kind | 0x1FF;

        Problem problem = Assert.Single(Refuse(forge).Problems);

        Assert.Equal("special", problem.File);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(19)]
    public void A_link_is_refused_whatever_system_the_archive_claims_to_be_from(byte madeBy)
    {
        ZipForge forge = Good();
        ForgedEntry link = forge.Add("link", "..");
        link.Mode = SymbolicLink | 0x1FF;
        link.MadeBy = madeBy;

        Assert.Contains("symbolic link", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_with_a_file_below_it_is_refused()
    {
        ZipForge forge = Good();
        forge.Add("sub", "/tmp").Mode = SymbolicLink | 0x1FF;
        forge.Add("sub/evil.txt", "evil");

        Assert.Contains(Refuse(forge).Problems, problem => problem.Message.Contains("symbolic link", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_with_content_is_refused()
    {
        ZipForge forge = Good();
        forge.Add("sub/", "content");

        Assert.Contains("it contains data", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_by_name_that_is_a_file_by_mode_is_refused()
    {
        ZipForge forge = Good();
        forge.Add("sub/").Mode = RegularFile | 0x1A4;

        Assert.Contains("its mode is that of a file", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_told_by_name_mode_or_attribute()
    {
        ZipForge forge = Good();
        forge.Add("by-name/");
        forge.Add("by-mode").Mode = Folder | 0x1ED;
        forge.Add("by-attribute").Attributes = 0x10;

        Assert.Equal(["by-attribute/", "by-mode/", "by-name/", "manifest.yaml"], Extract(forge).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1 << 0)]
    [InlineData((1 << 0) | (1 << 6))]
    [InlineData(1 << 5)]
    [InlineData(1 << 13)]
    public void Encrypted_and_patched_entries_are_refused(ushort flags)
    {
        ZipForge forge = Good();
        forge.Add("secret.txt", "cipher").Flags = flags;

        Assert.Contains("encrypted", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(12)]
    [InlineData(14)]
    [InlineData(93)]
    [InlineData(99)]
    public void Other_methods_than_stored_and_deflate_are_refused(ushort method)
    {
        ZipForge forge = Good();
        forge.Add("x.bin", "x").Method = method;

        Assert.Contains($"method {method}", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void A_wrong_CRC_is_refused_of_stored_entries_too(ushort method)
    {
        ZipForge forge = Good();
        ForgedEntry entry = forge.Add("x.txt", "content");
        entry.Method = method;
        entry.Crc = 0x12345678;

        Problem problem = Assert.Single(Refuse(forge).Problems);

        Assert.Equal("x.txt", problem.File);
        Assert.Contains("CRC-32", problem.Message, StringComparison.Ordinal);
        Assert.Contains("12345678", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_damaged_file_is_listed()
    {
        ZipForge forge = Good();
        for (int i = 0; i < 40; i++)
        {
            ForgedEntry entry = forge.Add($"sub/{i:00}.txt", "content " + i);
            entry.Method = (ushort)(i % 2 * 8);
            entry.Crc = i % 4 < 2 ? 1 : null;
        }

        LlamaGateException refusal = Refuse(forge);

        Assert.Equal(
            Enumerable.Range(0, 40).Where(i => i % 4 < 2).Select(i => $"sub/{i:00}.txt"),
            refusal.Problems.Select(problem => problem.File));
    }

    [Theory]
    [InlineData(-1, "longer than")]
    [InlineData(1, "ends after")]
    [InlineData(1000, "ends after")]
    public void A_deflated_entry_that_lies_about_its_length_is_refused(int lie, string reason)
    {
        ZipForge forge = Good();
        ForgedEntry entry = forge.Add("x.txt", new string('x', 500));
        entry.Method = 8;
        entry.Length = (ulong)(500 + lie);

        Assert.Contains(reason, Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_stored_entry_that_lies_about_its_length_is_refused(int lie)
    {
        ZipForge forge = Good();
        forge.Add("x.txt", new string('x', 500)).Length = (ulong)(500 + lie);

        Assert.Contains("stored with 500 bytes", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_after_the_end_of_deflated_content_are_refused()
    {
        ZipForge forge = Good();
        ForgedEntry entry = forge.Add("x.txt", "some text");
        entry.Method = 8;
        entry.Packed = [.. ForgedEntry.Deflate(entry.Content), 0];

        Assert.Contains("compressed content is shorter than", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deflated_content_that_is_cut_off_is_refused()
    {
        ZipForge forge = Good();
        ForgedEntry entry = forge.Add("x.bin", Noise(5000));
        entry.Method = 8;
        entry.Packed = ForgedEntry.Deflate(entry.Content).AsSpan(0, 2000).ToArray();

        Assert.Contains("ends after", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_that_is_no_deflate_stream_is_refused()
    {
        ZipForge forge = Good();
        ForgedEntry entry = forge.Add("x.bin", "text");
        entry.Method = 8;
        entry.Packed = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

        Assert.Equal("x.bin", Assert.Single(Refuse(forge).Problems).File);
    }

    [Fact]
    public void A_local_header_with_another_name_is_refused()
    {
        ZipForge forge = Good();
        forge.Add("good.txt", "x").LocalRawName = "evil.txt"u8.ToArray();

        Assert.Contains("its name in the local header differs", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_header_with_a_longer_name_is_refused()
    {
        ZipForge forge = Good();
        forge.Add("good.txt", "x").LocalRawName = "good.txt.exe"u8.ToArray();

        Assert.Contains("its name in the local header differs", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_header_with_another_method_is_refused()
    {
        ZipForge forge = Good();
        forge.Add("x.txt", "x").LocalMethod = 8;

        Assert.Contains("its compression method in the local header differs", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_header_with_other_flags_is_refused()
    {
        ZipForge forge = Good();
        forge.Add("x.txt", "x").LocalFlags = 1;

        Assert.Contains("its flags in the local header differ", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hints_on_how_well_an_entry_was_compressed_need_not_agree()
    {
        ZipForge forge = Good();
        forge.Add("x.txt", "x").LocalFlags = 0b110;

        Assert.Equal("x", Extract(forge)["x.txt"]);
    }

    [Fact]
    public void A_local_header_with_other_sizes_or_another_CRC_is_refused()
    {
        ZipForge forge = Good();
        forge.Add("length.txt", "x").LocalLength = 2;
        forge.Add("packed.txt", "x").LocalPackedLength = 2;
        forge.Add("crc.txt", "x").LocalCrc = 2;

        LlamaGateException refusal = Refuse(forge);

        Assert.Equal(["length.txt", "packed.txt", "crc.txt"], refusal.Problems.Select(problem => problem.File));
        Assert.All(refusal.Problems, problem => Assert.Contains("its sizes", problem.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(24)]
    public void A_data_descriptor_is_checked(int length)
    {
        ZipForge good = Good();
        good.Add("x.txt", "x").Descriptor = length;
        good.Add("y.txt", new string('y', 100)).Method = 8;
        good.Entries[^1].Descriptor = length;
        ZipForge bad = Good();
        bad.Add("x.txt", "x").Descriptor = length;
        bad.Entries[^1].DescriptorCrc = 1;

        Assert.Equal("x", Extract(good)["x.txt"]);
        Assert.Contains("data descriptor", Assert.Single(Refuse(bad).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_descriptor_that_is_missing_is_refused()
    {
        ZipForge forge = Good();
        forge.Add("x.txt", "x").Flags = ForgedEntry.DescriptorFlag;
        forge.Add("y.txt", "y").Flags = ForgedEntry.DescriptorFlag;
        forge.Entries[^1].Gap = new byte[16];

        Assert.Equal(2, Refuse(forge).Problems.Count(problem => problem.Message.Contains("data descriptor", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_entries_on_the_same_content_are_refused()
    {
        ZipForge forge = Good();
        forge.Add("a.txt", "content");
        ForgedEntry twin = forge.Add("b.txt", "content");
        twin.OmitFromBody = true;
        twin.Offset = 30 + "manifest.yaml".Length + "name: x".Length;

        Assert.Contains(Refuse(forge).Problems, problem => problem.Message.Contains("overlaps", StringComparison.Ordinal));
    }

    [Fact]
    public void An_entry_that_reaches_into_the_next_is_refused()
    {
        // The quoting of David Fifield's "better zip bomb": each entry's content is the next one's header and content.
        ZipForge forge = Good();
        byte[] inner = Noise(40);
        ForgedEntry outer = forge.Add("a.bin", inner);
        outer.Packed = [];
        outer.PackedLength = outer.Length = (ulong)(30 + "b.bin".Length + inner.Length);
        forge.Add("b.bin", inner);

        Problem problem = Assert.Single(Refuse(forge).Problems, problem => problem.Message.Contains("overlaps", StringComparison.Ordinal));
        Assert.Equal("a.bin", problem.File);
    }

    [Fact]
    public void An_entry_that_reaches_into_the_directory_is_refused()
    {
        ZipForge forge = Good();
        forge.Add("x.txt", "text").PackedLength = 60;
        forge.Entries[^1].Length = 60;

        Assert.Contains("overlaps", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(uint.MaxValue - 1)]
    public void An_entry_that_is_not_where_the_directory_says_is_refused(uint offset)
    {
        ZipForge forge = Good();
        forge.Add("x.txt", "text").Offset = offset;

        Assert.NotEmpty(Refuse(forge).Problems);
    }

    [Fact]
    public void Bytes_that_belong_to_nothing_are_refused_wherever_they_are()
    {
        byte[] junk = Encoding.ASCII.GetBytes("#!/bin/sh\nexit\n");
        ZipForge before = Good();
        before.Prefix = junk;
        ZipForge beforeUncounted = Good();
        beforeUncounted.Prefix = junk;
        beforeUncounted.OffsetsIgnorePrefix = true;
        ZipForge between = Good();
        between.Entries[0].Gap = junk;
        between.Add("x.txt", "x");
        ZipForge beforeDirectory = Good();
        beforeDirectory.BeforeDirectory = junk;
        ZipForge afterDirectory = Good();
        afterDirectory.AfterDirectory = junk;
        ZipForge after = Good();
        after.Suffix = junk;
        ZipForge hidden = Good();
        hidden.Add("hidden.txt", "x").OmitFromDirectory = true;

        ZipForge[] forges = [before, beforeUncounted, between, beforeDirectory, afterDirectory, after, hidden];
        Assert.All(forges, forge => Assert.Single(Refuse(forge).Problems));
    }

    [Fact]
    public void A_comment_is_accepted_when_it_ends_with_the_file()
    {
        ZipForge good = Good();
        good.Comment = Encoding.ASCII.GetBytes("made on a Tuesday");
        ZipForge longest = Good();
        longest.Comment = new byte[ushort.MaxValue];
        ZipForge tooLong = Good();
        tooLong.Comment = good.Comment;
        tooLong.CommentLength = 3;
        ZipForge tooShort = Good();
        tooShort.CommentLength = 3;

        Assert.Single(Extract(good));
        Assert.Single(Extract(longest));
        Assert.Contains("does not end where the file ends", Refuse(tooLong).Message, StringComparison.Ordinal);
        Assert.Contains("does not end where the file ends", Refuse(tooShort).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_that_contradicts_the_directory_is_refused()
    {
        ZipForge tooMany = Good();
        tooMany.EntryCount = 2;
        ZipForge tooFew = Good();
        tooFew.Add("x.txt", "x");
        tooFew.EntryCount = 1;
        ZipForge wrongOffset = Good();
        wrongOffset.DirectoryOffset = 10;
        ZipForge wrongLength = Good();
        wrongLength.DirectoryLength = 10;
        ZipForge impossible = Good();
        impossible.DirectoryOffset = uint.MaxValue - 1;
        ZipForge otherDisk = Good();
        otherDisk.Disk = 1;

        ZipForge[] forges = [tooMany, tooFew, wrongOffset, wrongLength, impossible, otherDisk];
        Assert.All(forges, forge => Assert.Empty(Assert.Single(Refuse(forge).Problems).File));
    }

    [Fact]
    public void Zip64_is_read()
    {
        ZipForge forge = Good();
        forge.Zip64 = true;
        foreach ((string name, int? descriptor) in new (string, int?)[] { ("plain.txt", null), ("streamed.txt", 24) })
        {
            ForgedEntry entry = forge.Add(name, name);
            entry.Zip64 = true;
            entry.Descriptor = descriptor;
        }

        Assert.Equal("plain.txt", Extract(forge)["plain.txt"]);
        Assert.Equal("streamed.txt", Extract(forge)["streamed.txt"]);
    }

    [Fact]
    public void Zip64_numbers_that_are_beyond_measure_are_refused()
    {
        ZipForge count = Good();
        count.Zip64 = true;
        count.EntryCount = ulong.MaxValue;
        ZipForge offset = Good();
        offset.Zip64 = true;
        offset.DirectoryOffset = ulong.MaxValue - 3;
        ZipForge length = Good();
        length.Zip64 = true;
        length.DirectoryLength = 1UL << 63;
        ZipForge entry = Good();
        entry.Add("x.txt", "x").Zip64 = true;
        entry.Entries[^1].Length = ulong.MaxValue;
        ZipForge packed = Good();
        packed.Add("x.txt", "x").Zip64 = true;
        packed.Entries[^1].Method = 8;
        packed.Entries[^1].PackedLength = long.MaxValue;

        ZipForge[] forges = [count, offset, length, entry, packed];
        Assert.All(forges, forge => Assert.Single(Refuse(forge).Problems));
    }

    [Fact]
    public void Every_archive_that_is_cut_off_is_refused()
    {
        ZipForge forge = Good();
        for (int i = 0; i < 30; i++)
        {
            forge.Add($"sub/{i}.bin", Noise(2000, i)).Method = (ushort)(i % 2 * 8);
        }

        byte[] whole = forge.Build();
        Assert.True(whole.Length > 60_000);
        for (int length = 1024; length < whole.Length; length += 1024)
        {
            Assert.Single(Refuse(Save(whole.AsSpan(0, length).ToArray())).Problems);
        }

        for (int missing = 1; missing < 200; missing++)
        {
            Assert.Single(Refuse(Save(whole.AsSpan(0, whole.Length - missing).ToArray())).Problems);
        }
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("PK", "not a zip file")]
    [InlineData("This is a letter, not an archive. It is long enough to hold an end record, though.", "not a zip file")]
    [InlineData("PK\u0003\u0004 and then nothing that an archive would have", "cut off")]
    public void What_is_no_zip_is_refused(string text, string reason) =>
        Assert.Contains(reason, Assert.Single(Refuse(Save(Encoding.UTF8.GetBytes(text))).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void An_archive_without_files_is_refused()
    {
        var onlyFolders = new ZipForge();
        onlyFolders.Add("a/");
        var onlyJunk = new ZipForge();
        onlyJunk.Add(".DS_Store", "junk");
        var onlyChecksums = new ZipForge();
        onlyChecksums.Add("checksums.txt");

        ZipForge[] forges = [new ZipForge(), onlyFolders, onlyJunk, onlyChecksums];
        Assert.All(forges, forge => Assert.Contains(
            "item not found: no manifest in the package", Refuse(forge).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_path_where_nothing_is_is_no_package()
    {
        string path = Path.Combine(Scratch, "missing", "x.zip");

        LlamaGateException failure = Assert.Throws<LlamaGateException>(() => Open(path));

        Assert.Equal(ErrorIds.PackageNotFound, failure.ErrorId);
        Assert.Equal(path, failure.Target);
    }

    [Fact]
    public void A_pipe_is_refused_without_waiting_for_it()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Windows has no named pipes in folders.");
        string path = Path.Combine(Scratch, "package.zip");
        MakePipe(path);

        Assert.Contains("neither a regular file nor a folder", Assert.Single(Refuse(path).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_package_is_that_package()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Links need a privilege on Windows.");
        string link = Path.Combine(Scratch, "link.zip");
        TestLink.ToFile(link, Save(Good()));

        using PackageContent content = Open(link);

        Assert.Equal(["manifest.yaml"], content.RootFiles);
    }

    [Fact]
    public void Extra_fields_are_passed_over()
    {
        ZipForge forge = Good();
        forge.Add("times.txt", "x").Extra = [0x55, 0x54, 5, 0, 1, 0, 0, 0, 0];
        forge.Add("padding.txt", "x").Extra = [0, 0, 0];
        forge.Add("sloppy.txt", "x").Extra = [0x55, 0x54, 200, 0, 1];

        Assert.Equal(4, Extract(forge).Count);
    }

    private static ZipForge Good()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "name: x");
        return forge;
    }
}
