namespace LlamaGate.Feeds;

/// <summary>What a repository has for an installed item (contract, section 12).</summary>
public sealed class PackageUpdate
{
    /// <summary>The status of an item for which the repository has a newer version.</summary>
    public const string Available = nameof(Available);

    /// <summary>The status of an item that is the newest of the versions that were asked for.</summary>
    public const string UpToDate = nameof(UpToDate);

    /// <summary>The status of an item that was installed as one version, and stays that.</summary>
    public const string Pinned = nameof(Pinned);

    /// <summary>The status of an item that was updated.</summary>
    public const string Updated = nameof(Updated);

    /// <summary>The status of an item that did not come from a repository.</summary>
    public const string NoRepository = nameof(NoRepository);

    /// <summary>The status of an item whose repository cannot be asked, or whose update failed; see <see cref="GetError"/>.</summary>
    public const string Failed = nameof(Failed);

    internal PackageUpdate(InstalledItem item, ItemSource? source, string status, FeedPackage? package = null, LlamaGateException? error = null)
    {
        Item = item;
        Origin = source;
        Package = package;
        Error = error;
        Id = item.Id;
        Type = item.Type;
        Version = item.Version;
        AvailableVersion = package?.Version;
        Status = status;
        Range = source?.VersionRange;
        Repository = source?.Repository;
        PackageName = source?.PackageId;
        HomePath = item.HomePath;
    }

    /// <summary>The id of the item.</summary>
    public string Id { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>.</summary>
    public string Type { get; }

    /// <summary>The version that is installed, or was before the update.</summary>
    public string Version { get; }

    /// <summary>The newest version of the repository that fits; null when it was not asked.</summary>
    public string? AvailableVersion { get; }

    /// <summary><see cref="Available"/>, <see cref="UpToDate"/>, <see cref="Pinned"/>, <see cref="Updated"/>, <see cref="NoRepository"/> or <see cref="Failed"/>.</summary>
    public string Status { get; }

    /// <summary>The version or range that was asked for when it was installed; null for any.</summary>
    public string? Range { get; }

    /// <summary>The repository that it came from.</summary>
    public string? Repository { get; }

    /// <summary>The package's id in the repository.</summary>
    public string? PackageName { get; }

    /// <summary>The home that it is installed in.</summary>
    public string HomePath { get; }

    private LlamaGateException? Error { get; }

    internal InstalledItem Item { get; }

    internal FeedPackage? Package { get; }

    private ItemSource? Origin { get; }

    /// <summary>Why it failed; null when it did not.</summary>
    public LlamaGateException? GetError() => Error;

    internal PackageUpdate With(string status, LlamaGateException? error = null) => new(Item, Origin, status, Package, error);
}
