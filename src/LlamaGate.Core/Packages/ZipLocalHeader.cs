using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace LlamaGate.Packages;

/// <summary>
/// Checks what stands in a zip file before its directory: the entries' local headers, contents and data descriptors follow each
/// other without a gap or an overlap, and say what the directory says (rule 6 of <see cref="PackageRules"/>). A reader that goes by
/// the local headers sees the same package as one that goes by the directory.
/// </summary>
internal static class ZipLocalHeader
{
    private const int UsualExtraLength = 64;

    /// <summary>Checks the part of the file that belongs to an entry, and finds its content.</summary>
    /// <param name="file">The file.</param>
    /// <param name="entry">The entry; learns where its content starts.</param>
    /// <param name="next">Where the next entry or the directory starts: there this one must end.</param>
    public static IEnumerable<string> Check(SharedFile file, ZipEntry entry, long next)
    {
        ZipDirectoryHeader header = entry.Header;
        long start = header.LocalHeaderOffset;
        if (next - start < ZipFormat.LocalHeaderLength + header.RawName.Length)
        {
            return ["it overlaps with the next entry or the directory"];
        }

        // One read mostly gets it all: extra fields are short.
        int expected = ZipFormat.LocalHeaderLength + header.RawName.Length + UsualExtraLength;
        byte[] local = file.ReadBytes(start, (int)Math.Min(next - start, expected));
        if (BinaryPrimitives.ReadUInt32LittleEndian(local) != ZipFormat.LocalHeaderSignature)
        {
            return ["there is no local header at the position that the directory states"];
        }

        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26));
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(28));
        entry.ContentStart = start + ZipFormat.LocalHeaderLength + nameLength + extraLength;
        if (header.CompressedLength > next - entry.ContentStart)
        {
            return ["it overlaps with the next entry or the directory"];
        }

        int length = ZipFormat.LocalHeaderLength + nameLength + extraLength;
        if (local.Length < length)
        {
            local = file.ReadBytes(start, length);
        }

        ReadOnlySpan<byte> variable = local.AsSpan(ZipFormat.LocalHeaderLength, nameLength + extraLength);
        var disagreements = new List<string>();
        if (!variable[..nameLength].SequenceEqual(header.RawName.Span))
        {
            disagreements.Add("its name in the local header differs from its name in the directory");
        }

        bool hasUnicodeName = ZipExtra.TryFindName(variable[nameLength..], header.RawName.Span, out ReadOnlySpan<byte> unicodeName);
        if (hasUnicodeName && !unicodeName.SequenceEqual(header.UnicodeName))
        {
            disagreements.Add("its local header has another Unicode Path than the directory");
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(8)) != header.Method)
        {
            disagreements.Add("its compression method in the local header differs from the one in the directory");
        }

        int flagsThatDiffer = BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(6)) ^ header.Flags;
        if ((flagsThatDiffer & ~ZipFormat.CompressionHints) != 0)
        {
            disagreements.Add("its flags in the local header differ from those in the directory");
        }

        long afterContent = entry.ContentStart + header.CompressedLength;
        if ((header.Flags & ZipFormat.DescriptorFlag) != 0)
        {
            if (!HasDescriptor(file, header, afterContent, next))
            {
                disagreements.Add("its data descriptor is missing or contradicts the directory");
            }
        }
        else
        {
            if (!HasSameSizes(local, variable[nameLength..], header))
            {
                disagreements.Add("its sizes or its CRC-32 in the local header differ from those in the directory");
            }

            if (afterContent < next)
            {
                disagreements.Add($"{next - afterContent} bytes after its content belong to no entry");
            }
        }

        return disagreements;
    }

    private static bool HasSameSizes(byte[] local, ReadOnlySpan<byte> extra, ZipDirectoryHeader header)
    {
        var sizes = new Zip64Fields(extra);
        return BinaryPrimitives.ReadUInt32LittleEndian(local.AsSpan(14)) == header.Crc32
            && sizes.Resolve(BinaryPrimitives.ReadUInt32LittleEndian(local.AsSpan(22))) == header.Length
            && sizes.Resolve(BinaryPrimitives.ReadUInt32LittleEndian(local.AsSpan(18))) == header.CompressedLength;
    }

    /// <summary>A descriptor has 32-bit or 64-bit sizes, with or without a signature: only the room that it takes tells which.</summary>
    private static bool HasDescriptor(SharedFile file, ZipDirectoryHeader header, long start, long next)
    {
        long room = next - start;
        if (room is not (12 or 16 or 20 or 24))
        {
            return false;
        }

        ReadOnlySpan<byte> descriptor = file.ReadBytes(start, (int)room);
        if (room is 16 or 24)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(descriptor) != ZipFormat.DescriptorSignature)
            {
                return false;
            }

            descriptor = descriptor[4..];
        }

        bool is64Bit = room is 20 or 24;
        ReadOnlySpan<byte> sizes = descriptor[4..];
        (ulong compressedLength, ulong length) = is64Bit
            ? (BinaryPrimitives.ReadUInt64LittleEndian(sizes), BinaryPrimitives.ReadUInt64LittleEndian(sizes[8..]))
            : (BinaryPrimitives.ReadUInt32LittleEndian(sizes), BinaryPrimitives.ReadUInt32LittleEndian(sizes[4..]));
        return BinaryPrimitives.ReadUInt32LittleEndian(descriptor) == header.Crc32
            && compressedLength == (ulong)header.CompressedLength
            && length == (ulong)header.Length;
    }
}
