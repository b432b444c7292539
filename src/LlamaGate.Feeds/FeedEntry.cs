using NuGet.Versioning;

namespace LlamaGate.Feeds;

/// <summary>A version of a package as a feed describes it.</summary>
/// <param name="Name">The package's id as the feed spells it.</param>
/// <param name="Version">The version of the package.</param>
/// <param name="Type">The kind of item; null when the feed does not say.</param>
/// <param name="Description">What the package says of itself.</param>
/// <param name="IsListed">Whether searches show it; what its owner has unlisted is only for those who name its version.</param>
internal sealed record FeedEntry(string Name, NuGetVersion Version, ItemType? Type, string Description, bool IsListed = true);
