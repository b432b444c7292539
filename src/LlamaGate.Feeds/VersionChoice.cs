using System;
using System.Collections.Generic;
using System.Linq;
using NuGet.Versioning;

namespace LlamaGate.Feeds;

/// <summary>
/// Which versions of a package are wanted: one (<c>1.2.0</c>), those of a range in NuGet's notation (<c>[1.0,2.0)</c>, <c>1.*</c>), or
/// any. Of those that fit the newest is taken. Prerelease versions count when they are asked for, in words or by a bound that is one.
/// </summary>
internal sealed class VersionChoice
{
    private readonly VersionRange? range;

    private VersionChoice(string? text, VersionRange? range, bool includePrerelease)
    {
        Text = text;
        this.range = range;
        IncludesPrerelease = includePrerelease || IsPrerelease(range);
    }

    /// <summary>The range as it was given; null for any version.</summary>
    public string? Text { get; }

    /// <summary>Whether prerelease versions count.</summary>
    public bool IncludesPrerelease { get; }

    /// <summary>Whether it leaves no choice: an item installed so is pinned.</summary>
    public bool IsExact => range is { IsFloating: false, HasLowerAndUpperBounds: true, IsMinInclusive: true, IsMaxInclusive: true }
        && range.MinVersion!.Equals(range.MaxVersion!);

    /// <summary>Reads what a user wants.</summary>
    /// <exception cref="LlamaGateException">PackageNotFound: it is neither a version nor a range.</exception>
    public static VersionChoice Parse(string? text, bool includePrerelease)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new VersionChoice(text: null, range: null, includePrerelease);
        }

        if (NuGetVersion.TryParse(text, out NuGetVersion? version))
        {
            return new VersionChoice(text, new VersionRange(version, includeMinVersion: true, version, includeMaxVersion: true), includePrerelease);
        }

        return VersionRange.TryParse(text!, allowFloating: true, out VersionRange? range)
            ? new VersionChoice(text, range, includePrerelease)
            : throw new LlamaGateException(
                ErrorIds.PackageNotFound,
                $"'{text}' is neither a version nor a range of versions. Examples: '1.2.0' (this version), '[1.0,2.0)' (from 1.0, before 2.0), '1.*'.",
                text);
    }

    /// <summary>Whether a version is wanted. An unlisted one is only when it is the one that was named.</summary>
    public bool Accepts(NuGetVersion version, bool isListed) => (isListed || IsExact) && IsInRange(version) && (IncludesPrerelease || !version.IsPrerelease);

    /// <summary>The newest of the versions that are wanted; null when none is.</summary>
    public T? Newest<T>(IEnumerable<T> candidates, Func<T, NuGetVersion> versionOf, Func<T, bool> isListed)
        where T : class => candidates
        .Where(candidate => Accepts(versionOf(candidate), isListed(candidate)))
        .OrderByDescending(versionOf)
        .FirstOrDefault();

    private static bool IsPrerelease(VersionRange? range) => range is not null
        && (range.MinVersion?.IsPrerelease == true || range.MaxVersion?.IsPrerelease == true || range.Float?.IncludePrerelease == true);

    private bool IsInRange(NuGetVersion version) => range is null
        || (range.IsFloating ? range.Float!.Satisfies(version) : range.Satisfies(version));
}
