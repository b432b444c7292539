using System;
using System.Runtime.InteropServices;
using System.Text;

namespace LlamaGate.FileSystem;

/// <summary>Every call of the operating systems that .NET does not offer. Nothing else in Core declares one.</summary>
internal static class NativeMethods
{
    /// <summary>The length of the buffers for <c>statx</c> and <c>stat</c>, larger than any system's structure, in bytes.</summary>
    internal const int StatusLength = 256;

    private const string Libc = "libc";
    private const string Kernel32 = "kernel32.dll";

    /// <summary>A path as the C library takes it.</summary>
    internal static byte[] PathBytes(string path) => Encoding.UTF8.GetBytes(path + "\0");

    /// <summary>A full path as Windows takes it at any length, also where long paths are not switched on.</summary>
    internal static string LongPath(string path) =>
        path.StartsWith(@"\\?\", StringComparison.Ordinal) ? path
        : path.StartsWith(@"\\", StringComparison.Ordinal) ? @"\\?\UNC" + path.Remove(0, 1)
        : @"\\?\" + path;

    [DllImport(Libc, EntryPoint = "renameat2", SetLastError = true)]
    internal static extern int RenameAt2(int oldFolder, byte[] oldPath, int newFolder, byte[] newPath, uint flags);

    [DllImport(Libc, EntryPoint = "renamex_np", SetLastError = true)]
    internal static extern int RenameX(byte[] oldPath, byte[] newPath, uint flags);

    [DllImport(Libc, EntryPoint = "rename", SetLastError = true)]
    internal static extern int Rename(byte[] oldPath, byte[] newPath);

    [DllImport(Libc, EntryPoint = "open", SetLastError = true)]
    internal static extern int Open(byte[] path, int flags);

    [DllImport(Libc, EntryPoint = "close", SetLastError = true)]
    internal static extern int Close(int file);

    [DllImport(Libc, EntryPoint = "fsync", SetLastError = true)]
    internal static extern int FSync(int file);

    // The call takes more arguments for other commands: in this form it passes none, which every processor's convention allows.
    [DllImport(Libc, EntryPoint = "fcntl", SetLastError = true)]
    internal static extern int FCntl(int file, int command);

    [DllImport(Libc, EntryPoint = "syncfs", SetLastError = true)]
    internal static extern int SyncFs(int file);

    [DllImport(Libc, EntryPoint = "chmod", SetLastError = true)]
    internal static extern int ChMod(byte[] path, uint mode);

    [DllImport(Libc, EntryPoint = "chown", SetLastError = true)]
    internal static extern int ChOwn(byte[] path, uint owner, uint group);

    [DllImport(Libc, EntryPoint = "realpath", SetLastError = true)]
    internal static extern IntPtr RealPath(byte[] path, IntPtr buffer);

    [DllImport(Libc, EntryPoint = "free")]
    internal static extern void Free(IntPtr memory);

    [DllImport(Libc, EntryPoint = "statx", SetLastError = true)]
    internal static extern int StatX(int folder, byte[] path, int flags, uint mask, byte[] status);

    // statx by its number, for C libraries older than the call.
    [DllImport(Libc, EntryPoint = "syscall", SetLastError = true)]
    internal static extern IntPtr StatXByNumber(IntPtr number, IntPtr folder, byte[] path, IntPtr flags, IntPtr mask, byte[] status);

    [DllImport(Libc, EntryPoint = "stat", SetLastError = true)]
    internal static extern int Stat(byte[] path, byte[] status);

    [DllImport(Libc, EntryPoint = "lstat", SetLastError = true)]
    internal static extern int LStat(byte[] path, byte[] status);

    // What glibc before 2.33 has in the place of stat and lstat.
    [DllImport(Libc, EntryPoint = "__xstat", SetLastError = true)]
    internal static extern int VersionedStat(int version, byte[] path, byte[] status);

    [DllImport(Libc, EntryPoint = "__lxstat", SetLastError = true)]
    internal static extern int VersionedLStat(int version, byte[] path, byte[] status);

    // The stat with 64-bit inodes, which macOS has under this name on Intel processors.
    [DllImport(Libc, EntryPoint = "stat$INODE64", SetLastError = true)]
    internal static extern int StatOnIntelMac(byte[] path, byte[] status);

    [DllImport(Libc, EntryPoint = "lstat$INODE64", SetLastError = true)]
    internal static extern int LStatOnIntelMac(byte[] path, byte[] status);

    [DllImport(Libc, EntryPoint = "socket", SetLastError = true)]
    internal static extern int OpenSocket(int family, int kind, int protocol);

    [DllImport(Libc, EntryPoint = "connect", SetLastError = true)]
    internal static extern int Connect(int socket, byte[] address, int length);

    [DllImport(Libc, EntryPoint = "getsockopt", SetLastError = true)]
    internal static extern int GetSocketOption(int socket, int level, int option, ref int value, ref int length);

    [DllImport(Libc, EntryPoint = "poll", SetLastError = true)]
    internal static extern int Poll(ref PollRequest request, UIntPtr count, int milliseconds);

    [DllImport(Kernel32, EntryPoint = "MoveFileExW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static extern bool MoveFileEx(string oldPath, string newPath, uint flags);

    [DllImport(Kernel32, EntryPoint = "CreateFileW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern IntPtr CreateFile(
        string path, uint access, uint share, IntPtr security, uint disposition, uint flags, IntPtr template);

    [DllImport(Kernel32, EntryPoint = "CloseHandle", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static extern bool CloseHandle(IntPtr handle);

    [DllImport(Kernel32, EntryPoint = "GetFileInformationByHandle", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static extern bool GetFileInformation(IntPtr file, out FileInformation information);

    [DllImport(Kernel32, EntryPoint = "GetFileInformationByHandleEx", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static extern bool GetFileTag(IntPtr file, int kind, out FileTag tag, uint length);

    [DllImport(Kernel32, EntryPoint = "GetFinalPathNameByHandleW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern uint GetFinalPathName(IntPtr file, char[] path, uint length, uint flags);

    /// <summary>What Windows tells of an open file or folder (BY_HANDLE_FILE_INFORMATION, whose times are pairs of 32 bits).</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    internal struct FileInformation
    {
        public uint Attributes;
        public long Created;
        public long Accessed;
        public long Written;
        public uint VolumeSerialNumber;
        public uint LengthHigh;
        public uint LengthLow;
        public uint LinkCount;
        public uint FileIndexHigh;
        public uint FileIndexLow;
    }

    /// <summary>What is waited for (pollfd).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollRequest
    {
        public int File;
        public short Events;
        public short Happened;
    }

    /// <summary>What kind of reparse point a file or folder is (FILE_ATTRIBUTE_TAG_INFO).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FileTag
    {
        public uint Attributes;
        public uint Tag;
    }
}
