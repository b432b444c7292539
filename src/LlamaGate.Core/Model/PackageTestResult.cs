using System.Collections.Generic;
using System.Linq;

namespace LlamaGate;

/// <summary>What a check of a package found (contract, section 10).</summary>
public sealed class PackageTestResult
{
    internal PackageTestResult(
        string path, string? id, ItemType? type, string? name, string? version, bool isStrict, IReadOnlyList<Problem> problems, PackageSize size)
    {
        Path = path;
        Id = id;
        Type = type?.ToDisplayName();
        Name = name;
        Version = version;
        Problems = problems;
        FileCount = size.FileCount;
        UnpackedLength = size.UnpackedLength;
        HasChecksums = size.HasChecksums;
        IsValid = isStrict ? problems.Count == 0 : problems.All(problem => problem.Severity is not Problem.Error);
    }

    /// <summary>The full path of the package.</summary>
    public string Path { get; }

    /// <summary>The id of the item in it; null when that cannot be told.</summary>
    public string? Id { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>; null when that cannot be told.</summary>
    public string? Type { get; }

    /// <summary>The display name of the item; null when that cannot be told.</summary>
    public string? Name { get; }

    /// <summary>The version of the item; null when that cannot be told.</summary>
    public string? Version { get; }

    /// <summary>Whether an import would accept it; in a strict check also whether nothing is to be warned of.</summary>
    public bool IsValid { get; }

    /// <summary>Everything that is wrong with it, warnings included.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>How many files it holds, <c>checksums.txt</c> not counted; 0 when that cannot be told.</summary>
    public int FileCount { get; }

    /// <summary>The bytes that its files have in all; 0 when that cannot be told.</summary>
    public long UnpackedLength { get; }

    /// <summary>Whether it holds <c>checksums.txt</c>, which its files were held against.</summary>
    public bool HasChecksums { get; }
}

/// <summary>How much a package holds.</summary>
/// <param name="FileCount">How many files.</param>
/// <param name="UnpackedLength">Their bytes in all.</param>
/// <param name="HasChecksums">Whether there is <c>checksums.txt</c> besides.</param>
internal readonly record struct PackageSize(int FileCount, long UnpackedLength, bool HasChecksums);
