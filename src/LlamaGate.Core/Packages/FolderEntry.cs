using System.IO;

namespace LlamaGate.Packages;

/// <summary>Something in a folder on disk.</summary>
internal sealed class FolderEntry : PackageEntry
{
    private readonly string fullPath;

    public FolderEntry(string name, string fullPath, EntryKind kind, long length, bool? executable)
        : base(name, kind, length, executable)
    {
        this.fullPath = fullPath;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A program may be writing to the file, as to a log. What it had when it was opened is its content; its length may be another than
    /// <see cref="PackageEntry.Length"/> then.
    /// </remarks>
    public override EntryStream Open()
    {
        var file = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        return EntryStream.OfFile(file);
    }
}
