using System;
using System.IO;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Makes links. Tests are skipped, with the reason, where none can be made.</summary>
internal static class TestLink
{
    private const int NotImplemented = 38; // ENOSYS, as FUSE answers for a call that the file system does not have

    /// <summary>Makes a link to a file, which need not be there.</summary>
    public static void ToFile(string path, string target)
    {
        try
        {
            File.CreateSymbolicLink(path, target);
        }
        catch (Exception exception) when (OperatingSystem.IsWindows() && exception is IOException or UnauthorizedAccessException)
        {
            Assert.Skip("Windows makes symbolic links in developer mode only: " + exception.Message);
        }
        catch (IOException exception) when (exception.HResult == NotImplemented)
        {
            Assert.Skip("This file system has no links: " + exception.Message);
        }

        Assert.SkipWhen(new FileInfo(path).LinkTarget is null, "Wine differs from Windows: it makes no symbolic links.");
    }

    /// <summary>Makes a link to a folder, which need not be there: on Windows a junction where symbolic links may not be made.</summary>
    public static void ToFolder(string path, string target)
    {
        try
        {
            Directory.CreateSymbolicLink(path, target);
        }
        catch (Exception exception) when (OperatingSystem.IsWindows() && exception is IOException or UnauthorizedAccessException)
        {
            string full = Path.GetFullPath(target, Path.GetDirectoryName(path)!);
            Assert.SkipUnless(SystemTool.TryRun("cmd.exe", "/c", "mklink", "/J", path, full), "Neither links nor junctions can be made here.");
        }

        Assert.SkipWhen(new DirectoryInfo(path).LinkTarget is null, "Wine differs from Windows: it makes no links to folders.");
    }
}
