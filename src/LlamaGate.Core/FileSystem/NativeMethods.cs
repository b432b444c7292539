using System.Runtime.InteropServices;
using System.Text;

namespace LlamaGate.FileSystem;

/// <summary>The few calls that .NET does not offer: exchanging two folders, flushing folders, replacing a file.</summary>
internal static class NativeMethods
{
    private const string Libc = "libc";

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

    [DllImport("kernel32.dll", EntryPoint = "MoveFileExW", SetLastError = true, CharSet = CharSet.Unicode, ExactSpelling = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static extern bool MoveFileEx(string oldPath, string newPath, uint flags);

    /// <summary>A path as the C library takes it.</summary>
    internal static byte[] PathBytes(string path) => Encoding.UTF8.GetBytes(path + "\0");
}
