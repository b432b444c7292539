using System.Globalization;
using System.Runtime.InteropServices;

namespace LlamaGate.FileSystem;

/// <summary>
/// Which file or folder something is, whatever it is called: the numbers of its file system and of itself (device and inode; volume
/// serial number and file id). It stays the same when the file is renamed, exchanged or written to, and a copy has another one.
/// </summary>
/// <param name="Volume">The number of the file system. Linux may give another one after a restart.</param>
/// <param name="File">The number of the file. A file system may use the number of a deleted file again.</param>
/// <param name="Born">When the file was created, in the file system's own units; 0 where the file system does not tell.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileIdentity(ulong Volume, ulong File, ulong Born)
{
    /// <summary>The identity of what is at a path, a link not followed; null when there is nothing, or it cannot be looked at.</summary>
    public static FileIdentity? Of(string path) =>
        Platform.IsWindows ? WindowsFile.TryGetIdentity(path, followLink: false) : UnixFile.TryGetIdentity(path, followLink: false);

    /// <summary>The identity of what a path leads to, links followed; null when there is nothing, or it cannot be looked at.</summary>
    public static FileIdentity? OfTarget(string path) =>
        Platform.IsWindows ? WindowsFile.TryGetIdentity(path, followLink: true) : UnixFile.TryGetIdentity(path, followLink: true);

    /// <summary>Reads what <see cref="ToString"/> wrote; null when the text is something else.</summary>
    public static FileIdentity? Parse(string text)
    {
        string[] parts = text.Split('-');
        return parts.Length == 3 && TryParse(parts[0], out ulong volume) && TryParse(parts[1], out ulong file) && TryParse(parts[2], out ulong born)
            ? new FileIdentity(volume, file, born)
            : null;
    }

    /// <summary>
    /// Whether both are the same file. The time of creation tells a number that was used again; where there is none, the number of the
    /// file system has to be the same too.
    /// </summary>
    public bool Matches(FileIdentity other) =>
        File == other.File && (Born != 0 && other.Born != 0 ? Born == other.Born : Volume == other.Volume);

    /// <summary>Three hexadecimal numbers, as the journal holds them.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0:x}-{1:x}-{2:x}", Volume, File, Born);

    private static bool TryParse(string text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
}
