namespace LlamaGate.Feeds;

/// <summary>A package of a repository that was saved to a file (contract, section 12).</summary>
public sealed class SavedPackage
{
    internal SavedPackage(FeedPackage package, string path, long length, string sha512)
    {
        Name = package.Name;
        Version = package.Version;
        Repository = package.Repository;
        Path = path;
        Length = length;
        Sha512 = sha512;
    }

    /// <summary>The package's id in the repository.</summary>
    public string Name { get; }

    /// <summary>The version.</summary>
    public string Version { get; }

    /// <summary>The repository that it came from.</summary>
    public string Repository { get; }

    /// <summary>The full path of the file, which import takes.</summary>
    public string Path { get; }

    /// <summary>The size of the file in bytes.</summary>
    public long Length { get; }

    /// <summary>The SHA-512 of the file, 128 lower-case hexadecimal digits.</summary>
    public string Sha512 { get; }
}
