using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace LlamaGate.FileSystem;

/// <summary>
/// What Unix knows of a file and .NET does not tell: whether it is a regular file at all (opening a named pipe would wait for ever),
/// which one it is under any name, and whether something is mounted there.
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

    private const int OwnerMayDoAll = 0x1C0;

    /// <summary>Everyone's permissions to read, each two bits above the permission to execute.</summary>
    private const int AllMayRead = 0x124;

    /// <summary>The mode of a file, folder or link: kind and permissions.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="followLink">Whether the target of a link is meant.</param>
    /// <returns>The mode.</returns>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static int GetMode(string path, bool followLink = false) =>
        Platform.IsMacOS ? MacOS.GetMode(path, followLink) : Linux.GetMode(path, followLink);

    /// <summary>What tells a file or folder from every other one, whatever path leads to it; links are followed.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>The numbers of its file system and of itself; null when there is none, or it cannot be looked at.</returns>
    public static (ulong FileSystem, ulong File)? TryGetIdentity(string path) =>
        Platform.IsMacOS ? MacOS.TryGetIdentity(path) : Linux.TryGetIdentity(path);

    /// <summary>Whether another file system, or another part of the same one, is mounted at a folder.</summary>
    /// <param name="folder">The full path.</param>
    /// <returns>Whether it is; an old Linux does not tell for a part of the same file system.</returns>
    public static bool IsMountPoint(string folder) => (!Platform.IsMacOS && Linux.IsMountRoot(folder))
        || TryGetIdentity(folder)?.FileSystem != TryGetIdentity(Path.GetDirectoryName(folder)!)?.FileSystem;

    /// <summary>Lets everyone execute a file who may read it, where the file system holds that and does not refuse it.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>Whether its owner may execute it now.</returns>
    /// <exception cref="IOException">It cannot be changed for another reason.</exception>
    public static bool TryMakeExecutable(string path)
    {
        int mode = GetMode(path);
        int result = chmod(NativePath(path), (uint)((mode & ~KindMask) | ((mode & AllMayRead) >> 2)));
        if (result != 0 && IsRefusal(Marshal.GetLastWin32Error()))
        {
            return false;
        }

        Check(result, path);
        return (GetMode(path) & OwnerMayExecute) != 0;
    }

    /// <summary>Lets the owner of a folder list and change it.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>Whether that was forbidden until now.</returns>
    /// <exception cref="IOException">It cannot be changed: it belongs to somebody else.</exception>
    public static bool MakeWritable(string path)
    {
        int mode = GetMode(path);
        if ((mode & OwnerMayDoAll) == OwnerMayDoAll)
        {
            return false;
        }

        Check(chmod(NativePath(path), (uint)((mode & ~KindMask) | OwnerMayDoAll)), path);
        return true;
    }

    // EPERM, ENOSYS and EOPNOTSUPP; the latter two have other numbers on macOS, which has ENOTSUP besides.
    private static bool IsRefusal(int error) => error is 1 || (Platform.IsMacOS ? error is 78 or 102 or 45 : error is 38 or 95);

    private static byte[] NativePath(string path) => Encoding.UTF8.GetBytes(path + "\0");

    private static void Check(int result, string path)
    {
        const int NoSuchFile = 2;
        if (result != 0)
        {
            int error = Marshal.GetLastWin32Error();
            string message = $"{path}: {new Win32Exception(error).Message}";
            throw error == NoSuchFile ? new FileNotFoundException(message, path) : new IOException(message, error);
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int chmod(byte[] path, uint mode);

    /// <summary><c>statx(2)</c>: unlike <c>stat</c>, it has one layout on every processor.</summary>
    private static class Linux
    {
        private const int CurrentFolder = -100;
        private const int NoFollow = 0x100;
        private const uint WantsKindAndMode = 0x3;
        private const uint WantsInode = 0x100;
        private const ulong MountRoot = 0x2000;
        private const int StatxLength = 256;
        private const int AttributesOffset = 8;
        private const int ModeOffset = 28;
        private const int InodeOffset = 32;
        private const int DeviceOffset = 136;

        public static int GetMode(string path, bool followLink)
        {
            byte[] status = new byte[StatxLength];
            Check(statx(CurrentFolder, NativePath(path), followLink ? 0 : NoFollow, WantsKindAndMode, status), path);
            return BitConverter.ToUInt16(status, ModeOffset);
        }

        public static bool IsMountRoot(string path)
        {
            byte[] status = new byte[StatxLength];
            Check(statx(CurrentFolder, NativePath(path), NoFollow, WantsKindAndMode, status), path);
            return (BitConverter.ToUInt64(status, AttributesOffset) & MountRoot) != 0;
        }

        public static (ulong FileSystem, ulong File)? TryGetIdentity(string path)
        {
            byte[] status = new byte[StatxLength];
            return statx(CurrentFolder, NativePath(path), flags: 0, WantsInode, status) == 0
                ? (BitConverter.ToUInt64(status, DeviceOffset), BitConverter.ToUInt64(status, InodeOffset))
                : null;
        }

        [DllImport("libc", SetLastError = true)]
        private static extern int statx(int folder, byte[] path, int flags, uint mask, byte[] status);
    }

    /// <summary>The <c>stat</c> with 64-bit inodes, which Intel Macs have under another name.</summary>
    private static class MacOS
    {
        private const int StatLength = 256;
        private const int ModeOffset = 4;
        private const int InodeOffset = 8;

        public static int GetMode(string path, bool followLink)
        {
            byte[] status = new byte[StatLength];
            Check(Look(path, followLink, status), path);
            return BitConverter.ToUInt16(status, ModeOffset);
        }

        public static (ulong FileSystem, ulong File)? TryGetIdentity(string path)
        {
            byte[] status = new byte[StatLength];
            return Look(path, followLink: true, status) == 0
                ? (BitConverter.ToUInt32(status, 0), BitConverter.ToUInt64(status, InodeOffset))
                : null;
        }

        private static int Look(string path, bool followLink, byte[] status)
        {
            byte[] nativePath = NativePath(path);
            bool isIntel = RuntimeInformation.ProcessArchitecture == Architecture.X64;
            return (isIntel, followLink) switch
            {
                (true, true) => StatOnIntel(nativePath, status),
                (true, false) => LinkStatOnIntel(nativePath, status),
                (false, true) => stat(nativePath, status),
                (false, false) => lstat(nativePath, status),
            };
        }

        [DllImport("libc", SetLastError = true)]
        private static extern int stat(byte[] path, byte[] status);

        [DllImport("libc", SetLastError = true)]
        private static extern int lstat(byte[] path, byte[] status);

        [DllImport("libc", SetLastError = true, EntryPoint = "stat$INODE64")]
        private static extern int StatOnIntel(byte[] path, byte[] status);

        [DllImport("libc", SetLastError = true, EntryPoint = "lstat$INODE64")]
        private static extern int LinkStatOnIntel(byte[] path, byte[] status);
    }
}
