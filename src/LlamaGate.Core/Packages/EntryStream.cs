using System;
using System.IO;
using System.IO.Hashing;

namespace LlamaGate.Packages;

/// <summary>
/// The content of an entry, held to what was said of it: exactly so many bytes, with that CRC. Nothing is believed: the bytes are
/// counted as they come, and one too many is refused before it is handed out.
/// </summary>
internal sealed class EntryStream : ReadOnlyStream
{
    private readonly Stream content;
    private readonly FileSection? compressed;
    private readonly long length;
    private readonly uint? expectedCrc;
    private readonly bool mayGrow;
    private readonly Crc32 crc = new();
    private long position;

    /// <summary>Watches over the content of an entry.</summary>
    /// <param name="content">The bytes as they are to be read. Disposed with this.</param>
    /// <param name="length">How many they must be.</param>
    /// <param name="expectedCrc">The CRC-32 that they must have; null when none is known.</param>
    /// <param name="compressed">What <paramref name="content"/> is unpacked from, and must use up; null when it is not packed.</param>
    public EntryStream(Stream content, long length, uint? expectedCrc = null, FileSection? compressed = null)
    {
        this.content = content;
        this.compressed = compressed;
        this.length = length;
        this.expectedCrc = expectedCrc;
    }

    private EntryStream(FileStream file)
        : this(file, file.Length)
    {
        mayGrow = true;
    }

    /// <inheritdoc/>
    public override long Length => length;

    /// <summary>Watches over the content of a file that somebody else may write to: what it has now is read, and what is appended is not.</summary>
    /// <param name="file">The file, at its start. Disposed with this.</param>
    /// <returns>Its content.</returns>
    public static EntryStream OfFile(FileStream file) => new(file);

    /// <summary>Reads until the buffer is full or the content ends.</summary>
    /// <param name="buffer">Takes the bytes.</param>
    /// <param name="offset">Where in the buffer they go.</param>
    /// <param name="count">How many to read.</param>
    /// <returns>How many were read: fewer than asked for only at the end.</returns>
    /// <exception cref="InvalidDataException">The content is not what was said of it.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int done = 0;
        while (done < count)
        {
            int wanted = mayGrow ? (int)Math.Min(count - done, length - position) : count - done;
            int read = wanted == 0 ? 0 : content.Read(buffer, offset + done, wanted);
            if (read == 0)
            {
                CheckEnd();
                break;
            }

            position += read;
            if (position > length)
            {
                throw new InvalidDataException($"its content is longer than its stated size of {length} bytes");
            }

            if (expectedCrc is not null)
            {
                crc.Append(buffer.AsSpan(offset + done, read));
            }

            done += read;
        }

        return done;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CheckEnd()
    {
        if (position < length && mayGrow)
        {
            throw new FileChangedException("it became shorter while it was read");
        }

        if (position < length)
        {
            throw new InvalidDataException($"its content ends after {position} bytes; its stated size is {length} bytes");
        }

        if (compressed is { Remaining: > 0 })
        {
            throw new InvalidDataException("its compressed content is shorter than the archive's directory states");
        }

        if (expectedCrc is uint expected && crc.GetCurrentHashAsUInt32() is uint actual && actual != expected)
        {
            throw new InvalidDataException(
                $"its CRC-32 is {actual:x8}, but the archive's directory states {expected:x8}: the content is damaged");
        }
    }
}
