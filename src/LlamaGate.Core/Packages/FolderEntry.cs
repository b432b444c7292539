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
    public override EntryStream Open() =>
        new(new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1), Length);
}
