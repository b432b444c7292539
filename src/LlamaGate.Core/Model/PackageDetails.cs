using System.Collections.Generic;

namespace LlamaGate;

/// <summary>What is in a package (contract, section 10).</summary>
public sealed class PackageDetails
{
    internal PackageDetails(string path, string id, ItemType type, string name, string version)
    {
        Path = path;
        Id = id;
        Type = type.ToDisplayName();
        Name = name;
        Version = version;
    }

    /// <summary>The full path of the package.</summary>
    public string Path { get; }

    /// <summary>The id of the item in it.</summary>
    public string Id { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>.</summary>
    public string Type { get; }

    /// <summary>The display name.</summary>
    public string Name { get; }

    /// <summary>The semantic version.</summary>
    public string Version { get; }

    /// <summary>What the item is for; empty when its manifests do not say.</summary>
    public string Description { get; internal set; } = string.Empty;

    /// <summary><c>workflow</c>, <c>middleware</c> or <c>observer</c>; null for a module, and without <c>manifest.yaml</c>.</summary>
    public string? Kind { get; internal set; }

    /// <summary>Whether a first install enables the item.</summary>
    public bool EnabledByDefault { get; internal set; }

    /// <summary>Whether a running gateway is asked to discover the item after an import.</summary>
    public bool HotReload { get; internal set; }

    /// <summary>Whether the gateway starts the item by itself.</summary>
    public bool AutoStart { get; internal set; }

    /// <summary>When the gateway loads an extension: <c>eager</c> or <c>lazy</c>; null for a module.</summary>
    public string? LoadMode { get; internal set; }

    /// <summary>The workflow that a module begins with; null when its manifests name none.</summary>
    public string? EntryWorkflow { get; internal set; }

    /// <summary>What the steps use, in order: functions of a workflow, extensions of a module.</summary>
    public IReadOnlyList<string> Steps { get; internal set; } = [];

    /// <summary>The events that a middleware or an observer runs on, in order.</summary>
    public IReadOnlyList<string> Hooks { get; internal set; } = [];

    /// <summary>The routes that a workflow answers, as <c>METHOD /path</c>.</summary>
    public IReadOnlyList<string> Endpoints { get; internal set; } = [];

    /// <summary>The bytes that the files have in all.</summary>
    public long UnpackedLength { get; internal set; }

    /// <summary>Whether it holds <c>checksums.txt</c>, which its files were held against.</summary>
    public bool HasChecksums { get; internal set; }

    /// <summary>The files, ordinal by path; without <c>checksums.txt</c> and what an import leaves out.</summary>
    public IReadOnlyList<PackagedFile> Files { get; internal set; } = [];
}

/// <summary>A file of a package.</summary>
public sealed class PackagedFile
{
    internal PackagedFile(string path, long length, string sha256, bool? executable)
    {
        Path = path;
        Length = length;
        Sha256 = sha256;
        Executable = executable;
    }

    /// <summary>The path from the package's root, <c>/</c>-separated.</summary>
    public string Path { get; }

    /// <summary>The size in bytes.</summary>
    public long Length { get; }

    /// <summary>The SHA-256, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>Whether its owner may execute it; null when the package does not say.</summary>
    public bool? Executable { get; }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
