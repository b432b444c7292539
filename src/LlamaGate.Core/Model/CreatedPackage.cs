using System.Collections.Generic;

namespace LlamaGate;

/// <summary>A package folder that was written from a template (contract, section 10).</summary>
public sealed class CreatedPackage
{
    internal CreatedPackage(string path, string id, ItemType type, string name, string version, IReadOnlyList<string> files)
    {
        Path = path;
        Id = id;
        Type = type.ToDisplayName();
        Name = name;
        Version = version;
        Files = files;
    }

    /// <summary>The full path of the folder.</summary>
    public string Path { get; }

    /// <summary>The id of the item.</summary>
    public string Id { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>.</summary>
    public string Type { get; }

    /// <summary>The display name.</summary>
    public string Name { get; }

    /// <summary>The version that a new package begins with.</summary>
    public string Version { get; }

    /// <summary>The files that are written, from the folder, <c>/</c>-separated; those that are there already are not among them.</summary>
    public IReadOnlyList<string> Files { get; }
}
