using System;
using System.Buffers.Binary;
using System.IO;

namespace LlamaGate.Packages;

/// <summary>
/// The zip64 extra field of a header: the values that did not fit into their 32 bits, in the header's fixed order. Whoever reads a
/// header asks for each value in that order.
/// </summary>
internal ref struct Zip64Fields
{
    private ReadOnlySpan<byte> values;

    /// <summary>Looks for the field.</summary>
    /// <param name="extra">The header's extra fields.</param>
    public Zip64Fields(ReadOnlySpan<byte> extra)
    {
        ZipExtra.TryFind(extra, ZipFormat.Zip64ExtraId, out values);
    }

    /// <summary>The value that a header's 32-bit field stands for.</summary>
    /// <returns>The field, or the next 64-bit value when it says so.</returns>
    /// <exception cref="InvalidDataException">There is no such value, or it is beyond all measure.</exception>
    public long Resolve(uint field)
    {
        if (field != ZipFormat.In64Bit32)
        {
            return field;
        }

        if (values.Length < sizeof(long))
        {
            throw new InvalidDataException("a header of the archive refers to zip64 sizes that are missing");
        }

        long value = BinaryPrimitives.ReadInt64LittleEndian(values);
        values = values[sizeof(long)..];
        return value >= 0 ? value : throw new InvalidDataException("a header of the archive states an impossible size");
    }
}
