using System;
using System.Runtime.InteropServices;

namespace LlamaGate.FileSystem;

/// <summary>Which system this is, asked in one place.</summary>
internal static class Platform
{
    public static bool IsWindows { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    public static bool IsLinux { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    public static bool IsMacOS { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.OSX);

    /// <summary>Whether files have Unix modes and inodes.</summary>
    public static bool IsUnix => !IsWindows;

    /// <summary>How the system's own tools compare paths. A file system may still differ from them.</summary>
    public static StringComparison PathComparison => IsWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
