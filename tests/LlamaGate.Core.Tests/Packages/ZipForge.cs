using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.IO.Hashing;
using System.Linq;
using System.Text;

namespace LlamaGate.Tests.Packages;

// Longer than 300 lines because it writes every part of a zip archive by hand.

/// <summary>
/// Forges zip archives byte by byte: whole ones of every kind that tools write, and broken ones of every kind that an attacker
/// could. Knows nothing of the product's own writer.
/// </summary>
internal sealed class ZipForge
{
    /// <summary>The entries, in the order of the archive and its directory.</summary>
    public List<ForgedEntry> Entries { get; } = [];

    /// <summary>The archive's comment.</summary>
    public byte[] Comment { get; set; } = [];

    /// <summary>What the end says that the comment's length is; null for the truth.</summary>
    public ushort? CommentLength { get; set; }

    /// <summary>Bytes before the first entry. Offsets count them, unless <see cref="OffsetsIgnorePrefix"/>.</summary>
    public byte[] Prefix { get; set; } = [];

    /// <summary>Whether offsets are those of the archive without <see cref="Prefix"/>.</summary>
    public bool OffsetsIgnorePrefix { get; set; }

    /// <summary>Bytes between the last entry and the directory.</summary>
    public byte[] BeforeDirectory { get; set; } = [];

    /// <summary>Bytes between the directory and the end.</summary>
    public byte[] AfterDirectory { get; set; } = [];

    /// <summary>Bytes after the end.</summary>
    public byte[] Suffix { get; set; } = [];

    /// <summary>Whether the end has a zip64 record.</summary>
    public bool Zip64 { get; set; }

    /// <summary>How many entries the end says there are; null for the truth.</summary>
    public ulong? EntryCount { get; set; }

    /// <summary>Where the end says that the directory is; null for the truth.</summary>
    public ulong? DirectoryOffset { get; set; }

    /// <summary>How long the end says that the directory is; null for the truth.</summary>
    public ulong? DirectoryLength { get; set; }

    /// <summary>The number of the disk that the end says it is on.</summary>
    public ushort Disk { get; set; }

    /// <summary>Adds an entry.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its content, as UTF-8.</param>
    /// <returns>The entry, to be made worse.</returns>
    public ForgedEntry Add(string name, string content = "") => Add(name, Encoding.UTF8.GetBytes(content));

    /// <inheritdoc cref="Add(string, string)"/>
    public ForgedEntry Add(string name, byte[] content)
    {
        var entry = new ForgedEntry(name, content);
        Entries.Add(entry);
        return entry;
    }

    /// <summary>Makes the archive.</summary>
    /// <returns>Its bytes.</returns>
    public byte[] Build()
    {
        using var stream = new MemoryStream();
        using var output = new BinaryWriter(stream);
        output.Write(Prefix);
        long origin = OffsetsIgnorePrefix ? Prefix.Length : 0;
        var offsets = new List<long>();
        foreach (ForgedEntry entry in Entries)
        {
            offsets.Add(entry.Offset ?? stream.Position - origin);
            if (!entry.OmitFromBody)
            {
                entry.WriteLocal(output);
            }
        }

        output.Write(BeforeDirectory);
        long directoryStart = stream.Position - origin;
        for (int i = 0; i < Entries.Count; i++)
        {
            if (!Entries[i].OmitFromDirectory)
            {
                Entries[i].WriteDirectory(output, offsets[i]);
            }
        }

        long directoryLength = stream.Position - origin - directoryStart;
        output.Write(AfterDirectory);
        WriteEnd(
            output,
            stream.Position - origin,
            EntryCount ?? (ulong)Entries.Count(entry => !entry.OmitFromDirectory),
            DirectoryLength ?? (ulong)directoryLength,
            DirectoryOffset ?? (ulong)directoryStart);
        output.Write(Suffix);
        return stream.ToArray();
    }

