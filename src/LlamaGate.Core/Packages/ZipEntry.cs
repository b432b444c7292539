using System.IO.Compression;

namespace LlamaGate.Packages;

/// <summary>An entry of a zip file, as the directory at its end tells.</summary>
internal sealed class ZipEntry : PackageEntry
{
    private readonly SharedFile file;

    public ZipEntry(SharedFile file, ZipDirectoryHeader header, string name, EntryKind kind, bool? executable)
        : base(name, kind, header.Length, executable)
    {
        this.file = file;
        Header = header;
    }

    /// <summary>What the directory says.</summary>
    public ZipDirectoryHeader Header { get; }

    /// <summary>Where the (compressed) content starts, in bytes from the file's start; set once the local header has been read.</summary>
    public long ContentStart { get; set; }

    /// <inheritdoc/>
    public override EntryStream Open()
    {
        var section = new FileSection(file, ContentStart, Header.CompressedLength);
        return Header.Method == ZipFormat.Stored
            ? new EntryStream(section, Length, Header.Crc32)
            : new EntryStream(new DeflateStream(section, CompressionMode.Decompress), Length, Header.Crc32, compressed: section);
    }
}
