using System.IO;

namespace LlamaGate.Installation;

/// <summary>Opens the store's own small files so that readers never stand in a writer's way.</summary>
internal static class StoreFile
{
    /// <summary>Opens a file for reading while others replace or delete it; null when it is not there.</summary>
    public static FileStream? TryOpenRead(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
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
    public static byte[]? TryReadAllBytes(string path)
    {
        using FileStream? stream = TryOpenRead(path);
        if (stream is null)
        {
            return null;
        }

        byte[] bytes = new byte[stream.Length];
        int count = 0;
        int read;
        while (count < bytes.Length && (read = stream.Read(bytes, count, bytes.Length - count)) > 0)
        {
            count += read;
        }

        System.Array.Resize(ref bytes, count);
        return bytes;
    }

    /// <summary>Opens a file for writing; readers may have it open, a link in its place is refused.</summary>
    public static FileStream OpenWrite(string path, FileMode mode)
    {
        if (StorePath.Probe(path) == PathKind.Link)
        {
            throw new IOException($"'{path}' is a link.");
        }

        return new FileStream(path, mode, FileAccess.Write, FileShare.Read | FileShare.Delete);
    }

    /// <summary>Writes a file that is not there yet and flushes it to disk.</summary>
    public static void WriteNew(string path, byte[] bytes, bool flush)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        stream.Write(bytes, 0, bytes.Length);
        stream.Flush(flush);
    }
}
