using System;
using System.IO;
using LlamaGate.FileSystem;

namespace LlamaGate.Tests;

/// <summary>Copies of a home as it is at one moment: what a killed process would have left.</summary>
internal static class DiskCopy
{
    /// <summary>Copies a folder with its times, modes and links.</summary>
    public static void Take(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (FileSystemInfo item in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            string target = Path.Combine(to, item.Name);
            if (item.LinkTarget is { } link)
            {
                Directory.CreateSymbolicLink(target, link);
            }
            else if (item is DirectoryInfo)
            {
                Take(item.FullName, target);
            }
            else
            {
                CopyFile((FileInfo)item, target);
            }
        }

        Directory.SetLastWriteTimeUtc(to, Directory.GetLastWriteTimeUtc(from));
    }

    /// <summary>Puts a copy in the place of a folder.</summary>
    public static void Restore(string copy, string folder)
    {
        StorePath.Delete(folder);
        Take(copy, folder);
    }

    // A file that this process has open for itself alone cannot be read: an empty lock file, or content that is being staged, of
    // which a dead process may have left nothing.
    private static void CopyFile(FileInfo file, string target)
    {
        try
        {
            file.CopyTo(target);
        }
        catch (IOException) when (file.Extension == ".lock" || file.FullName.Contains("/tmp/import/", StringComparison.Ordinal))
        {
            File.Create(target).Dispose();
        }

        File.SetLastWriteTimeUtc(target, file.LastWriteTimeUtc);
    }
}
