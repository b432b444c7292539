namespace LlamaGate.Feeds;

/// <summary>The stable names of what can go wrong between a home and the places that packages come from (contract, sections 7 and 12).</summary>
public static class FeedErrorIds
{
    /// <summary>A package could not be downloaded, or a feed could not be asked.</summary>
    public const string DownloadFailed = nameof(DownloadFailed);

    /// <summary>A package is not signed as <c>NuGet.Config</c> demands.</summary>
    public const string SignatureInvalid = nameof(SignatureInvalid);

    /// <summary>There is no repository of that name, and no folder or address either.</summary>
    public const string RepositoryNotFound = nameof(RepositoryNotFound);

    /// <summary>A repository of that name is registered already.</summary>
    public const string RepositoryExists = nameof(RepositoryExists);

    /// <summary>A repository cannot be what was given, or <c>NuGet.Config</c> cannot be read or written.</summary>
    public const string RepositoryInvalid = nameof(RepositoryInvalid);

    /// <summary>A feed did not take a package.</summary>
    public const string PublishFailed = nameof(PublishFailed);
}
