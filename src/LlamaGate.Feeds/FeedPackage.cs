using NuGet.Versioning;

namespace LlamaGate.Feeds;

/// <summary>A version of a package in a repository (contract, section 12).</summary>
public sealed class FeedPackage
{
    internal FeedPackage(string name, NuGetVersion version, ItemType? type, string description, string repository, string homePath)
    {
        Name = name;
        NuGetVersion = version;
        Version = version.ToFullString();
        Type = type?.ToDisplayName();
        Description = description;
        Repository = repository;
        HomePath = homePath;
    }

    /// <summary>The package's id in the repository; usually that of the item in it.</summary>
    public string Name { get; }

    /// <summary>The version of the package and of the item in it.</summary>
    public string Version { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>; null when the repository does not say.</summary>
    public string? Type { get; }

    /// <summary>What the package says of itself.</summary>
    public string Description { get; }

    /// <summary>The name of the repository, or its folder or address when it is not registered.</summary>
    public string Repository { get; }

    /// <summary>The home whose repositories were asked.</summary>
    public string HomePath { get; }

    internal NuGetVersion NuGetVersion { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version}";
}
