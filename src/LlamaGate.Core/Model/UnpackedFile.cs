namespace LlamaGate;

/// <summary>A file of an <see cref="UnpackedPackage"/>.</summary>
public sealed class UnpackedFile
{
    internal UnpackedFile(string path, bool isExecutable)
    {
        Path = path;
        IsExecutable = isExecutable;
    }

    /// <summary>The path from the package's root, <c>/</c>-separated.</summary>
    public string Path { get; }

    /// <summary>Whether the package says that its owner may execute it.</summary>
    public bool IsExecutable { get; }
}