    private void WriteEnd(BinaryWriter output, long position, ulong count, ulong length, ulong offset)
    {
        if (Zip64)
        {
            output.Write(0x06064b50u);
            output.Write(44L);
            output.Write((ushort)45);
            output.Write((ushort)45);
            output.Write((uint)Disk);
            output.Write((uint)Disk);
            output.Write(count);
            output.Write(count);
            output.Write(length);
            output.Write(offset);
            output.Write(0x07064b50u);
            output.Write(0u);
            output.Write((ulong)position);
            output.Write(1u);
        }

        output.Write(0x06054b50u);
        output.Write(Disk);
        output.Write(Disk);
        output.Write(Zip64 ? ushort.MaxValue : (ushort)count);
        output.Write(Zip64 ? ushort.MaxValue : (ushort)count);
        output.Write(Zip64 ? uint.MaxValue : (uint)length);
        output.Write(Zip64 ? uint.MaxValue : (uint)offset);
        output.Write(CommentLength ?? (ushort)Comment.Length);
        output.Write(Comment);
    }
}

/// <summary>An entry of a forged archive. What is not set is the truth.</summary>
internal sealed class ForgedEntry
{
    public const ushort Utf8Flag = 1 << 11;
    public const ushort DescriptorFlag = 1 << 3;

    public ForgedEntry(string name, byte[] content)
    {
        RawName = Encoding.UTF8.GetBytes(name);
        Content = content;
        Flags = name.All(char.IsAscii) ? (ushort)0 : Utf8Flag;
    }

    /// <summary>The name's bytes.</summary>
    public byte[] RawName { get; set; }

    /// <summary>The name's bytes in the local header.</summary>
    public byte[]? LocalRawName { get; set; }

    /// <summary>The content before it is packed.</summary>
    public byte[] Content { get; set; }

    /// <summary>The content as it lies in the archive; null to pack <see cref="Content"/> by <see cref="Method"/>.</summary>
    public byte[]? Packed { get; set; }

    /// <summary>The compression method: 8 deflates, everything else stores.</summary>
    public ushort Method { get; set; }

    /// <summary>The method in the local header.</summary>
    public ushort? LocalMethod { get; set; }

    /// <summary>The flags.</summary>
    public ushort Flags { get; set; }

    /// <summary>The flags in the local header.</summary>
    public ushort? LocalFlags { get; set; }

    /// <summary>The system that the attributes are of: 0 MS-DOS, 3 Unix, 19 macOS.</summary>
    public byte MadeBy { get; set; }

    /// <summary>The external attributes.</summary>
    public uint Attributes { get; set; }

    /// <summary>The length in the directory (and the local header unless <see cref="LocalLength"/> is set).</summary>
    public ulong? Length { get; set; }

    /// <summary>The packed length in the directory (and the local header unless <see cref="LocalPackedLength"/> is set).</summary>
    public ulong? PackedLength { get; set; }

    /// <summary>The CRC-32 in the directory (and the local header unless <see cref="LocalCrc"/> is set).</summary>
    public uint? Crc { get; set; }

    public uint? LocalLength { get; set; }

    public uint? LocalPackedLength { get; set; }

    public uint? LocalCrc { get; set; }

    /// <summary>Whether a descriptor follows the content, with its length: 12, 16, 20 or 24 bytes.</summary>
    public int? Descriptor { get; set; }

    /// <summary>The CRC-32 in the descriptor.</summary>
    public uint? DescriptorCrc { get; set; }

    /// <summary>Whether sizes and offset are in a zip64 extra field.</summary>
    public bool Zip64 { get; set; }

    /// <summary>Extra fields of both headers.</summary>
    public byte[] Extra { get; set; } = [];

    /// <summary>Where the directory says that the local header is.</summary>
    public long? Offset { get; set; }

    /// <summary>Bytes after the content that belong to nothing.</summary>
    public byte[] Gap { get; set; } = [];

    /// <summary>Whether only the directory knows of it.</summary>
    public bool OmitFromBody { get; set; }

