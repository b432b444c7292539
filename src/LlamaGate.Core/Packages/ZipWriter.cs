using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace LlamaGate.Packages;

/// <summary>
/// Writes a zip file, so that the same entries give the same bytes: no times, Unix modes, no more fields than needed.
/// <c>ZipArchive</c> cannot set modes on every framework that this runs on.
/// </summary>
internal sealed class ZipWriter
{
    /// <summary>The length from which a file gets 64-bit sizes: somewhat before they are needed, for deflate may make it longer.</summary>
    private const long DefaultZip64Length = 0xF0000000;

    private const ushort VersionForFolders = 20;
    private const ushort VersionForZip64 = 45;
    private const ushort MadeBy = (ZipFormat.MadeByUnix << 8) | VersionForZip64;

    /// <summary>The first moment that MS-DOS knows: 1980-01-01, 00:00.</summary>
    private const uint FixedTime = 0x00210000;

    private readonly Stream output;
    private readonly Workload work;
    private readonly long zip64Length;
    private readonly List<Entry> entries = [];

    /// <summary>Starts a zip file.</summary>
    /// <param name="output">Where it goes: writable and seekable, at position 0.</param>
    /// <param name="work">Is called for each write.</param>
    /// <param name="zip64Length">The length from which files and offsets are written with 64 bits.</param>
    public ZipWriter(Stream output, Workload work, long zip64Length = DefaultZip64Length)
    {
        this.output = output;
        this.work = work;
        this.zip64Length = zip64Length;
    }

    /// <summary>Starts an entry.</summary>
    /// <param name="name">Its name, <c>/</c>-separated; that of a folder ends in <c>/</c>.</param>
    /// <param name="mode">Its Unix mode, kind included.</param>
    /// <param name="method">How its content is packed.</param>
    /// <param name="length">The bytes that its content will have unpacked.</param>
    public void Begin(string name, int mode, ushort method, long length)
    {
        var entry = new Entry(name, mode, method, output.Position, length, is64Bit: length >= zip64Length);
        entries.Add(entry);
        WriteLocalHeader(entry);
        entry.ContentStart = output.Position;
    }

    /// <summary>Writes packed content of the entry that was begun last.</summary>
    public void Write(ArraySegment<byte> packed)
    {
        work.Step("export-write");
        output.Write(packed.Array!, packed.Offset, packed.Count);
    }

    /// <summary>Ends the entry that was begun last: what its content turned out to be goes into its header.</summary>
    /// <param name="crc32">The CRC-32 of its content.</param>
    public void End(uint crc32)
    {
        Entry entry = entries[^1];
        long end = output.Position;
        entry.Crc32 = crc32;
        entry.CompressedLength = end - entry.ContentStart;
        output.Position = entry.Offset;
        WriteLocalHeader(entry);
        output.Position = end;
    }

    /// <summary>Writes the directory and the end.</summary>
    public void Finish()
    {
        long start = output.Position;
        foreach (Entry entry in entries)
        {
            WriteDirectoryHeader(entry);
        }

        long end = output.Position;
        bool is64Bit = entries.Count >= ZipFormat.In64Bit16 || end >= zip64Length;
        WriteRecord(record =>
        {
            if (is64Bit)
            {
                record.Write(ZipFormat.Zip64EndSignature);
                record.Write((long)ZipFormat.Zip64EndLength - 12);
                record.Write(MadeBy);
                record.Write(VersionForZip64);
                record.Write(0);
                record.Write(0);
                record.Write((long)entries.Count);
                record.Write((long)entries.Count);
                record.Write(end - start);
                record.Write(start);
                record.Write(ZipFormat.Zip64LocatorSignature);
                record.Write(0);
                record.Write(end);
                record.Write(1);
            }

            record.Write(ZipFormat.EndSignature);
            record.Write(0);
            record.Write(is64Bit ? ZipFormat.In64Bit16 : (ushort)entries.Count);
            record.Write(is64Bit ? ZipFormat.In64Bit16 : (ushort)entries.Count);
            record.Write(is64Bit ? ZipFormat.In64Bit32 : (uint)(end - start));
            record.Write(is64Bit ? ZipFormat.In64Bit32 : (uint)start);
            record.Write((ushort)0);
        });
    }

