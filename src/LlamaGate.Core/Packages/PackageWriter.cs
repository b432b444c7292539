using System;
using System.IO;

namespace LlamaGate.Packages;

/// <summary>Writes an item's folder as a package (contract, section 5, export).</summary>
internal static class PackageWriter
{
    /// <summary>
    /// Writes every file (ordinal order) and empty folder below a folder, then <c>checksums.txt</c>. The same content gives the same bytes.
    /// </summary>
    /// <param name="folder">The folder of an item. Not written to.</param>
    /// <param name="output">Where the zip goes: writable and seekable, at position 0.</param>
    /// <param name="work">Counts the bytes, stops the writing.</param>
    /// <returns>How many files of the item were written.</returns>
    /// <exception cref="LlamaGateException">ExportFailed: the folder holds a link or a special file, with every one listed.</exception>
    /// <exception cref="IOException">A file went away or cannot be read; the disk is full.</exception>
    public static int Write(string folder, Stream output, Workload work) => throw new NotSupportedException();
}
