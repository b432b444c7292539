using System;
using System.IO;

namespace LlamaGate.FileSystem;

/// <summary>Opens the store's own small files so that readers never stand in a writer's way.</summary>
internal static class StoreFile
{
    /// <summary>The most bytes that are read of one: enough for half a million items.</summary>
    private const int MostBytes = 256 * 1024 * 1024;

    /// <summary>Opens a file for reading while others replace or delete it; null when it is not there.</summary>
    /// <exception cref="IOException">It is a device, a pipe or another special file, whose content might never end.</exception>
    public static FileStream? TryOpenRead(string path)
    {
        try
        {
            if (StorePath.Probe(path) == PathKind.Missing)
            {
                return null;
            }

            StorePath.RefuseSpecial(path);
            return Sharing.Retry(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads a file while others replace or delete it; null when it is not there.</summary>
    /// <exception cref="InvalidDataException">It is larger than any that we write.</exception>
    public static byte[]? TryReadAllBytes(string path)
    {
        using FileStream? stream = TryOpenRead(path);
        return stream is null ? null : ReadToEnd(stream);
    }

    /// <summary>Reads the rest of a file.</summary>
    /// <exception cref="InvalidDataException">It is larger than any that we write.</exception>
    public static byte[] ReadToEnd(FileStream stream)
    {
        long length = stream.Length - stream.Position;
        if (length > MostBytes)
        {
            throw new InvalidDataException($"It has {stream.Length} bytes. A file that LlamaGate writes is smaller.");
        }

        byte[] bytes = new byte[length];
        Array.Resize(ref bytes, Fill(stream, bytes));
        return bytes;
    }

    /// <summary>Reads until a buffer is full or the file ends.</summary>
    /// <returns>How many bytes were read.</returns>
    public static int Fill(FileStream stream, byte[] buffer)
    {
        int count = 0;
        int read;
        while (count < buffer.Length && (read = stream.Read(buffer, count, buffer.Length - count)) > 0)
        {
            count += read;
        }

        return count;
    }

    /// <summary>
    /// Opens a file for writing; readers may have it open, a link in its place is refused. Nothing is held back: what a full disk does
    /// not take must not come after the file has been put back to what it was.
    /// </summary>
    public static FileStream OpenWrite(string path, FileMode mode)
    {
        if (StorePath.Probe(path) == PathKind.Link)
        {
            throw new IOException($"'{path}' is a link.");
        }

        return Sharing.Retry(() => new FileStream(path, mode, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 1));
    }

    /// <summary>Writes a file that is not there yet; when it cannot be written, it is not there afterwards.</summary>
    /// <param name="settings">The settings of the store.</param>
    /// <param name="what">What the steps of it are called.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="flush">Whether to return only when the disk has it.</param>
    public static void WriteNew(StoreSettings settings, string what, string path, byte[] bytes, bool flush) =>
        WriteNew(settings, what, path, stream => stream.Write(bytes, 0, bytes.Length), flush);

    /// <summary>Writes a file that is not there yet; when it cannot be written, it is not there afterwards.</summary>
    /// <param name="settings">The settings of the store.</param>
    /// <param name="what">What the steps of it are called.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="flush">Whether to return only when the disk has it.</param>
    public static void WriteNew(StoreSettings settings, string what, string path, Action<Stream> write, bool flush)
    {
        settings.Step(what + ".create");
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 1);
        try
        {
            settings.Step(what + ".write");
            write(stream);
            settings.Step(what + ".flush");
            if (flush)
            {
                Durable.FlushFile(stream);
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
