using System;
using System.Collections.Generic;

namespace LlamaGate;

/// <summary>The content of a package, checked as import checks it, in a folder that disposing deletes.</summary>
public sealed class UnpackedPackage : IDisposable
{
    private readonly IDisposable area;

    internal UnpackedPackage(
        string id,
        ItemType type,
        string name,
        string version,
        string description,
        string folder,
        IReadOnlyList<UnpackedFile> files,
        IReadOnlyList<string> folders,
        IDisposable area)
    {
        Id = id;
        Type = type;
        Name = name;
        Version = version;
        Description = description;
        Folder = folder;
        Files = files;
        Folders = folders;
        this.area = area;
    }

    /// <summary>The id of the item.</summary>
    public string Id { get; }

    /// <summary>The kind of item.</summary>
    public ItemType Type { get; }

    /// <summary>The display name.</summary>
    public string Name { get; }

    /// <summary>The semantic version.</summary>
    public string Version { get; }

    /// <summary>What the manifest says of the item; may be empty.</summary>
    public string Description { get; }

    /// <summary>The full path of the folder that holds the files.</summary>
    public string Folder { get; }

    /// <summary>The files, ordinal by path.</summary>
    public IReadOnlyList<UnpackedFile> Files { get; }

    /// <summary>Every folder below the root, <c>/</c>-separated, parents first.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <inheritdoc/>
    public void Dispose() => area.Dispose();
}
