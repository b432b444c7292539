using System;

namespace LlamaGate.Packages;

/// <summary>
/// A part of a <see cref="SharedFile"/>, read from start to end. The last byte is always handed out alone: whoever does not ask for
/// it has not needed it, which is how one sees from outside that a <c>DeflateStream</c> was done too early.
/// </summary>
internal sealed class FileSection : ReadOnlyStream
{
    private readonly SharedFile file;
    private readonly long length;
    private long place;

    /// <summary>Opens a part of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where the part starts, in bytes.</param>
    /// <param name="length">Its bytes.</param>
    public FileSection(SharedFile file, long start, long length)
    {
        this.file = file;
        this.length = length;
        place = start;
        Remaining = length;
    }

    /// <summary>The bytes that have not been asked for.</summary>
    public long Remaining { get; private set; }

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = file.Read(place, buffer, offset, (int)Math.Min(count, Math.Max(Remaining - 1, Math.Min(Remaining, 1))));
        place += read;
        Remaining -= read;
        return read;
    }
}
