using System;
using System.Buffers.Binary;
using System.IO;

namespace LlamaGate.Packages;

/// <summary>A record of a zip file's directory, taken apart and not yet judged.</summary>
internal sealed class ZipDirectoryHeader
{
    private ZipDirectoryHeader(ReadOnlyMemory<byte> record, int nameLength, int extraLength)
    {
        ReadOnlySpan<byte> fields = record.Span;
        MadeBy = fields[5];
        Flags = BinaryPrimitives.ReadUInt16LittleEndian(fields[8..]);
        Method = BinaryPrimitives.ReadUInt16LittleEndian(fields[10..]);
        Crc32 = BinaryPrimitives.ReadUInt32LittleEndian(fields[16..]);
        ExternalAttributes = BinaryPrimitives.ReadUInt32LittleEndian(fields[38..]);
        RawName = record.Slice(ZipFormat.DirectoryHeaderLength, nameLength);

        ReadOnlySpan<byte> extra = fields.Slice(ZipFormat.DirectoryHeaderLength + nameLength, extraLength);
        UnicodeName = ZipExtra.TryFindName(extra, RawName.Span, out ReadOnlySpan<byte> unicodeName) ? unicodeName.ToArray() : [];
        var sizes = new Zip64Fields(extra);
        Length = sizes.Resolve(BinaryPrimitives.ReadUInt32LittleEndian(fields[24..]));
        CompressedLength = sizes.Resolve(BinaryPrimitives.ReadUInt32LittleEndian(fields[20..]));
        LocalHeaderOffset = sizes.Resolve(BinaryPrimitives.ReadUInt32LittleEndian(fields[42..]));
        int disk = BinaryPrimitives.ReadUInt16LittleEndian(fields[34..]);
        if (disk is not (0 or ZipFormat.In64Bit16))
        {
            throw new InvalidDataException("the archive is one part of several (a split or spanned archive)");
        }
    }

    /// <summary>The system whose attributes <see cref="ExternalAttributes"/> are.</summary>
    public int MadeBy { get; }

    /// <summary>The general purpose flags.</summary>
    public ushort Flags { get; }

    /// <summary>The compression method.</summary>
    public ushort Method { get; }

    /// <summary>The CRC-32 of the content.</summary>
    public uint Crc32 { get; }

    /// <summary>MS-DOS attributes in the lowest byte; a Unix mode in the upper half where <see cref="MadeBy"/> is a Unix.</summary>
    public uint ExternalAttributes { get; }

    /// <summary>The bytes of the content as it lies in the archive.</summary>
    public long CompressedLength { get; }

    /// <summary>The bytes of the content.</summary>
    public long Length { get; }

    /// <summary>Where the local header is, in bytes from the file's start.</summary>
    public long LocalHeaderOffset { get; }

    /// <summary>The name as it is written.</summary>
    public ReadOnlyMemory<byte> RawName { get; }

    /// <summary>The name in UTF-8 that a Unicode Path field gives; empty when there is none for <see cref="RawName"/>.</summary>
    public byte[] UnicodeName { get; }

    /// <summary>Takes the next record of a directory apart.</summary>
    /// <param name="directory">The rest of the directory; what remains after the record on return.</param>
    /// <exception cref="InvalidDataException">There is no record.</exception>
    public static ZipDirectoryHeader Read(ref ReadOnlyMemory<byte> directory)
    {
        ReadOnlySpan<byte> fields = directory.Span;
        if (fields.Length < ZipFormat.DirectoryHeaderLength
            || BinaryPrimitives.ReadUInt32LittleEndian(fields) != ZipFormat.DirectoryHeaderSignature)
        {
            throw new InvalidDataException("the archive's directory is damaged, or its number of entries differs from the one in its end record");
        }

        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(fields[28..]);
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(fields[30..]);
        int commentLength = BinaryPrimitives.ReadUInt16LittleEndian(fields[32..]);
        int recordLength = ZipFormat.DirectoryHeaderLength + nameLength + extraLength + commentLength;
        if (recordLength > directory.Length)
        {
            throw new InvalidDataException("the archive's directory is damaged: its last record is cut off");
        }

        var header = new ZipDirectoryHeader(directory[..recordLength], nameLength, extraLength);
        directory = directory[recordLength..];
        return header;
    }
}