    private void WriteLocalHeader(Entry entry) => WriteRecord(record =>
    {
        record.Write(ZipFormat.LocalHeaderSignature);
        WriteSharedFields(record, entry, entry.Is64Bit);
        record.Write((ushort)entry.RawName.Length);
        record.Write((ushort)(entry.Is64Bit ? 2 * sizeof(ushort) + 2 * sizeof(long) : 0));
        record.Write(entry.RawName);
        if (entry.Is64Bit)
        {
            WriteZip64Extra(record, entry.Length, entry.CompressedLength);
        }
    });

    private void WriteDirectoryHeader(Entry entry) => WriteRecord(record =>
    {
        long[] sizes = entry.Is64Bit ? [entry.Length, entry.CompressedLength] : [];
        bool isFar = entry.Offset >= zip64Length;
        long[] extra = isFar ? [.. sizes, entry.Offset] : sizes;

        record.Write(ZipFormat.DirectoryHeaderSignature);
        record.Write(MadeBy);
        WriteSharedFields(record, entry, extra.Length > 0);
        record.Write((ushort)entry.RawName.Length);
        record.Write((ushort)(extra.Length > 0 ? 2 * sizeof(ushort) + extra.Length * sizeof(long) : 0));
        record.Write((ushort)0); // no comment
        record.Write((ushort)0); // the first disk
        record.Write((ushort)0); // no internal attributes
        record.Write(((uint)entry.Mode << 16) | (entry.IsFolder ? ZipFormat.DosFolderAttribute : 0));
        record.Write(isFar ? ZipFormat.In64Bit32 : (uint)entry.Offset);
        record.Write(entry.RawName);
        if (extra.Length > 0)
        {
            WriteZip64Extra(record, extra);
        }
    });

    /// <summary>What a local header and a record of the directory have in common: version to sizes.</summary>
    private static void WriteSharedFields(BinaryWriter record, Entry entry, bool needsZip64)
    {
        record.Write(needsZip64 ? VersionForZip64 : VersionForFolders);
        record.Write(entry.RawName.All(value => value < 0x80) ? (ushort)0 : ZipFormat.Utf8Flag);
        record.Write(entry.Method);
        record.Write(FixedTime);
        record.Write(entry.Crc32);
        record.Write(entry.Is64Bit ? ZipFormat.In64Bit32 : (uint)entry.CompressedLength);
        record.Write(entry.Is64Bit ? ZipFormat.In64Bit32 : (uint)entry.Length);
    }

    private static void WriteZip64Extra(BinaryWriter record, params long[] values)
    {
        record.Write(ZipFormat.Zip64ExtraId);
        record.Write((ushort)(values.Length * sizeof(long)));
        foreach (long value in values)
        {
            record.Write(value);
        }
    }

    private void WriteRecord(Action<BinaryWriter> write)
    {
        using var record = new MemoryStream();
        using var writer = new BinaryWriter(record);
        write(writer);
        Write(new ArraySegment<byte>(record.GetBuffer(), 0, (int)record.Length));
    }

    private sealed class Entry
    {
        public Entry(string name, int mode, ushort method, long offset, long length, bool is64Bit)
        {
            RawName = Encoding.UTF8.GetBytes(name);
            IsFolder = name[^1] == '/';
            Mode = mode;
            Method = method;
            Offset = offset;
            Length = length;
            Is64Bit = is64Bit;
        }

        public byte[] RawName { get; }

        public bool IsFolder { get; }

        public int Mode { get; }

        public ushort Method { get; }

        public long Offset { get; }

        public long Length { get; }

        public bool Is64Bit { get; }

        public long ContentStart { get; set; }

        public long CompressedLength { get; set; }

        public uint Crc32 { get; set; }
    }
}
