using System;
using System.Buffers.Binary;
using System.IO;

namespace LlamaGate.Packages;

/// <summary>
/// The records at the end of a zip file that say where its directory is. They must be the very last thing in the file, and the
/// directory must end where they begin: a file with anything before, between or after is not whole.
/// </summary>
internal sealed class ZipEnd
{
    private ZipEnd(long entryCount, long directoryOffset, long directoryLength)
    {
        EntryCount = entryCount;
        DirectoryOffset = directoryOffset;
        DirectoryLength = directoryLength;
    }

    /// <summary>How many entries the directory is said to list.</summary>
    public long EntryCount { get; }

    /// <summary>Where the directory starts, in bytes from the file's start.</summary>
    public long DirectoryOffset { get; }

    /// <summary>The directory's bytes.</summary>
    public long DirectoryLength { get; }

    /// <summary>Finds and checks the end of a zip file.</summary>
    /// <returns>What its end says.</returns>
    /// <exception cref="InvalidDataException">It is no zip file, or not a whole one.</exception>
    public static ZipEnd Read(SharedFile file)
    {
        int tailLength = (int)Math.Min(file.Length, ZipFormat.EndLength + ZipFormat.MaxCommentLength);
        byte[] tail = file.ReadBytes(file.Length - tailLength, tailLength);
        int end = Find(tail);
        if (end < 0)
        {
            throw new InvalidDataException(DescribeMissingEnd(file, tail));
        }

        long endOffset = file.Length - tailLength + end;
        ReadOnlySpan<byte> record = tail.AsSpan(end);
        var declared = new Fields(
            Disk: BinaryPrimitives.ReadUInt16LittleEndian(record[4..]),
            DirectoryDisk: BinaryPrimitives.ReadUInt16LittleEndian(record[6..]),
            DiskEntryCount: BinaryPrimitives.ReadUInt16LittleEndian(record[8..]),
            EntryCount: BinaryPrimitives.ReadUInt16LittleEndian(record[10..]),
            DirectoryLength: BinaryPrimitives.ReadUInt32LittleEndian(record[12..]),
            DirectoryOffset: BinaryPrimitives.ReadUInt32LittleEndian(record[16..]));
        long directoryEnd = endOffset;
        if (endOffset >= ZipFormat.Zip64LocatorLength)
        {
            byte[] locator = file.ReadBytes(endOffset - ZipFormat.Zip64LocatorLength, ZipFormat.Zip64LocatorLength);
            if (BinaryPrimitives.ReadUInt32LittleEndian(locator) == ZipFormat.Zip64LocatorSignature)
            {
                (declared, directoryEnd) = ReadZip64(file, endOffset - ZipFormat.Zip64LocatorLength, locator, declared);
            }
        }

        return Check(declared, directoryEnd);
    }

    /// <summary>The last end record whose comment ends where the file ends; -1 when there is none.</summary>
    private static int Find(byte[] tail)
    {
        for (int at = tail.Length - ZipFormat.EndLength; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) == ZipFormat.EndSignature
                && BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 20)) == tail.Length - at - ZipFormat.EndLength)
            {
                return at;
            }
        }

        return -1;
    }

    private static string DescribeMissingEnd(SharedFile file, byte[] tail)
    {
        if (file.Length == 0)
        {
            return "the file is empty";
        }

        ReadOnlySpan<byte> signature = [0x50, 0x4b, 0x05, 0x06];
        if (tail.AsSpan().IndexOf(signature) >= 0)
        {
            return "the archive does not end where the file ends: bytes are missing or were added at the end";
        }

        return file.Length >= sizeof(uint)
            && BinaryPrimitives.ReadUInt32LittleEndian(file.ReadBytes(0, sizeof(uint))) == ZipFormat.LocalHeaderSignature
                ? "the archive is cut off: its end is missing"
                : "it is not a zip file";
    }

    private static (Fields Fields, long DirectoryEnd) ReadZip64(SharedFile file, long locatorOffset, byte[] locator, Fields declared)
    {
        ulong recordOffset = BinaryPrimitives.ReadUInt64LittleEndian(locator.AsSpan(8));
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator.AsSpan(4)) != 0
            || BinaryPrimitives.ReadUInt32LittleEndian(locator.AsSpan(16)) > 1)
        {
            throw SeveralDisks();
        }

        if (locatorOffset < ZipFormat.Zip64EndLength || recordOffset > (ulong)(locatorOffset - ZipFormat.Zip64EndLength))
        {
            throw new InvalidDataException("the archive's zip64 end record is not at the position that its locator states");
        }

        byte[] record = file.ReadBytes((long)recordOffset, ZipFormat.Zip64EndLength);
        ulong lengthAfterThisField = BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(4));
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != ZipFormat.Zip64EndSignature
            || lengthAfterThisField != (ulong)locatorOffset - recordOffset - 12)
        {
            throw new InvalidDataException("the archive's zip64 end record is not at the position that its locator states");
        }

        var fields = new Fields(
            Disk: BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(16)),
            DirectoryDisk: BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(20)),
            DiskEntryCount: BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(24)),
            EntryCount: BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(32)),
            DirectoryLength: BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(40)),
            DirectoryOffset: BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(48)));
        if (!Agree(declared.EntryCount, fields.EntryCount, ZipFormat.In64Bit16)
            || !Agree(declared.DirectoryLength, fields.DirectoryLength, ZipFormat.In64Bit32)
            || !Agree(declared.DirectoryOffset, fields.DirectoryOffset, ZipFormat.In64Bit32))
        {
            throw new InvalidDataException("the archive's two end records contradict each other");
        }

        return (fields, (long)recordOffset);
    }

    private static bool Agree(ulong declared, ulong actual, ulong placeholder) => declared == actual || declared == placeholder;

    private static ZipEnd Check(Fields fields, long directoryEnd)
    {
        if (fields.Disk != 0 || fields.DirectoryDisk != 0 || fields.DiskEntryCount != fields.EntryCount)
        {
            throw SeveralDisks();
        }

        if (fields.DirectoryLength > (ulong)directoryEnd || fields.DirectoryOffset > (ulong)directoryEnd - fields.DirectoryLength)
        {
            throw new InvalidDataException("the archive's directory is not at the position that its end record states: bytes are missing");
        }

        if (fields.EntryCount > fields.DirectoryLength / ZipFormat.DirectoryHeaderLength)
        {
            throw new InvalidDataException("the archive's end record states more entries than its directory can contain");
        }

        ulong excess = (ulong)directoryEnd - fields.DirectoryLength - fields.DirectoryOffset;
        return excess == 0
            ? new ZipEnd((long)fields.EntryCount, (long)fields.DirectoryOffset, (long)fields.DirectoryLength)
            : throw new InvalidDataException($"{excess} bytes before or inside the archive do not belong to it");
    }

    private static InvalidDataException SeveralDisks() => new("the archive is one part of several (a split or spanned archive)");

    private sealed record Fields(
        uint Disk, uint DirectoryDisk, ulong DiskEntryCount, ulong EntryCount, ulong DirectoryLength, ulong DirectoryOffset);
}
