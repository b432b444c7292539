using System;
using System.Buffers.Binary;
using System.IO.Hashing;

namespace LlamaGate.Packages;

/// <summary>The extra fields of a header of a zip file.</summary>
internal static class ZipExtra
{
    private const int HeaderLength = 4;

    /// <summary>The version and the CRC-32 that stand before the name in a Unicode Path field.</summary>
    private const int UnicodePathHeaderLength = 5;

    private const byte UnicodePathVersion = 1;

    /// <summary>Finds a field.</summary>
    /// <param name="extra">The header's extra fields. What cannot be read as one ends them: some tools pad with zeros.</param>
    /// <param name="id">The field's id.</param>
    /// <param name="field">What the first field of that id holds.</param>
    public static bool TryFind(ReadOnlySpan<byte> extra, int id, out ReadOnlySpan<byte> field)
    {
        while (extra.Length >= HeaderLength)
        {
            int found = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            extra = extra[HeaderLength..];
            if (length > extra.Length)
            {
                break;
            }

            if (found == id)
            {
                field = extra[..length];
                return true;
            }

            extra = extra[length..];
        }

        field = default;
        return false;
    }

    /// <summary>
    /// Finds the name in a Unicode Path field. Tools that write the header's name in a code page of their own add one; its CRC-32 tells
    /// whether it still belongs to that name.
    /// </summary>
    /// <param name="extra">The header's extra fields.</param>
    /// <param name="rawName">The name in the header.</param>
    /// <param name="unicodeName">The bytes of the name in the field.</param>
    /// <returns>Whether there is such a field for this name.</returns>
    public static bool TryFindName(ReadOnlySpan<byte> extra, ReadOnlySpan<byte> rawName, out ReadOnlySpan<byte> unicodeName)
    {
        bool isFound = TryFind(extra, ZipFormat.UnicodePathExtraId, out ReadOnlySpan<byte> field)
            && field.Length > UnicodePathHeaderLength
            && field[0] == UnicodePathVersion
            && BinaryPrimitives.ReadUInt32LittleEndian(field[1..]) == Crc32.HashToUInt32(rawName);
        unicodeName = isFound ? field[UnicodePathHeaderLength..] : default;
        return isFound;
    }
}
