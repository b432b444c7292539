using System;
using System.IO;

namespace LlamaGate.Packages;

/// <summary>One thing that a zip or a folder holds, as it is found there, before the rules have been applied.</summary>
internal abstract class PackageEntry
{
    protected PackageEntry(string name, EntryKind kind, long length, bool? executable)
    {
        Name = name;
        Kind = kind;
        Length = length;
        Executable = executable;
    }

    /// <summary>The name as it was found, <c>/</c>-separated; that of a folder may end in <c>/</c>.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public EntryKind Kind { get; }

    /// <summary>The bytes that it is said to have.</summary>
    public long Length { get; }

    /// <summary>Whether its owner may execute it; null when the zip or the system does not say.</summary>
    public bool? Executable { get; }

    /// <summary>Opens the content. Any thread; any number at a time.</summary>
    /// <returns>
    /// The bytes. Reading throws <see cref="InvalidDataException"/> as soon as they are not what was said: before a byte too many is
    /// handed out, or in place of the end.
    /// </returns>
    public abstract EntryStream Open();

    /// <summary>Reads the content into memory, and no more of it than is asked for.</summary>
    /// <param name="maxLength">The most bytes to read.</param>
    /// <returns>The bytes, all of them checked when there are fewer than asked for.</returns>
    /// <exception cref="InvalidDataException">The content is not what was said of it.</exception>
    public byte[] ReadStart(int maxLength)
    {
        // One byte more than there should be shows whether that is all.
        using EntryStream content = Open();
        byte[] bytes = new byte[Math.Min(content.Length + 1, maxLength)];
        int count = content.Read(bytes, 0, bytes.Length);
        return count == bytes.Length ? bytes : bytes.AsSpan(0, count).ToArray();
    }
}
