namespace LlamaGate.Feeds;

/// <summary>A package that a repository has taken (contract, section 12).</summary>
public sealed class PublishedPackage
{
    internal PublishedPackage(string name, string version, string id, ItemType type, string repository, long length, string sha512, string homePath)
    {
        Name = name;
        Version = version;
        Id = id;
        Type = type.ToDisplayName();
        Repository = repository;
        Length = length;
        Sha512 = sha512;
        HomePath = homePath;
    }

    /// <summary>The package's id in the repository.</summary>
    public string Name { get; }

    /// <summary>The version of the package and of the item in it.</summary>
    public string Version { get; }

    /// <summary>The id of the item in it.</summary>
    public string Id { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>.</summary>
    public string Type { get; }

    /// <summary>The name of the repository, or its folder or address when it is not registered.</summary>
    public string Repository { get; }

    /// <summary>The size of the package in bytes.</summary>
    public long Length { get; }

    /// <summary>The SHA-512 of the package, 128 lower-case hexadecimal digits.</summary>
    public string Sha512 { get; }

    /// <summary>The home that it was published from.</summary>
    public string HomePath { get; }
}
