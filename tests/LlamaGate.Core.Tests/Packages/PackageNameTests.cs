using System;
using System.Linq;
using System.Text;
using LlamaGate.Packages;
using Xunit;

namespace LlamaGate.Tests.Packages;

/// <summary>Rules 1 and 2: names, and no name twice. Folder root and what is left out.</summary>
public sealed class PackageNameTests : PackageTest
{
    [Theory]
    [InlineData("../evil.txt", "'..'")]
    [InlineData("a/b/../../../evil.txt", "'..'")]
    [InlineData("a/..", "'..'")]
    [InlineData("..\\..\\evil.txt", "'..'")]
    [InlineData("a\\..\\..\\evil.txt", "'..'")]
    [InlineData("././a.txt", "'.'")]
    [InlineData("./../a.txt", "'..'")]
    [InlineData("a/./b.txt", "'.'")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("\\Windows\\evil.txt", "absolute")]
    [InlineData("//server/share/evil.txt", "absolute")]
    [InlineData("\\\\server\\share\\evil.txt", "absolute")]
    [InlineData("C:/evil.txt", "Windows")]
    [InlineData("C:evil.txt", "Windows")]
    [InlineData("c:\\evil.txt", "Windows")]
    [InlineData("a.txt:stream", "Windows")]
    [InlineData("a//b.txt", "empty part")]
    [InlineData("", "empty part")]
    [InlineData("/", "empty part")]
    [InlineData("a//", "empty part")]
    [InlineData("a\0.txt", "control character")]
    [InlineData("a\n.txt", "control character")]
    [InlineData("a\u001b[31m.txt", "control character")]
    [InlineData("a\u007f.txt", "control character")]
    [InlineData("a\u0085.txt", "control character")]
    [InlineData("con", "device")]
    [InlineData("sub/NUL.txt", "device")]
    [InlineData("aux.tar.gz/x", "device")]
    [InlineData("com1", "device")]
    [InlineData("LPT\u00b9.log", "device")]
    [InlineData("prn .txt", "device")]
    [InlineData("a.", "dot or a space")]
    [InlineData("a./b.txt", "dot or a space")]
    [InlineData("a ", "dot or a space")]
    [InlineData("...", "dot or a space")]
    [InlineData("what?.txt", "Windows")]
    [InlineData("a*b", "Windows")]
    [InlineData("a|b", "Windows")]
    [InlineData("a\"b", "Windows")]
    [InlineData("<a>", "Windows")]
    public void A_name_that_cannot_lie_everywhere_below_a_folder_is_refused(string name, string reason)
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "name: a");
        forge.Add(name);

        Problem problem = Assert.Single(Refuse(forge).Problems);

        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(problem.File, char.IsControl);
        Assert.Equal(name.Replace('\\', '/')[..Math.Min(1, name.Length)], problem.File[..Math.Min(1, problem.File.Length)]);
    }

    [Theory]
    [InlineData(255, 1, true)]
    [InlineData(256, 1, false)]
    [InlineData(300, 1, false)]
    [InlineData(5000, 1, false)]
    [InlineData(127, 8, true)]
    [InlineData(128, 8, false)]
    [InlineData(204, 5, true)] // 1,024 bytes
    [InlineData(170, 6, false)] // 1,025 bytes
    [InlineData(250, 20, false)]
    public void Names_are_bounded_by_part_and_in_whole(int partLength, int parts, bool isAccepted)
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "name: a");
        forge.Add(string.Join('/', Enumerable.Repeat(new string('x', partLength), parts)), "text");

        if (isAccepted)
        {
            Assert.Equal(parts + 1, Extract(forge).Count);
        }
        else
        {
            Assert.All(Refuse(forge).Problems, problem => Assert.Contains("bytes; at most", problem.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_length_of_a_part_is_counted_in_bytes_of_UTF8()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml");
        forge.Add(new string('\u00e9', 128), "text");

        Assert.Contains("256 bytes", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_violation_is_listed_not_the_first()
    {
        var forge = new ZipForge();
        forge.Add("../a");
        forge.Add("CON");
        forge.Add("b/c. ");
        forge.Add("link").Mode = 0xA1FF;
        forge.Add("x:/../y");

        LlamaGateException refusal = Refuse(forge);

        Assert.Equal(
            ["../a", "CON", "b/c. ", "link", "x:/../y", "x:/../y"],
            refusal.Problems.Select(problem => problem.File));
        Assert.All(refusal.Problems, problem => Assert.Contains(problem.Message, refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_shows_a_name_in_one_harmless_line()
    {
        var forge = new ZipForge();
        forge.Add("a\r\n\u001b[2J\u202e" + new string('z', 4000));

        LlamaGateException refusal = Refuse(forge);

        Assert.StartsWith("a\\u000d\\u000a\\u001b[2J\\u202ezz", refusal.Problems[0].File, StringComparison.Ordinal);
        Assert.True(refusal.Problems[0].File.Length < 200);
        Assert.DoesNotContain('\u001b', refusal.Message);
    }

    [Theory]
    [InlineData("a.txt", "a.txt", "more than once")]
    [InlineData("a\\b.txt", "a/b.txt", "more than once")]
    [InlineData("a.txt", "A.TXT", "only by case from 'a.txt'")]
    [InlineData("\u00e9.txt", "\u00c9.txt", "only by case")]
    [InlineData("sub/a.txt", "Sub/b.txt", "only by case from 'sub'")]
    [InlineData("sub/", "SUB/x.txt", "only by case from 'sub'")]
    [InlineData("sub", "sub/", "a file and for a folder")]
    [InlineData("sub", "sub/x.txt", "a file and for a folder")]
    [InlineData("sub/x.txt", "sub", "a file and for a folder")]
    [InlineData("manifest.yaml", "manifest.yaml", "more than once")]
    [InlineData("sub/checksums.txt", "sub/checksums.txt", "more than once")]
    public void A_place_is_taken_once(string first, string second, string reason)
    {
        var forge = new ZipForge();
        forge.Add("top.txt");
        forge.Add(first);
        forge.Add(second);

        Assert.Contains(reason, Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_may_be_named_after_what_lies_in_it()
    {
        var forge = new ZipForge();
        forge.Add("top.txt", "top");
        forge.Add("sub/deep/x.txt", "x");
        forge.Add("sub/deep/");
        forge.Add("sub/");

        Assert.Equal(["sub/", "sub/deep/", "sub/deep/x.txt", "top.txt"], Extract(forge).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_backslash_is_a_separator()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        forge.Add("sub\\deep\\x.txt", "x");
        forge.Add("empty\\");

        Assert.Equal(
            ["empty/", "manifest.yaml", "sub/", "sub/deep/", "sub/deep/x.txt"], Extract(forge).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_single_top_level_folder_is_the_root()
    {
        var forge = new ZipForge();
        forge.Add("my-ext/");
        forge.Add("my-ext/manifest.yaml", "m");
        forge.Add("my-ext/sub/x.txt", "x");
        forge.Add("__MACOSX/._my-ext", "junk");
        forge.Add(".DS_Store", "junk");

        Assert.Equal(["manifest.yaml", "sub/", "sub/x.txt"], Extract(forge).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("my-ext/manifest.yaml", "readme.md")]
    [InlineData("manifest.yaml", "my-ext/manifest.yaml")]
    [InlineData("a/manifest.yaml", "ab/x")]
    [InlineData("a/manifest.yaml", "b/")]
    public void Two_things_at_the_top_are_at_the_root(string first, string second)
    {
        var forge = new ZipForge();
        forge.Add(first, "1");
        forge.Add(second, second.EndsWith('/') ? "" : "2");

        Assert.Contains(first, Extract(forge).Keys);
        Assert.Contains(second, Extract(forge).Keys);
    }

    [Fact]
    public void Only_one_folder_is_unwrapped()
    {
        var forge = new ZipForge();
        forge.Add("a/b/manifest.yaml", "m");

        Assert.Equal(["b/", "b/manifest.yaml"], Extract(forge).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_is_named_like_a_manifest_is_no_manifest()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml/x.txt", "x");
        forge.Add("readme.md", "r");

        using PackageContent content = Open(forge);

        Assert.Equal(["readme.md"], content.RootFiles);
        Assert.Equal(["manifest.yaml"], content.Folders);
    }

    [Fact]
    public void What_file_managers_leave_behind_is_left_out_at_any_depth()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        forge.Add("__MACOSX/");
        forge.Add("__MACOSX/sub/._x", "junk");
        forge.Add(".DS_Store", "junk");
        forge.Add("sub/.DS_Store", "junk");
        forge.Add("sub/Thumbs.db", "junk");
        forge.Add("sub/thumbs.DB", "junk");
        forge.Add("kept/", "");
        forge.Add("kept/desktop.ini", "junk");
        forge.Add("gone/Desktop.ini", "junk");

        Assert.Equal(["kept/", "manifest.yaml"], Extract(forge).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_only_looks_like_junk_is_content()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        forge.Add(".DS_Store/x", "x");
        forge.Add("__MACOSX", "a file");
        forge.Add("my.DS_Store", "y");

        Assert.Equal(5, Extract(forge).Count);
    }

    [Fact]
    public void A_violation_below_junk_is_still_one()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        forge.Add("__MACOSX/../../evil", "x");

        Assert.Contains("'..'", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_UTF8_whether_flagged_or_not_and_else_code_page_437()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        forge.Add("flagged-\u65e5\u672c.txt", "1");
        forge.Add("plain-\u00fc\U0001F999.txt", "2").Flags = 0;
        ForgedEntry dos = forge.Add("x", "3");
        dos.RawName = [.. Encoding.ASCII.GetBytes("dos-"), 0x81, 0x9B, 0xE1, 0xFD];

        Assert.Equal(
            ["dos-\u00fc\u00a2\u00df\u00b2", "flagged-\u65e5\u672c.txt", "manifest.yaml", "plain-\u00fc\U0001F999.txt"],
            Extract(forge).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_name_that_is_flagged_as_UTF8_and_is_not_is_refused()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        ForgedEntry entry = forge.Add("x", "3");
        entry.RawName = [0x61, 0xC0, 0xAF, 0x62];
        entry.Flags = ForgedEntry.Utf8Flag;

        Assert.Contains("not valid UTF-8", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }
}
