using System;
using System.Linq;
using System.Text;
using LlamaGate.Packages;
using Xunit;

namespace LlamaGate.Tests.Packages;

/// <summary>Rule 5: <c>checksums.txt</c>.</summary>
public sealed class ChecksumsTests : PackageTest
{
    private static readonly string EmptyHash = Hash([]);

    [Theory]
    [InlineData("{a}  a.txt\n{b}  sub/b.txt\n")]
    [InlineData("{b}  sub/b.txt\n{a}  a.txt")]
    [InlineData("\uFEFF{a}  a.txt\r\n{b}  sub/b.txt\r\n")]
    [InlineData("{a} *a.txt\n\n{b} *sub/b.txt\n\n")]
    [InlineData("{A}  a.txt\n{b}  sub/b.txt\n")]
    [InlineData("{a}  ./a.txt\n{b}  ./sub/b.txt\n")]
    [InlineData("{a}  a.txt\n{b}  sub\\b.txt\n")]
    [InlineData("{a}  a.txt\n{b}  sub/b.txt\n{a}  sub/.DS_Store\n")]
    public void Checksums_that_are_right_are_accepted_and_are_no_content(string checksums)
    {
        Assert.Equal(["a.txt", "sub/", "sub/b.txt"], Extract(Forge(checksums)).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{a}  a.txt\n", "sub/b.txt", "not listed", 0)]
    [InlineData("", "a.txt|sub/b.txt", "not listed", 0)]
    [InlineData("{b}  a.txt\n{b}  sub/b.txt\n", "a.txt", "SHA-256", 0)]
    [InlineData("{b}  a.txt\n{a}  sub/b.txt\n", "a.txt|sub/b.txt", "SHA-256", 0)]
    [InlineData("{a}  a.txt\n{b}  sub/b.txt\n{a}  c.txt\n", "checksums.txt", "'c.txt' is listed, but is not in the package", 3)]
    [InlineData("{a}  a.txt\n{b}  sub/b.txt\n{a}  checksums.txt\n", "checksums.txt", "'checksums.txt' is listed, but is not in the package", 3)]
    [InlineData("{a}  a.txt\n{b}  sub/b.txt\n{a}  a.txt\n", "checksums.txt", "listed twice", 3)]
    [InlineData("# a comment\n{a}  a.txt\n{b}  sub/b.txt\n", "checksums.txt", "64 hexadecimal digits", 1)]
    [InlineData("{a}  a.txt\n{b}  sub/b.txt\n0123  c.txt\n", "checksums.txt", "64 hexadecimal digits", 3)]
    [InlineData("{a}  a.txt\n{b}  sub/b.txt\n{a}c.txt\n", "checksums.txt", "64 hexadecimal digits", 3)]
    [InlineData("{a}  a.txt\n{b}  sub/b.txt\n{a}  \n", "checksums.txt", "64 hexadecimal digits", 3)]
    [InlineData("{a}  a.txt\n{b}  sub/b.txt\nx{x}  c.txt\n", "checksums.txt", "64 hexadecimal digits", 3)]
    public void Checksums_that_are_not_right_are_refused_and_name_the_files(string checksums, string files, string reason, int line)
    {
        LlamaGateException refusal = Refuse(Forge(checksums), ErrorIds.ChecksumMismatch);

        Assert.Equal(files.Split('|'), refusal.Problems.Select(problem => problem.File));
        Assert.All(refusal.Problems, problem => Assert.Contains(reason, problem.Message, StringComparison.Ordinal));
        Assert.Equal(line, refusal.Problems[0].Line);
        Assert.Contains(files.Split('|')[0], refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checksums_that_are_no_text_are_refused()
    {
        ZipForge forge = Forge(string.Empty);
        forge.Entries[^1].Content = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes($"{EmptyHash}  a.txt\r\n")];

        Assert.Contains("not UTF-8", Refuse(forge, ErrorIds.ChecksumMismatch).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checksums_beyond_all_measure_are_not_read()
    {
        ZipForge forge = Forge(string.Empty);
        forge.Entries[^1].Content = new byte[ChecksumsFile.MaxBytes + 1];
        forge.Entries[^1].Method = 8;

        Assert.Contains("at most", Assert.Single(Refuse(forge, ErrorIds.ChecksumMismatch).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checksums_that_are_damaged_are_a_damaged_package()
    {
        ZipForge forge = Forge("{a}  a.txt\n{b}  sub/b.txt\n");
        forge.Entries[^1].Crc = 1;

        Assert.Equal("checksums.txt", Assert.Single(Refuse(forge).Problems).File);
    }

    [Fact]
    public void Damage_and_wrong_checksums_are_listed_together()
    {
        ZipForge forge = Forge("{b}  a.txt\n{b}  sub/b.txt\n");
        forge.Entries[1].Crc = 1;

        LlamaGateException refusal = Refuse(forge);

        Assert.Equal(["sub/b.txt", "a.txt"], refusal.Problems.Select(problem => problem.File));
    }

    [Fact]
    public void Of_two_the_last_counts_and_speaks_of_the_first()
    {
        const string First = "whatever an older export held";
        ZipForge good = Twice(First, $"{{a}}  a.txt\n{{b}}  sub/b.txt\n{Hash(Encoding.UTF8.GetBytes(First))}  checksums.txt\n");
        ZipForge wrong = Twice(First, $"{{a}}  a.txt\n{{b}}  sub/b.txt\n{EmptyHash}  checksums.txt\n");
        ZipForge unlisted = Twice(First, "{a}  a.txt\n{b}  sub/b.txt\n");

        Assert.Equal(["a.txt", "sub/", "sub/b.txt"], Extract(good).Keys.Order(StringComparer.Ordinal));
        Assert.Equal("checksums.txt", Assert.Single(Refuse(wrong, ErrorIds.ChecksumMismatch).Problems).File);
        Assert.Equal("checksums.txt", Assert.Single(Refuse(unlisted, ErrorIds.ChecksumMismatch).Problems).File);
    }

    [Fact]
    public void The_first_of_two_is_held_to_its_CRC()
    {
        ZipForge forge = Twice("first", $"{{a}}  a.txt\n{{b}}  sub/b.txt\n{Hash("first"u8.ToArray())}  checksums.txt\n");
        forge.Entries[0].Crc = 1;

        Assert.Contains("CRC-32", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Three_are_too_many()
    {
        ZipForge forge = Twice("first", "second");
        forge.Add("checksums.txt", "third");

        Assert.Contains("more than once", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_looked_for_at_the_root_that_counts_and_only_there()
    {
        var wrapped = new ZipForge();
        wrapped.Add("my-ext/a.txt", "x");
        wrapped.Add("my-ext/checksums.txt", "nonsense");
        var deep = new ZipForge();
        deep.Add("a.txt", "x");
        deep.Add("sub/checksums.txt", "nonsense");

        Refuse(wrapped, ErrorIds.ChecksumMismatch);
        Assert.Contains("sub/checksums.txt", Extract(deep).Keys);
    }

    [Fact]
    public void They_hold_for_a_folder_too()
    {
        string folder = NewFolder();
        WriteFile(folder, "a.txt", "text");
        WriteFile(folder, "checksums.txt", $"{EmptyHash}  a.txt\n");

        Assert.Equal("a.txt", Assert.Single(Refuse(folder, ErrorIds.ChecksumMismatch).Problems).File);

        WriteFile(folder, "checksums.txt", $"{Hash("text"u8.ToArray())}  a.txt\n");
        using PackageContent content = Open(folder);
        content.Verify(Work());
        Assert.Equal(["a.txt"], content.Files.Select(file => file.Path));
    }

    [Fact]
    public void They_are_written_sorted_one_line_a_file()
    {
        byte[] text = ChecksumsFile.Format(
        [
            new FileDigest("b/\u00e9.txt", new string('1', 64)),
            new FileDigest("a.txt", new string('2', 64)),
            new FileDigest("B.txt", new string('3', 64)),
        ]);

        string[] lines = [$"{new string('3', 64)}  B.txt\n", $"{new string('2', 64)}  a.txt\n", $"{new string('1', 64)}  b/\u00e9.txt\n"];
        Assert.Equal(string.Concat(lines), Encoding.UTF8.GetString(text));
    }

    private static ZipForge Forge(string checksums)
    {
        var forge = new ZipForge();
        forge.Add("a.txt", "content of a");
        forge.Add("sub/b.txt", "content of b");
        forge.Add("checksums.txt", Fill(checksums));
        return forge;
    }

    private static ZipForge Twice(string first, string last)
    {
        var forge = new ZipForge();
        forge.Add("checksums.txt", first);
        forge.Add("a.txt", "content of a");
        forge.Add("sub/b.txt", "content of b");
        forge.Add("checksums.txt", Fill(last));
        return forge;
    }

    private static string Fill(string text) => text
        .Replace("{a}", Hash("content of a"u8.ToArray()), StringComparison.Ordinal)
        .Replace("{A}", Hash("content of a"u8.ToArray()).ToUpperInvariant(), StringComparison.Ordinal)
        .Replace("{b}", Hash("content of b"u8.ToArray()), StringComparison.Ordinal)
        .Replace("{x}", Hash("content of a"u8.ToArray())[1..], StringComparison.Ordinal);
}
