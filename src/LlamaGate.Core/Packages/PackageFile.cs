namespace LlamaGate.Packages;

/// <summary>A file of a package, named from the package's root.</summary>
internal sealed class PackageFile
{
    public PackageFile(string path, long length, bool? executable)
    {
        Path = path;
        Length = length;
        Executable = executable;
    }

    /// <summary>The path from the root, <c>/</c>-separated.</summary>
    public string Path { get; }

    /// <summary>The bytes that it is said to have.</summary>
    public long Length { get; }

    /// <summary>Whether its owner may execute it; null when the package does not say.</summary>
    public bool? Executable { get; }
}
