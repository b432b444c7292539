using System;
using System.IO;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>A file that a program has open, as scanners, editors and backup programs do. Windows renames no folder that such a file is in.</summary>
internal static class HeldFile
{
    /// <summary>Opens a file as a program does that lets others read, write and delete it.</summary>
    public static FileStream Open(params string[] path) =>
        new(Path.Combine(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Skips the test where a folder is renamed although a file in it is open.</summary>
    public static void SkipUnlessItKeepsItsFolder(TestHome test)
    {
        string folder = test.Folder("in-use", ("file.txt", "open"));
        using FileStream file = Open(folder, "file.txt");
        try
        {
            Directory.Move(folder, folder + "-renamed");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return;
        }

        Assert.Skip("This system renames folders in which a file is open.");
    }
}
