using System;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Linq;
using System.Text;
using Xunit;

namespace LlamaGate.Tests.Packages;

/// <summary>What the archivers of other systems and libraries write: names that begin with <c>./</c>, folders twice, the Unicode Path field.</summary>
public sealed class ForeignToolTests : PackageTest
{
    [Fact]
    public void Names_as_tar_of_Windows_and_macOS_writes_them_are_read()
    {
        var forge = new ZipForge();
        forge.Add("./").Mode = 0x41ED;
        forge.Add("./manifest.yaml", "m");
        forge.Add("./sub/").Mode = 0x41ED;
        forge.Add("./sub/x.txt", "x");
        forge.Add(".\\y.txt", "y");

        Assert.Equal(["manifest.yaml", "sub/", "sub/x.txt", "y.txt"], Extract(forge).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_single_top_level_folder_is_the_root_behind_a_dot_too()
    {
        var forge = new ZipForge();
        forge.Add("./");
        forge.Add("./my-ext/manifest.yaml", "m");

        Assert.Equal(["manifest.yaml"], Extract(forge).Keys);
    }

    [Fact]
    public void A_name_with_and_without_a_dot_before_it_is_one_name()
    {
        var forge = new ZipForge();
        forge.Add("./a.txt", "1");
        forge.Add("a.txt", "2");

        Assert.Contains("more than once", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_follows_the_dot_is_no_absolute_name()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        forge.Add(".//etc/passwd", "x");

        Assert.Contains("absolute", Assert.Single(Refuse(forge).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_root_has_no_content_of_its_own()
    {
        var forge = new ZipForge();
        forge.Add("a.txt", "1");
        forge.Add("./", "content");

        Assert.NotEmpty(Refuse(forge).Problems);
    }

    [Theory]
    [InlineData("sub/", "sub/")]
    [InlineData("sub/", "sub\\")]
    [InlineData("my-ext/", "my-ext/")]
    public void A_folder_that_is_named_twice_is_one_folder(string first, string second)
    {
        var forge = new ZipForge();
        forge.Add(first);
        forge.Add("my-ext/manifest.yaml", "m");
        forge.Add(second);

        Assert.Contains(Extract(forge).Keys, name => name.EndsWith("manifest.yaml", StringComparison.Ordinal));
    }

    [Fact]
    public void The_name_in_the_Unicode_Path_field_counts()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        AddWithUnicodePath(forge, "%U043F%U0440.txt", "\u043f\u0440.txt");
        AddWithUnicodePath(forge, "caf_/x.txt", "caf\u00e9/x.txt");

        Assert.Equal(["caf\u00e9/", "caf\u00e9/x.txt", "manifest.yaml", "\u043f\u0440.txt"], Extract(forge).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_Unicode_Path_field_of_another_name_does_not_count()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        AddWithUnicodePath(forge, "renamed.txt", "\u043f.txt").Extra[5] ^= 1;

        Assert.Equal(["manifest.yaml", "renamed.txt"], Extract(forge).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a.txt", "../evil.txt", "'..'")]
    [InlineData("a.txt", "/etc/passwd", "absolute")]
    [InlineData("../evil.txt", "a.txt", "'..'")]
    [InlineData("a?.txt", "a.txt", "Windows")]
    [InlineData("a/", "a", "a folder by its name")]
    [InlineData("a", "a/", "a folder by its name")]
    [InlineData("x.txt", "manifest.yaml", "more than once")]
    [InlineData("x.txt", "Manifest.yaml", "only by case")]
    public void Both_names_obey_the_rules(string name, string unicodePath, string reason)
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        AddWithUnicodePath(forge, name, unicodePath);

        Assert.Contains(Refuse(forge).Problems, problem => problem.Message.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_Unicode_Path_that_is_not_UTF8_is_refused()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        AddWithUnicodePath(forge, "a.txt", "xy.txt").Extra[9] = 0xFF;

        Assert.Contains(Refuse(forge).Problems, problem => problem.Message.Contains("Unicode Path field is not UTF-8", StringComparison.Ordinal));
    }

    [Fact]
    public void A_local_header_with_another_Unicode_Path_is_refused()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        ForgedEntry entry = AddWithUnicodePath(forge, "a.txt", "\u0430.txt");
        byte[] zip = forge.Build();
        int local = zip.AsSpan().IndexOf(entry.Extra);
        zip[local + 9 + 1] ^= 1;

        Assert.Contains(Refuse(Save(zip)).Problems, problem => problem.Message.Contains("another Unicode Path", StringComparison.Ordinal));
    }

    private static ForgedEntry AddWithUnicodePath(ZipForge forge, string name, string unicodePath)
    {
        ForgedEntry entry = forge.Add(name, name[^1] == '/' ? string.Empty : "x");
        byte[] path = Encoding.UTF8.GetBytes(unicodePath);
        byte[] extra = new byte[9 + path.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(extra, 0x7075);
        BinaryPrimitives.WriteUInt16LittleEndian(extra.AsSpan(2), (ushort)(5 + path.Length));
        extra[4] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(extra.AsSpan(5), Crc32.HashToUInt32(entry.RawName));
        path.CopyTo(extra, 9);
        entry.Extra = extra;
        return entry;
    }
}
