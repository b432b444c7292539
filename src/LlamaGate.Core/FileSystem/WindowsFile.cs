using System;
using static LlamaGate.FileSystem.NativeMethods;

namespace LlamaGate.FileSystem;

/// <summary>What Windows knows of a file and .NET does not tell: its identity, and where a link leads.</summary>
internal static class WindowsFile
{
    private const uint ShareAll = 7;
    private const uint OpenExisting = 3;
    private const uint BackupSemantics = 0x02000000; // FILE_FLAG_BACKUP_SEMANTICS: opens folders too
    private const uint OpenReparsePoint = 0x00200000; // FILE_FLAG_OPEN_REPARSE_POINT: opens the link itself
    private const int AttributeTag = 9; // FileAttributeTagInfo
    private const uint NameSurrogate = 0x20000000; // IsReparseTagNameSurrogate
    private const int LongestPath = 32767;
    private static readonly IntPtr Invalid = new(-1);

    /// <summary>The volume serial number and the file index; null when there is no such file, or it cannot be opened.</summary>
    public static FileIdentity? TryGetIdentity(string path, bool followLink)
    {
        return With(path, followLink, handle => GetFileInformation(handle, out FileInformation information)
            ? new FileIdentity(
                information.VolumeSerialNumber, ((ulong)information.FileIndexHigh << 32) | information.FileIndexLow, Born: 0)
            : (FileIdentity?)null);
    }

    /// <summary>The path that a link leads to in the end; null when it leads nowhere.</summary>
    public static string? TryGetTarget(string path)
    {
        return With(path, followLink: true, handle =>
        {
            char[] target = new char[LongestPath];
            uint length = GetFinalPathName(handle, target, (uint)target.Length, flags: 0);
            string text = new(target, 0, length < target.Length ? (int)length : 0);
            return text.StartsWith(@"\\?\UNC\", StringComparison.Ordinal) ? @"\\" + text[8..]
                : text.StartsWith(@"\\?\", StringComparison.Ordinal) ? text[4..]
                : text.Length > 0 ? text : null;
        });
    }

    /// <summary>
    /// Whether a reparse point stands for something elsewhere, as symbolic links and junctions do. Files in OneDrive and on deduplicated
    /// volumes are reparse points as well, and ordinary files. What cannot be told counts as a link.
    /// </summary>
    public static bool IsLink(string path) => With(path, followLink: false, handle =>
        GetFileTag(handle, AttributeTag, out FileTag tag, 2 * sizeof(uint)) ? (tag.Tag & NameSurrogate) != 0 : (bool?)null) ?? true;

    private static T? With<T>(string path, bool followLink, Func<IntPtr, T?> read)
    {
        // No access is asked for: whoever has the file open for himself alone does not stand in the way.
        uint flags = BackupSemantics | (followLink ? 0 : OpenReparsePoint);
        IntPtr handle = CreateFile(LongPath(path), access: 0, ShareAll, IntPtr.Zero, OpenExisting, flags, IntPtr.Zero);
        if (handle == Invalid)
        {
            return default;
        }

        try
        {
            return read(handle);
        }
        finally
        {
            _ = CloseHandle(handle);
        }
    }
}
