#if NETSTANDARD2_0
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace LlamaGate.Feeds;

/// <summary>What streams of later frameworks have.</summary>
internal static class MemoryStreams
{
    public static Task<int> ReadAsync(this Stream stream, Memory<byte> buffer, CancellationToken token) =>
        MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> array)
            ? stream.ReadAsync(array.Array!, array.Offset, array.Count, token)
            : throw new ArgumentException("The memory is not an array's.", nameof(buffer));

    public static Task WriteAsync(this Stream stream, ReadOnlyMemory<byte> buffer, CancellationToken token) =>
        MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> array)
            ? stream.WriteAsync(array.Array!, array.Offset, array.Count, token)
            : throw new ArgumentException("The memory is not an array's.", nameof(buffer));
}
#endif
