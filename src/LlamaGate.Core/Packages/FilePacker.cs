using System;
using System.Buffers;
using System.IO;
using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace LlamaGate.Packages;

/// <summary>
/// Reads a file once, piece by piece, and packs each piece for a zip. What does not shrink is stored: deflating it would take most
/// of the time of an export and make it longer.
/// </summary>
internal sealed class FilePacker : IDisposable
{
    /// <summary>The bytes that are read at a time.</summary>
    public const int PieceLength = 256 * 1024;

    /// <summary>The bytes at a file's start by which a longer file is judged.</summary>
    private const int ProbeLength = 16 * 1024;

    /// <summary>What deflate must make of them, in percent, for the file to be deflated.</summary>
    private const int WorthwhilePercent = 97;

    private readonly EntryStream content;
    private readonly byte[] buffer;
    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Crc32 crc32 = new();
    private readonly MemoryStream packed = new();
    private DeflateStream? deflate;
    private bool hasStarted;
    private bool hasEnded;

    /// <summary>Starts to pack a file.</summary>
    /// <param name="content">Its content. Disposed with this.</param>
    public FilePacker(EntryStream content)
    {
        this.content = content;
        Length = content.Length;

        // One byte more than there should be shows in the same call that this is all.
        buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(PieceLength, Length + 1));
    }

    /// <summary>The bytes of the file.</summary>
    public long Length { get; }

    /// <summary>How it is packed. Known after the first <see cref="Next"/>.</summary>
    public ushort Method { get; private set; }

    /// <summary>The piece that <see cref="Next"/> packed.</summary>
    public ArraySegment<byte> Piece { get; private set; }

    /// <summary>The bytes of the file that went into the piece.</summary>
    public int PieceSource { get; private set; }

    /// <summary>The CRC-32 of the file, once <see cref="Next"/> has said that there is no more.</summary>
    public uint Crc32 => crc32.GetCurrentHashAsUInt32();

    /// <summary>Packs the next piece. One call packs a file of less than <see cref="PieceLength"/>.</summary>
    /// <exception cref="InvalidDataException">The file is no longer as long as it was.</exception>
    public bool Next()
    {
        if (hasEnded)
        {
            return false;
        }

        int pieceLength = Math.Min(PieceLength, buffer.Length);
        PieceSource = content.Read(buffer, 0, pieceLength);
        hasEnded = PieceSource < pieceLength;
        sha256.AppendData(buffer, 0, PieceSource);
        crc32.Append(buffer.AsSpan(0, PieceSource));
        if (!hasStarted)
        {
            hasStarted = true;
            Method = IsWorthDeflating(PieceSource) ? ZipFormat.Deflated : ZipFormat.Stored;
        }

        Piece = Method == ZipFormat.Deflated ? Deflate(PieceSource) : new ArraySegment<byte>(buffer, 0, PieceSource);
        return true;
    }

    /// <summary>The SHA-256 of the file, once <see cref="Next"/> has said that there is no more. Can be asked for once.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public string GetSha256() => ContentReader.Hex(sha256.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose()
    {
        deflate?.Dispose();
        packed.Dispose();
        sha256.Dispose();
        content.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private bool IsWorthDeflating(int count)
    {
        int probeLength = Math.Min(count, ProbeLength);
        using var probe = new MemoryStream();
        using (var stream = new DeflateStream(probe, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(buffer, 0, probeLength);
        }

        return probe.Length * 100 < (long)probeLength * WorthwhilePercent;
    }

    private ArraySegment<byte> Deflate(int count)
    {
        packed.SetLength(0);
        deflate ??= new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true);
        deflate.Write(buffer, 0, count);
        if (hasEnded)
        {
            deflate.Dispose();
        }

        return new ArraySegment<byte>(packed.GetBuffer(), 0, (int)packed.Length);
    }
}
