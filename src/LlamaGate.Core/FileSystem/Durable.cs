using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using static LlamaGate.FileSystem.NativeMethods;

namespace LlamaGate.FileSystem;

/// <summary>
/// Moves and flushes, so that what the journal says has reached the disk before it is relied on (contract, section 6).
/// </summary>
internal static class Durable
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint Exchange = 2; // RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS
    private const uint ReplaceAndWriteThrough = 1 | 8; // MOVEFILE_REPLACE_EXISTING, MOVEFILE_WRITE_THROUGH
    private const int FullFSync = 51; // F_FULLFSYNC
    private const int InvalidArgument = 22; // EINVAL

    private const int ErrorCode = 0xFFFF; // of an HResult

    private static readonly int OtherFileSystem = Platform.IsWindows ? 17 : 18; // ERROR_NOT_SAME_DEVICE, EXDEV

    /// <summary>Exchanges two folders in one step, where the system and the file system can.</summary>
    /// <returns>Whether they were exchanged; when not, nothing has changed.</returns>
    public static bool TryExchange(string left, string right)
    {
        try
        {
            return (Platform.IsLinux && RenameAt2(CurrentFolder, PathBytes(left), CurrentFolder, PathBytes(right), Exchange) == 0)
                || (Platform.IsMacOS && RenameX(PathBytes(left), PathBytes(right), Exchange) == 0);
        }
        catch (EntryPointNotFoundException)
        {
            return false; // A C library without the call: the caller moves in two steps.
        }
    }

    /// <summary>Renames a folder, a link or a file to a name that is free.</summary>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static void Move(string source, string destination)
    {
        try
        {
            Sharing.Retry(() => Directory.Move(source, destination));
        }
        catch (IOException exception) when ((exception.HResult & ErrorCode) == OtherFileSystem)
        {
            throw LieApart(source, destination, exception);
        }
        catch (Exception exception) when (Sharing.MayPass(exception))
        {
            throw new IOException(
                $"'{source}' cannot be renamed to '{destination}': a program has a file in it open, or uses it as its current folder. "
                    + "Close that program.",
                exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"Access to '{source}' or '{destination}' is denied.", exception);
        }
    }

    /// <summary>Renames a file over another in one step, and gives it the mode and the owner of the one that it replaces.</summary>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static void ReplaceKeepingAccess(string source, string destination)
    {
        if (Platform.IsUnix && StorePath.Probe(destination) == PathKind.File)
        {
            UnixFile.CopyAccess(destination, source);
        }

        Replace(source, destination);
    }

    /// <summary>Renames a file over another in one step.</summary>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static void Replace(string source, string destination) => Sharing.Retry(() =>
    {
        bool replaced = Platform.IsWindows
            ? MoveFileEx(LongPath(source), LongPath(destination), ReplaceAndWriteThrough)
            : Rename(PathBytes(source), PathBytes(destination)) == 0;
        if (!replaced)
        {
            throw Marshal.GetLastWin32Error() == OtherFileSystem
                ? LieApart(source, destination, new Win32Exception(OtherFileSystem))
                : Failure("replace", destination);
        }
    });

    /// <summary>Flushes the entries of a folder: the names of its content. Windows has no such call and orders them itself.</summary>
    public static void FlushFolder(string folder)
    {
        if (!Platform.IsWindows)
        {
            WithHandle(folder, FlushDrive);
        }
    }

    /// <summary>Flushes a file that has been written. .NET's own call ignores the error of a failing disk.</summary>
    /// <exception cref="IOException">The disk does not have it.</exception>
    public static void FlushFile(FileStream file)
    {
        if (Platform.IsWindows)
        {
            file.Flush(flushToDisk: true);
            return;
        }

        file.Flush();
        if (FlushDrive((int)file.SafeFileHandle.DangerousGetHandle()) != 0)
        {
            throw Failure("flush", file.Name);
        }
    }

    /// <summary>Flushes the entries of many folders of one home; those that do not exist are skipped.</summary>
    public static void FlushFolders(string home, IEnumerable<string> folders)
    {
        var present = new HashSet<string>(folders, StringComparer.Ordinal);
        present.RemoveWhere(folder => !StorePath.IsFolder(folder));
        if (Platform.IsLinux && present.Count > 0)
        {
            WithHandle(home, SyncFs);
            return;
        }

        foreach (string folder in present)
        {
            FlushFolder(folder);
        }
    }

    /// <summary>
    /// Flushes folders with everything below them, and files: one call for the whole file system on Linux, one by one elsewhere.
    /// </summary>
    /// <param name="folder">The folder that contains them all.</param>
    /// <param name="paths">The folders and files.</param>
    public static void FlushTrees(string folder, IEnumerable<string> paths)
    {
        if (Platform.IsLinux)
        {
            WithHandle(folder, SyncFs);
            return;
        }

        foreach (string path in paths)
        {
            FlushTree(path);
        }

        FlushFolder(folder); // Their own names are in there.
    }

    private static void FlushTree(string path)
    {
        bool isFolder = StorePath.IsFolder(path);
        foreach (string below in isFolder ? Directory.EnumerateFileSystemEntries(path) : [])
        {
            FlushTree(below);
        }

        if (!Platform.IsWindows)
        {
            WithHandle(path, FSync); // The drive is told once, at the end.
        }
        else if (!isFolder)
        {
            using FileStream stream = Sharing.Retry(() => new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite));
            stream.Flush(flushToDisk: true);
        }
    }

    // On macOS fsync leaves the bytes in the drive's own memory, and only the other call empties it; not every file system has it, and
    // some have neither.
    private static int FlushDrive(int handle) =>
        (Platform.IsMacOS && FCntl(handle, FullFSync) == 0) || FSync(handle) == 0 || Marshal.GetLastWin32Error() == InvalidArgument ? 0 : -1;

    private static void WithHandle(string path, Func<int, int> flush)
    {
        int handle = Open(PathBytes(path), flags: 0);
        if (handle < 0)
        {
            throw Failure("open", path);
        }

        try
        {
            if (flush(handle) != 0)
            {
                throw Failure("flush", path);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    // A copy would take an item's place bit by bit, and a reader or a crash between would find half of it.
    private static IOException LieApart(string source, string destination, Exception cause) => new(
        $"'{source}' and '{destination}' are on different file systems, or '{source}' is part of a container image. Keep the whole home "
            + "on one file system, for example on one volume.",
        cause);

    private static IOException Failure(string verb, string path)
    {
        var cause = new Win32Exception(Marshal.GetLastWin32Error());
        int code = cause.NativeErrorCode;
        return new IOException($"Cannot {verb} '{path}': {cause.Message}", Platform.IsWindows ? code | unchecked((int)0x80070000) : code);
    }
}
