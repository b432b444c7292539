using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using LlamaGate.Packages;
using Xunit;

namespace LlamaGate.Tests.Packages;

/// <summary>A folder as a package: the same rules.</summary>
public sealed class FolderPackageTests : PackageTest
{
    [Fact]
    public void A_folder_is_extracted_like_a_zip()
    {
        string source = NewFolder();
        WriteFile(source, "manifest.yaml", "m");
        WriteFile(source, "sub/deep/x.txt", "x");
        WriteFile(source, "sub/Thumbs.db", "junk");
        WriteFile(source, "__MACOSX/._x", "junk");
        Directory.CreateDirectory(Path.Combine(source, "empty"));
        string target = NewFolder();

        using PackageContent content = Open(source);
        content.ExtractTo(target, Work());

        Assert.Equal(
            ["empty/", "manifest.yaml", "sub/", "sub/deep/", "sub/deep/x.txt"], ReadTree(target).Keys.Order(StringComparer.Ordinal));
        Assert.Equal("x", ReadTree(target)["sub/deep/x.txt"]);
    }

    [Fact]
    public void A_single_folder_in_it_is_the_root()
    {
        string source = NewFolder();
        WriteFile(source, "my-ext/manifest.yaml", "m");
        WriteFile(source, ".DS_Store", "junk");

        using PackageContent content = Open(source);

        Assert.Equal(["manifest.yaml"], content.RootFiles);
    }

    [Fact]
    public void An_empty_folder_is_no_package() =>
        Assert.Contains("item not found: no manifest in the package", Refuse(NewFolder()).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_that_only_this_system_can_hold_are_refused()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Windows does not hold them.");
        string source = NewFolder();
        WriteFile(source, "manifest.yaml", "m");
        string[] names = ["NUL", "a:b", "back\\slash", "bell\a", "dot.", "sub/what?"];
        Assert.All(names, name => WriteFile(source, name, "x"));

        LlamaGateException refusal = Refuse(source);

        Assert.Equal(names.Length, refusal.Problems.Count);
    }

    [Fact]
    public void Names_that_differ_only_by_case_are_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux holds them.");
        string source = NewFolder();
        WriteFile(source, "manifest.yaml", "m");
        WriteFile(source, "Manifest.YAML", "m");

        Assert.Contains("only by case", Assert.Single(Refuse(source).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_are_no_text_are_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux holds them.");
        string source = NewFolder();
        WriteFile(source, "manifest.yaml", "m");
        byte[] path = [.. Encoding.UTF8.GetBytes(source + "/bad-"), 0xFF];
        MakeFolder(path);
        try
        {
            Assert.Contains("not UTF-8", Assert.Single(Refuse(source).Problems).Message, StringComparison.Ordinal);
        }
        finally
        {
            RemoveFolder(path);
        }
    }

    [Fact]
    public void Links_are_refused_and_never_followed()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Links need a privilege on Windows.");
        string outside = NewFolder();
        WriteFile(outside, "secret.txt", "secret");
        string source = NewFolder();
        WriteFile(source, "manifest.yaml", "m");
        TestLink.ToFile(Path.Combine(source, "file"), Path.Combine(outside, "secret.txt"));
        TestLink.ToFolder(Path.Combine(source, "folder"), outside);
        TestLink.ToFolder(Path.Combine(source, "loop"), source);
        TestLink.ToFile(Path.Combine(source, "dangling"), "nowhere");

        LlamaGateException refusal = Refuse(source);

        Assert.Equal(
            ["dangling", "file", "folder", "loop"], refusal.Problems.Select(problem => problem.File).Order(StringComparer.Ordinal));
        Assert.All(refusal.Problems, problem => Assert.Contains("symbolic link", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Pipes_and_sockets_are_refused_without_opening_them()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Windows has none in folders.");
        string source = NewFolder();
        WriteFile(source, "manifest.yaml", "m");
        MakePipe(Path.Combine(source, "pipe"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(source, "s")));

        LlamaGateException refusal = Refuse(source);

        Assert.Equal(["pipe", "s"], refusal.Problems.Select(problem => problem.File).Order(StringComparer.Ordinal));
        Assert.All(refusal.Problems, problem => Assert.Contains("device, a pipe", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_to_a_folder_is_that_package()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Links need a privilege on Windows.");
        string source = NewFolder();
        WriteFile(source, "manifest.yaml", "m");
        string link = Path.Combine(Scratch, "link");
        TestLink.ToFolder(link, source);

        using PackageContent content = Open(link);

        Assert.Equal(["manifest.yaml"], content.RootFiles);
    }
}
