using System;
using System.IO;
using System.Linq;
using LlamaGate.Packages;
using Xunit;

namespace LlamaGate.Tests.Packages;

/// <summary>What is left out of a folder that a package is made from.</summary>
public sealed class SourceFolderTests : PackageTest
{
    [Fact]
    public void Version_control_and_debris_are_left_out_and_named()
    {
        string source = NewFolder();
        WriteFile(source, "manifest.yaml", "m");
        WriteFile(source, ".git/config", "secret");
        WriteFile(source, "sub/.gitignore", "x");
        WriteFile(source, ".gitattributes", "x");
        WriteFile(source, "vendor/.git", "gitdir: elsewhere");
        WriteFile(source, "vendor/code.txt", "c");
        WriteFile(source, "notes~", "old");
        WriteFile(source, "sub/._notes", "fork");

        using PackageContent content = Open(source);

        Assert.Equal(["manifest.yaml", "vendor/code.txt"], content.Files.Select(file => file.Path));
        Assert.Equal(
            [".git/", ".gitattributes", "notes~", "sub/._notes", "sub/.gitignore", "vendor/.git"], content.LeftOut.Names);
        Assert.Equal(
            "Left out: .git/, .gitattributes, notes~, sub/._notes, sub/.gitignore, vendor/.git.", content.LeftOut.Story);
    }

    [Fact]
    public void The_ignore_file_decides_and_is_left_out_itself()
    {
        string source = NewFolder();
        WriteFile(source, "manifest.yaml", "m");
        WriteFile(source, ".llamagateignore", "*.log\n!keep.log\n/build/\n");
        WriteFile(source, "a.log", "x");
        WriteFile(source, "keep.log", "x");
        WriteFile(source, "build/x.txt", "x");
        WriteFile(source, "sub/build/x.txt", "x");

        using PackageContent content = Open(source);

        Assert.Equal(["keep.log", "manifest.yaml", "sub/build/x.txt"], content.Files.Select(file => file.Path));
        Assert.Equal([".llamagateignore", "a.log", "build/"], content.LeftOut.Names);
    }

    [Fact]
    public void The_ignore_file_of_a_single_top_level_folder_counts()
    {
        string source = NewFolder();
        WriteFile(source, "my-ext/manifest.yaml", "m");
        WriteFile(source, "my-ext/.llamagateignore", "/a.log\n");
        WriteFile(source, "my-ext/a.log", "x");
        WriteFile(source, ".git/config", "x");

        using PackageContent content = Open(source);

        Assert.Equal(["manifest.yaml"], content.RootFiles);
    }

    [Fact]
    public void What_is_left_out_breaks_no_rule_and_is_not_read()
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Windows holds none of these.");
        string source = NewFolder();
        WriteFile(source, "manifest.yaml", "m");
        WriteFile(source, ".llamagateignore", "run/\n");
        Directory.CreateDirectory(Path.Combine(source, "run"));
        MakePipe(Path.Combine(source, "run", "pipe"));
        File.CreateSymbolicLink(Path.Combine(source, ".#manifest.yaml"), "somebody@somewhere");
        Directory.CreateSymbolicLink(Path.Combine(source, ".git"), "/nowhere");

        using PackageContent content = Open(source);
        content.Verify(Work());

        Assert.Equal(["manifest.yaml"], content.Files.Select(file => file.Path));
    }

    [Fact]
    public void An_ignore_file_that_is_a_link_or_too_long_is_refused()
    {
        string source = NewFolder();
        WriteFile(source, "manifest.yaml", "m");
        WriteFile(source, ".llamagateignore", new string('a', (64 * 1024) + 1));
        Assert.Contains("at most", Assert.Single(Refuse(source).Problems).Message, StringComparison.Ordinal);

        File.Delete(Path.Combine(source, ".llamagateignore"));
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "Making links takes a privilege on Windows.");
        File.CreateSymbolicLink(Path.Combine(source, ".llamagateignore"), "/dev/zero");
        Assert.Contains("symbolic link", Assert.Single(Refuse(source).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ignore_file_of_a_zip_is_content()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", "m");
        forge.Add(".llamagateignore", "*.log");
        forge.Add("a.log", "x");

        Assert.Equal([".llamagateignore", "a.log", "manifest.yaml"], Extract(forge).Keys.Order(StringComparer.Ordinal));
    }
}
