using System;

namespace LlamaGate.DesiredState;

/// <summary>Where the package of an instance comes from: a file, a folder, an address, or a repository.</summary>
public sealed record InstanceSource
{
    /// <summary>The full path of a file or folder, or an address; null when the package comes from a repository.</summary>
    public string? Location { get; init; }

    /// <summary>The name of the package in its repository; null when it comes from no repository.</summary>
    public string? PackageName { get; init; }

    /// <summary>The name of a registered repository, a folder or an address; null for every enabled repository of the home.</summary>
    public string? Repository { get; init; }

    /// <summary>Whether prerelease versions of the repository count.</summary>
    public bool IncludesPrerelease { get; init; }

    /// <summary>Whether the package is a file or a folder.</summary>
    public bool IsLocal => Location is not null && !IsAddress(Location);

    /// <summary>The source in one line.</summary>
    public override string ToString() => Location ?? (Repository is null ? PackageName! : $"{Repository}: {PackageName}");

    internal static bool IsAddress(string text) => text.IndexOf("://", StringComparison.Ordinal) > 0;
}
