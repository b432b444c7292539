using System;
using System.Security.Cryptography;
using System.Threading;
using LlamaGate.FileSystem;

namespace LlamaGate.Packages;

/// <summary>
/// The SHA-256 of a file that is read piece by piece. The system's library does the work, except on Linux for the first few kilobytes
/// of a process: loading OpenSSL costs as much there as starting the runtime.
/// </summary>
internal sealed class ContentHash : IDisposable
{
    /// <summary>The bytes that cost less to hash here than the library costs to load.</summary>
    private const long BytesHashedHere = 64 * 1024;

    private static long bytesLeft = Platform.IsLinux ? BytesHashedHere : -1;

    private readonly IncrementalHash? library;
    private readonly Sha256? own;

    /// <summary>Starts with nothing hashed.</summary>
    /// <param name="length">The bytes that are expected; more or fewer may come.</param>
    public ContentHash(long length)
    {
        if (length <= BytesHashedHere && Interlocked.Read(ref bytesLeft) >= 0 && Interlocked.Add(ref bytesLeft, -length) >= 0)
        {
            own = new Sha256();
        }
        else
        {
            library = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        }
    }

    /// <summary>Hashes the next bytes.</summary>
    /// <param name="buffer">Where they are.</param>
    /// <param name="count">How many, from the start of the buffer.</param>
    public void Append(byte[] buffer, int count)
    {
        own?.Append(buffer.AsSpan(0, count));
        library?.AppendData(buffer, 0, count);
    }

    /// <summary>Ends the hash.</summary>
    /// <returns>The 32 bytes.</returns>
    public byte[] Finish() => own?.Finish() ?? library!.GetHashAndReset();

    /// <inheritdoc/>
    public void Dispose() => library?.Dispose();
}
