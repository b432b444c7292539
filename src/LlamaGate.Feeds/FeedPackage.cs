namespace LlamaGate.Feeds;

/// <summary>A version of a package in a repository (contract, section 12).</summary>
public sealed class FeedPackage
{
    internal FeedPackage(FeedEntry entry, Feed feed, VersionChoice choice, string homePath, bool updatesKeepToVersion = true)
    {
        RecordedRange = updatesKeepToVersion ? choice.Text : null;
        Entry = entry;
        Feed = feed;
        Choice = choice;
        Name = entry.Name;
        Version = entry.Version.ToFullString();
        Type = entry.Type?.ToDisplayName();
        Description = entry.Description;
        Repository = feed.Name;
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

    /// <summary>What the repository says of it.</summary>
    internal FeedEntry Entry { get; }

    /// <summary>The repository.</summary>
    internal Feed Feed { get; }

    /// <summary>The choice of versions that it was found by.</summary>
    internal VersionChoice Choice { get; }

    /// <summary>The version or range that later updates keep to; null for any.</summary>
    internal string? RecordedRange { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version}";
}