    /// <summary>Whether the directory does not know of it.</summary>
    public bool OmitFromDirectory { get; set; }

    /// <summary>A Unix mode, kind included, made by Unix.</summary>
    public int Mode
    {
        set
        {
            MadeBy = 3;
            Attributes = (uint)value << 16;
        }
    }

    private byte[] PackedContent => Packed ?? (Method == 8 ? Deflate(Content) : Content);

    private uint TrueCrc => Crc32.HashToUInt32(Content);

    /// <summary>Deflates bytes.</summary>
    /// <param name="content">The bytes to deflate.</param>
    /// <param name="level">How well.</param>
    /// <returns>A raw deflate stream.</returns>
    public static byte[] Deflate(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, level, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    internal void WriteLocal(BinaryWriter output)
    {
        byte[] packed = PackedContent;
        byte[] name = LocalRawName ?? RawName;
        bool hasDescriptor = Descriptor is not null;
        ulong length = Length ?? (ulong)Content.Length;
        ulong packedLength = PackedLength ?? (ulong)packed.Length;
        output.Write(0x04034b50u);
        output.Write((ushort)(Zip64 ? 45 : 20));
        output.Write((ushort)((LocalFlags ?? Flags) | (hasDescriptor ? DescriptorFlag : 0)));
        output.Write(LocalMethod ?? Method);
        output.Write(0x00210000u);
        output.Write(LocalCrc ?? (hasDescriptor ? 0 : Crc ?? TrueCrc));
        output.Write(Zip64 ? uint.MaxValue : LocalPackedLength ?? (hasDescriptor ? 0 : (uint)packedLength));
        output.Write(Zip64 ? uint.MaxValue : LocalLength ?? (hasDescriptor ? 0 : (uint)length));
        output.Write((ushort)name.Length);
        output.Write((ushort)(Extra.Length + (Zip64 ? 20 : 0)));
        output.Write(name);
        if (Zip64)
        {
            output.Write((ushort)1);
            output.Write((ushort)16);
            output.Write(hasDescriptor ? 0 : length);
            output.Write(hasDescriptor ? 0 : packedLength);
        }

        output.Write(Extra);
        output.Write(packed);
        if (Descriptor is int room)
        {
            if (room is 16 or 24)
            {
                output.Write(0x08074b50u);
            }

            output.Write(DescriptorCrc ?? Crc ?? TrueCrc);
            if (room is 20 or 24)
            {
                output.Write(packedLength);
                output.Write(length);
            }
            else
            {
                output.Write((uint)packedLength);
                output.Write((uint)length);
            }
        }

        output.Write(Gap);
    }

    internal void WriteDirectory(BinaryWriter output, long offset)
    {
        ulong length = Length ?? (ulong)Content.Length;
        ulong packedLength = PackedLength ?? (ulong)PackedContent.Length;
        output.Write(0x02014b50u);
        output.Write((byte)45);
        output.Write(MadeBy);
        output.Write((ushort)(Zip64 ? 45 : 20));
        output.Write((ushort)(Flags | (Descriptor is not null ? DescriptorFlag : 0)));
        output.Write(Method);
        output.Write(0x00210000u);
        output.Write(Crc ?? TrueCrc);
        output.Write(Zip64 ? uint.MaxValue : (uint)packedLength);
        output.Write(Zip64 ? uint.MaxValue : (uint)length);
        output.Write((ushort)RawName.Length);
        output.Write((ushort)(Extra.Length + (Zip64 ? 28 : 0)));
        output.Write((ushort)0);
        output.Write((ushort)0);
        output.Write((ushort)0);
        output.Write(Attributes);
        output.Write(Zip64 ? uint.MaxValue : (uint)offset);
        output.Write(RawName);
        if (Zip64)
        {
            output.Write((ushort)1);
            output.Write((ushort)24);
            output.Write(length);
            output.Write(packedLength);
            output.Write((ulong)offset);
        }

        output.Write(Extra);
    }
}
