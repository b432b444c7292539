namespace LlamaGate;

/// <summary>A package that an export wrote (contract, section 2).</summary>
public sealed class ExportedPackage
{
    internal ExportedPackage(string id, ItemType type, string version, string path, long length, int fileCount, string sha256)
    {
        Id = id;
        Type = type.ToDisplayName();
        Version = version;
        Path = path;
        Length = length;
        FileCount = fileCount;
        Sha256 = sha256;
    }

    /// <summary>The id of the item in it.</summary>
    public string Id { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>.</summary>
    public string Type { get; }

    /// <summary>The version of the item in it.</summary>
    public string Version { get; }

    /// <summary>The full path of the zip file.</summary>
    public string Path { get; }

    /// <summary>The size of the zip file in bytes.</summary>
    public long Length { get; }

    /// <summary>How many files of the item it holds, <c>checksums.txt</c> not counted.</summary>
    public int FileCount { get; }

    /// <summary>The SHA-256 of the zip file, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>The path of the zip file, so that a package can be given where a path is asked for.</summary>
    /// <returns>The full path.</returns>
    public override string ToString() => Path;
}
