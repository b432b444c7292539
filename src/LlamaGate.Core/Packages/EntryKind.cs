namespace LlamaGate.Packages;

/// <summary>What an entry of a zip or a folder is.</summary>
internal enum EntryKind
{
    File,
    Folder,
    SymbolicLink,

    /// <summary>A device, a pipe, a socket: nothing that a package may hold.</summary>
    Special,
}
