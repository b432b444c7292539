using System;
using System.IO;

namespace LlamaGate.Packages;

/// <summary>A file that any number of threads read at places of their own.</summary>
internal sealed class SharedFile : IDisposable
{
    private readonly FileStream stream;

    /// <summary>Opens a file for reading; while it is open, nobody may write to it where the system can see to that.</summary>
    /// <param name="path">The full path.</param>
    public SharedFile(string path)
    {
        // A buffer of one byte is none. The stream's own buffer could not be shared.
        stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        Length = stream.Length;
    }

    /// <summary>The bytes that the file had when it was opened.</summary>
    public long Length { get; }

    /// <summary>Reads at a place of the file. Any thread.</summary>
    /// <param name="position">The place, in bytes from the start.</param>
    /// <param name="buffer">Takes the bytes.</param>
    /// <param name="index">Where in the buffer they go.</param>
    /// <param name="count">The most bytes to read.</param>
    /// <returns>How many were read; 0 at the end of the file.</returns>
    public int Read(long position, byte[] buffer, int index, int count)
    {
#if NET
        return RandomAccess.Read(stream.SafeFileHandle, buffer.AsSpan(index, count), position);
#else
        lock (stream)
        {
            stream.Position = position;
            return stream.Read(buffer, index, count);
        }
#endif
    }

    /// <summary>Reads all the bytes at a place of the file. Any thread.</summary>
    /// <param name="position">The place, in bytes from the start.</param>
    /// <param name="count">How many to read.</param>
    /// <exception cref="InvalidDataException">The file ends before that.</exception>
    public byte[] ReadBytes(long position, int count)
    {
        byte[] bytes = new byte[count];
        int done = 0;
        while (done < count)
        {
            int read = Read(position + done, bytes, done, count - done);
            if (read == 0)
            {
                throw new InvalidDataException("the file became shorter while it was read");
            }

            done += read;
        }

        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
