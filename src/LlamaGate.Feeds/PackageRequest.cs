namespace LlamaGate.Feeds;

/// <summary>A package that a user wants.</summary>
public sealed class PackageRequest
{
    /// <summary>Says which package is wanted.</summary>
    /// <param name="name">The package's id.</param>
    /// <param name="version">A version, or a range in NuGet's notation; null for the newest.</param>
    /// <param name="repository">The name of a repository, a folder or an address; null for every enabled repository of the home.</param>
    /// <param name="includePrerelease">Whether prerelease versions count.</param>
    /// <param name="updatesKeepToVersion">Whether later updates keep to the version or range too; else they take any version.</param>
    public PackageRequest(
        string name, string? version = null, string? repository = null, bool includePrerelease = false, bool updatesKeepToVersion = true)
    {
        UpdatesKeepToVersion = updatesKeepToVersion;
        Name = name;
        Version = version;
        Repository = repository;
        IncludePrerelease = includePrerelease;
    }

    /// <summary>The package's id; <see cref="PackageFeeds.Find"/> takes the wildcards <c>*</c> and <c>?</c>.</summary>
    public string Name { get; }

    /// <summary>A version, or a range in NuGet's notation; null for the newest.</summary>
    public string? Version { get; }

    /// <summary>The name of a repository, a folder or an address; null for every enabled repository of the home.</summary>
    public string? Repository { get; }

    /// <summary>Whether prerelease versions count.</summary>
    public bool IncludePrerelease { get; }

    /// <summary>Whether later updates keep to the version or range too; else they take any version.</summary>
    public bool UpdatesKeepToVersion { get; }
}
