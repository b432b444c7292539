using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using static LlamaGate.FileSystem.NativeMethods;

namespace LlamaGate.FileSystem;

/// <summary>
/// What Unix knows of a file and .NET does not tell: its mode and owner, whether it is a regular file at all (opening a named pipe would
/// wait for its writer), which one it is under any name, and whether something is mounted there.
/// </summary>
internal static class UnixFile
{
    /// <summary>The bits of a mode that tell the kind of a file.</summary>
    public const int KindMask = 0xF000;

    public const int RegularFile = 0x8000;
    public const int Folder = 0x4000;
    public const int SymbolicLink = 0xA000;

    /// <summary>The owner's permission to execute.</summary>
    public const int OwnerMayExecute = 0x40;

    private const int PermissionMask = 0x1FF;
    private const int OwnerMayDoAll = 0x1C0;
    private const int GroupMayDoAll = 0x38;
    private const uint Unchanged = uint.MaxValue; // of an owner or a group

    /// <summary>Everyone's permissions to read, each two bits above the permission to execute.</summary>
    private const int AllMayRead = 0x124;

    /// <summary>The mode of a file, folder or link: kind and permissions.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="followLink">Whether the target of a link is meant.</param>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be entered.</exception>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static int GetMode(string path, bool followLink = false) => Look(path, followLink).Mode;

    /// <summary>The identity of a file, folder or link; null when there is nothing, or it cannot be looked at.</summary>
    public static FileIdentity? TryGetIdentity(string path, bool followLink) =>
        UnixStatus.TryRead(path, followLink, out UnixStatus status) == 0 ? status.Identity : null;

    /// <summary>Whether another file system, or another part of the same one, is mounted at a folder.</summary>
    /// <param name="folder">The full path.</param>
    /// <returns>Whether it is; an old Linux does not tell for a part of the same file system.</returns>
    public static bool IsMountPoint(string folder) => Look(folder, followLink: false).IsMountRoot
        || TryGetIdentity(folder, followLink: true)?.Volume != TryGetIdentity(Path.GetDirectoryName(folder)!, followLink: true)?.Volume;

    /// <summary>The path that a link leads to in the end; null when it leads nowhere.</summary>
    public static string? TryGetTarget(string path)
    {
        IntPtr target = RealPath(PathBytes(path), IntPtr.Zero);
        if (target == IntPtr.Zero)
        {
            return null;
        }

        try
        {
            int length = 0;
            while (Marshal.ReadByte(target, length) != 0)
            {
                length++;
            }

            byte[] bytes = new byte[length];
            Marshal.Copy(target, bytes, 0, length);
            return System.Text.Encoding.UTF8.GetString(bytes);
        }
        finally
        {
            Free(target);
        }
    }

    /// <summary>Lets everyone execute a file who may read it, where the file system holds that and does not refuse it.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>Whether its owner may execute it now.</returns>
    /// <exception cref="IOException">It cannot be changed for another reason.</exception>
    public static bool TryMakeExecutable(string path)
    {
        int mode = GetMode(path);
        int error = ChangeMode(path, mode | ((mode & AllMayRead) >> 2));
        return IsRefusal(error) ? false : error == 0 ? (GetMode(path) & OwnerMayExecute) != 0 : throw Failure(path, error);
    }

    /// <summary>Lets the owner of a folder list and change it.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>Whether that was forbidden until now.</returns>
    /// <exception cref="UnauthorizedAccessException">It belongs to somebody else.</exception>
    /// <exception cref="IOException">It cannot be changed.</exception>
    public static bool MakeWritable(string path)
    {
        int mode = GetMode(path);
        if ((mode & OwnerMayDoAll) == OwnerMayDoAll)
        {
            return false;
        }

        int error = ChangeMode(path, mode | OwnerMayDoAll);
        return error == 0 ? true : throw Failure(path, error);
    }

    /// <summary>
    /// Gives a file the permissions, group and owner of another one. What the system refuses to change stays, and then a group that is
    /// not the other file's gets no permission.
    /// </summary>
    /// <param name="from">The full path of the file to take them from.</param>
    /// <param name="to">The full path of the file to change; it belongs to this process.</param>
    public static void CopyAccess(string from, string to)
    {
        UnixStatus old = Look(from, followLink: false);
        UnixStatus now = Look(to, followLink: false);
        bool keepsGroup = old.Group == now.Group;
        if (old.Owner != now.Owner || !keepsGroup)
        {
            keepsGroup = ChOwn(PathBytes(to), old.Owner, old.Group) == 0 || ChOwn(PathBytes(to), Unchanged, old.Group) == 0 || keepsGroup;
        }

        int mode = old.Mode & PermissionMask & (keepsGroup ? ~0 : ~GroupMayDoAll);
        if (mode != (now.Mode & PermissionMask))
        {
            _ = ChMod(PathBytes(to), (uint)mode); // A file system without modes refuses, and needs none.
        }
    }

    // EPERM, ENOSYS and EOPNOTSUPP; the latter two have other numbers on macOS, which has ENOTSUP besides.
    private static bool IsRefusal(int error) => error is 1 || (Platform.IsMacOS ? error is 78 or 102 or 45 : error is 38 or 95);

    private static UnixStatus Look(string path, bool followLink)
    {
        int error = UnixStatus.TryRead(path, followLink, out UnixStatus status);
        return error == 0 ? status : throw Failure(path, error);
    }

    private static int ChangeMode(string path, int mode) =>
        ChMod(PathBytes(path), (uint)(mode & ~KindMask)) == 0 ? 0 : Marshal.GetLastWin32Error();

    private static Exception Failure(string path, int error)
    {
        const int NotPermitted = 1; // EPERM
        const int NoSuchFile = 2; // ENOENT
        const int AccessDenied = 13; // EACCES
        string message = $"{path}: {new Win32Exception(error).Message}";
        return error switch
        {
            NoSuchFile => new FileNotFoundException(message, path),
            NotPermitted or AccessDenied => new UnauthorizedAccessException(message),
            _ => new IOException(message, error),
        };
    }
}
