using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace LlamaGate.FileSystem;

/// <summary>Asks what the user may do with a file or folder, without doing it.</summary>
internal static class AccessRights
{
    private const int Read = 4;
    private const int Write = 2;
    private const int Enter = 1;

    /// <summary>Whether the user may read a file, or list and enter a folder.</summary>
    /// <param name="path">The file or folder, which is there.</param>
    /// <returns>Whether it seems so; what a security module forbids may not show.</returns>
    public static bool MayRead(string path) => May(path, Read, FileAccess.Read);

    /// <summary>Whether the user may read and change a file, or the entries of a folder. On Windows only reading is tried of a folder.</summary>
    /// <param name="path">The file or folder, which is there.</param>
    /// <returns>Whether it seems so; what a security module forbids may not show.</returns>
    public static bool MayChange(string path) => May(path, Read | Write, FileAccess.ReadWrite);

    private static bool May(string path, int mode, FileAccess fileAccess)
    {
        bool isFolder = Directory.Exists(path);
        if (!Platform.IsWindows)
        {
            return access(Encoding.UTF8.GetBytes(path + "\0"), isFolder ? mode | Enter : mode) == 0;
        }

        try
        {
            if (isFolder)
            {
                using IEnumerator<string> entries = Directory.EnumerateFileSystemEntries(path).GetEnumerator();
                entries.MoveNext();
            }
            else
            {
                using FileStream _ = new(path, FileMode.Open, fileAccess, FileShare.ReadWrite | FileShare.Delete);
            }

            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true; // Another program has it open.
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int access(byte[] path, int mode);
}
