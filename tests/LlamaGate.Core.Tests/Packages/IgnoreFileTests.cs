using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using LlamaGate.Packages;
using Xunit;

namespace LlamaGate.Tests.Packages;

/// <summary>The patterns of an ignore file, as gitignore documents them, and held against git itself.</summary>
public sealed class IgnoreFileTests : PackageTest
{
    private static readonly string[] Fragments =
    [
        "a", "b", "ab", "foo", "bar", "*", "**", "?", "[ab]", "[!a]", "[^a]", "[a-z]", "/", "/", "/", "**/", "/**", ".log", "!", "\\#",
        "\\!", " ", "\\ ", "#", "\\", "[]a]", "[[:alpha:]]", "[[:nope:]]", "*.txt", "x", "[", "[a", "]", "-", "[a-", "[\\]]", "é",
    ];

    private static readonly string[] Names = ["a", "b", "ab", "a.log", "b.txt", "foo", "bar", "ba r", "#x", "!x", "x ", "[a]", "é", "-"];

    [Theory]
    // A blank line and a comment match nothing.
    [InlineData("", "a", false)]
    [InlineData("# a", "# a", false)]
    [InlineData("\\#a", "#a", true)]
    // Trailing spaces are ignored unless a backslash quotes them.
    [InlineData("a  ", "a", true)]
    [InlineData("a\\ ", "a ", true)]
    [InlineData("a\\ ", "a", false)]
    // '!' takes back; a file cannot come back when a folder above it is left out.
    [InlineData("*.txt\n!a.txt", "a.txt", false)]
    [InlineData("!a.txt\n*.txt", "a.txt", true)]
    [InlineData("\\!a", "!a", true)]
    [InlineData("sub/\n!sub/a", "sub/a", true)]
    [InlineData("/*\n!/foo\n/foo/*\n!/foo/bar", "foo/bar/x", false)]
    [InlineData("/*\n!/foo\n/foo/*\n!/foo/bar", "foo/y", true)]
    // A separator at the start or in the middle binds to the root; without one, the pattern holds at any level.
    [InlineData("/a", "a", true)]
    [InlineData("/a", "sub/a", false)]
    [InlineData("doc/frotz", "doc/frotz", true)]
    [InlineData("doc/frotz", "a/doc/frotz", false)]
    [InlineData("frotz", "a/frotz", true)]
    // A separator at the end is for folders.
    [InlineData("frotz/", "frotz/x", true)]
    [InlineData("frotz/", "a/frotz/x", true)]
    [InlineData("frotz/", "frotz", false)]
    // '*' and '?' match anything but '/', '[a-z]' one of a range.
    [InlineData("a*c", "abbc", true)]
    [InlineData("a/*", "a/b", true)]
    [InlineData("x/a*c", "x/ab/c", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[[:digit:]].txt", "7.txt", true)]
    [InlineData("[a", "[a", false)]
    // '**/' in front is any folder, '/**' at the end everything inside, '/**/' no or more folders; other '**' are '*'.
    [InlineData("**/foo", "foo", true)]
    [InlineData("**/foo", "a/b/foo", true)]
    [InlineData("**/foo/bar", "x/foo/bar", true)]
    [InlineData("abc/**", "abc/x/y", true)]
    [InlineData("abc/**", "abc", false)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("f**r", "foobar", true)]
    // Case counts, line ends of Windows do not, nor does a byte order mark.
    [InlineData("*.LOG", "a.log", false)]
    [InlineData("*.log\r\n*.txt\r\n", "a.log", true)]
    [InlineData("\uFEFFa", "a", true)]
    public void Patterns_mean_what_gitignore_documents(string file, string path, bool ignored) =>
        Assert.Equal(ignored, Ignores(IgnoreFile.Parse(Encoding.UTF8.GetBytes(file)), path, isFolder: false));

    [Fact]
    public void A_pattern_full_of_stars_takes_no_time()
    {
        IgnoreFile file = IgnoreFile.Parse(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("**/*a*/", 100)) + "b"));

        Assert.False(file.Ignores(string.Concat(Enumerable.Repeat("aaaa/", 200)) + "c", isFolder: false));
    }

    /// <summary>Random ignore files over one tree: git and this reader agree on every path.</summary>
    [Fact]
    public void Random_patterns_are_understood_as_git_does()
    {
        string folder = NewFolder();
        Assert.SkipUnless(SystemTool.TryRun("git", "init", "--quiet", folder), "There is no git to compare with.");
        Random random = new(1);
        List<(string Path, bool IsFolder)> paths = MakeTree(folder, random);
        for (int round = 0; round < TestScale.Times(inShort: 150, inFull: 3000); round++)
        {
            string content = string.Join('\n', Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
                string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Fragments[random.Next(Fragments.Length)]))));
            File.WriteAllText(Path.Combine(folder, ".gitignore"), content + "\n");
            IgnoreFile file = IgnoreFile.Parse(File.ReadAllBytes(Path.Combine(folder, ".gitignore")));

            IEnumerable<string> ours = paths.Where(item => Ignores(file, item.Path, item.IsFolder)).Select(item => item.Path);

            Assert.True(AskGit(folder, paths.Select(item => item.Path)).SetEquals(ours), "git sees it another way: " + content);
        }
    }

    private static bool Ignores(IgnoreFile file, string path, bool isFolder)
    {
        for (int end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (file.Ignores(path[..end], isFolder: true))
            {
                return true;
            }
        }

        return file.Ignores(path, isFolder);
    }

    private static List<(string Path, bool IsFolder)> MakeTree(string folder, Random random)
    {
        for (int i = 0; i < 150; i++)
        {
            string[] parts = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Names[random.Next(Names.Length)])];
            string path = Path.Combine([folder, .. parts]);
            bool isBlocked = Enumerable.Range(1, parts.Length).Any(count => File.Exists(Path.Combine([folder, .. parts[..count]])));
            if (!isBlocked && !Directory.Exists(path))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, string.Empty);
            }
        }

        return [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(folder, path).Replace('\\', '/'), IsFolder: Directory.Exists(path)))
            .Where(item => item.Path.Split('/')[0] is not ".git")];
    }

    private static HashSet<string> AskGit(string folder, IEnumerable<string> paths)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, "check-ignore", "--no-index", "--stdin", "-z"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using Process git = Process.Start(start)!;
        git.StandardInput.Write(string.Concat(paths.Select(path => path + "\0")));
        git.StandardInput.Close();
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries)];
    }
}
