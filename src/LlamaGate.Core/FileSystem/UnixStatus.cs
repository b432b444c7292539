using System;
using System.Runtime.InteropServices;
using static LlamaGate.FileSystem.NativeMethods;

namespace LlamaGate.FileSystem;

/// <summary>
/// What <c>statx</c> or <c>stat</c> says of a file. <c>statx</c> comes first: it has one layout on every processor and tells when a
/// file was created. Old C libraries lack the function, and some container runtimes forbid the call; then it is the call by its number,
/// and then <c>stat</c>.
/// </summary>
internal readonly struct UnixStatus
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicFieldsAndBirth = 0x7FF | Birth;
    private const uint Birth = 0x800; // STATX_BTIME
    private const ulong MountRoot = 0x2000; // STATX_ATTR_MOUNT_ROOT

    // Remembered when the first call of this process has shown it.
    private static volatile bool hasStatX = true;
    private static volatile bool hasStatXFunction = true;

    private UnixStatus(int mode, uint owner, uint group, FileIdentity identity, bool isMountRoot)
    {
        Mode = mode;
        Owner = owner;
        Group = group;
        Identity = identity;
        IsMountRoot = isMountRoot;
    }

    /// <summary>Kind and permissions.</summary>
    public int Mode { get; }

    public uint Owner { get; }

    public uint Group { get; }

    public FileIdentity Identity { get; }

    /// <summary>Whether something is mounted there. False where the system does not tell.</summary>
    public bool IsMountRoot { get; }

    /// <summary>Looks at a file.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="followLink">Whether the target of a link is meant.</param>
    /// <param name="status">What the system says.</param>
    /// <returns>0, or the system's error code.</returns>
    public static int TryRead(string path, bool followLink, out UnixStatus status)
    {
        byte[] buffer = new byte[StatusLength];
        byte[] nativePath = PathBytes(path);
        if (Platform.IsMacOS)
        {
            int macError = ReadOnMac(nativePath, followLink, buffer);
            status = FromMac(buffer);
            return macError;
        }

        if (hasStatX)
        {
            int error = ReadStatX(nativePath, followLink ? 0 : NoFollow, buffer);
            if (error == 0)
            {
                status = FromStatX(buffer);
                return 0;
            }

            const int NotPermitted = 1; // EPERM
            const int NoSuchCall = 38; // ENOSYS
            if (error is not (NotPermitted or NoSuchCall))
            {
                status = default;
                return error;
            }

            hasStatX = false; // statx itself never answers EPERM: whoever forbids the call does.
        }

        int oldError = ReadStat(nativePath, followLink, buffer);
        status = FromStat(buffer);
        return oldError;
    }

    private static int ReadStatX(byte[] path, int flags, byte[] buffer)
    {
        if (hasStatXFunction)
        {
            try
            {
                return StatX(CurrentFolder, path, flags, BasicFieldsAndBirth, buffer) == 0 ? 0 : Marshal.GetLastWin32Error();
            }
            catch (EntryPointNotFoundException)
            {
                hasStatXFunction = false;
            }
        }

        int number = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 332,
            Architecture.Arm64 => 291,
            Architecture.Arm => 397,
            Architecture.X86 => 383,
            _ => 0,
        };
        const int NoSuchCall = 38;
        return number == 0 ? NoSuchCall
            : StatXByNumber((IntPtr)number, (IntPtr)CurrentFolder, path, (IntPtr)flags, (IntPtr)(int)BasicFieldsAndBirth, buffer) == IntPtr.Zero
                ? 0
                : Marshal.GetLastWin32Error();
    }

    private static int ReadStat(byte[] path, bool followLink, byte[] buffer)
    {
        try
        {
            return (followLink ? Stat(path, buffer) : LStat(path, buffer)) == 0 ? 0 : Marshal.GetLastWin32Error();
        }
        catch (EntryPointNotFoundException)
        {
            int version = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 1 : 0; // _STAT_VER
            return (followLink ? VersionedStat(version, path, buffer) : VersionedLStat(version, path, buffer)) == 0
                ? 0
                : Marshal.GetLastWin32Error();
        }
    }

    private static int ReadOnMac(byte[] path, bool followLink, byte[] buffer)
    {
        bool isIntel = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        int result = (isIntel, followLink) switch
        {
            (true, true) => StatOnIntelMac(path, buffer),
            (true, false) => LStatOnIntelMac(path, buffer),
            (false, true) => Stat(path, buffer),
            (false, false) => LStat(path, buffer),
        };
        return result == 0 ? 0 : Marshal.GetLastWin32Error();
    }

    // struct statx: the mask at 0, attributes at 8, owner and group at 20 and 24, mode at 28, inode at 32, creation at 80, device at 136.
    private static UnixStatus FromStatX(byte[] buffer)
    {
        bool tellsBirth = (BitConverter.ToUInt32(buffer, 0) & Birth) != 0;
        ulong born = tellsBirth ? unchecked((BitConverter.ToUInt64(buffer, 80) * 1_000_000_000) + BitConverter.ToUInt32(buffer, 88)) : 0;
        return new UnixStatus(
            BitConverter.ToUInt16(buffer, 28),
            BitConverter.ToUInt32(buffer, 20),
            BitConverter.ToUInt32(buffer, 24),
            new FileIdentity(BitConverter.ToUInt64(buffer, 136), BitConverter.ToUInt64(buffer, 32), born),
            (BitConverter.ToUInt64(buffer, 8) & MountRoot) != 0);
    }

    // struct stat of 64-bit Linux: the order of the number of links and the mode differs between x64 and all later processors.
    private static UnixStatus FromStat(byte[] buffer)
    {
        int mode = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 24 : 16;
        int owner = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 28 : 24;
        ulong device = BitConverter.ToUInt64(buffer, 0);
        return new UnixStatus(
            BitConverter.ToInt32(buffer, mode),
            BitConverter.ToUInt32(buffer, owner),
            BitConverter.ToUInt32(buffer, owner + 4),
            new FileIdentity(AsStatXTellsIt(device), BitConverter.ToUInt64(buffer, 8), Born: 0),
            isMountRoot: false);
    }

    // struct stat of macOS: mode at 4, inode at 8, owner and group at 16 and 20, creation at 80.
    private static UnixStatus FromMac(byte[] buffer) => new(
        BitConverter.ToUInt16(buffer, 4),
        BitConverter.ToUInt32(buffer, 16),
        BitConverter.ToUInt32(buffer, 20),
        new FileIdentity(
            BitConverter.ToUInt32(buffer, 0),
            BitConverter.ToUInt64(buffer, 8),
            unchecked((BitConverter.ToUInt64(buffer, 80) * 1_000_000_000) + BitConverter.ToUInt64(buffer, 88))),
        isMountRoot: false);

    // statx gives major and minor number side by side, stat has them interleaved: a record may be written with one and read with the other.
    private static ulong AsStatXTellsIt(ulong device)
    {
        ulong major = ((device >> 8) & 0xFFF) | ((device >> 32) & 0xFFFFF000);
        ulong minor = (device & 0xFF) | ((device >> 12) & 0xFFFFFF00);
        return major | (minor << 32);
    }
}
