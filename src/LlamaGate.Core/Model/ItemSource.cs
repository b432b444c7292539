using System;

namespace LlamaGate;

/// <summary>Where the installed version of an item came from (contract, section 12).</summary>
public sealed class ItemSource
{
    /// <summary>The source of what came from a repository.</summary>
    /// <param name="repository">The name of the repository, or its folder or address.</param>
    /// <param name="packageId">The package's id there.</param>
    /// <param name="versionRange">The version or range that was asked for; null for any.</param>
    /// <param name="includesPrerelease">Whether prerelease versions were asked for.</param>
    /// <param name="version">The package's version.</param>
    /// <param name="sha512">The SHA-512 of the package, in hexadecimal digits.</param>
    /// <param name="time">When it was downloaded.</param>
    public static ItemSource OfRepository(
        string repository, string packageId, string? versionRange, bool includesPrerelease, string version, string sha512, DateTimeOffset time) =>
        new(repository, packageId, versionRange, includesPrerelease, version, address: null, sha512, time);

    /// <summary>The source of what came from an address, which must not hold secrets.</summary>
    /// <param name="address">The address.</param>
    /// <param name="sha512">The SHA-512 of the package, in hexadecimal digits.</param>
    /// <param name="time">When it was downloaded.</param>
    public static ItemSource OfAddress(string address, string sha512, DateTimeOffset time) =>
        new(repository: null, packageId: null, versionRange: null, includesPrerelease: false, version: null, address, sha512, time);

    internal ItemSource(
        string? repository,
        string? packageId,
        string? versionRange,
        bool includesPrerelease,
        string? version,
        string? address,
        string sha512,
        DateTimeOffset time)
    {
        Repository = repository;
        PackageId = packageId;
        VersionRange = versionRange;
        IncludesPrerelease = includesPrerelease;
        Version = version;
        Address = address;
        Sha512 = sha512;
        Time = time;
    }

    /// <summary>The name of the repository, or its folder or address; null when it came from none.</summary>
    public string? Repository { get; }

    /// <summary>The package's id in the repository; null when it came from none.</summary>
    public string? PackageId { get; }

    /// <summary>The version or range that was asked for, which updates keep to; null for any.</summary>
    public string? VersionRange { get; }

    /// <summary>Whether prerelease versions were asked for.</summary>
    public bool IncludesPrerelease { get; }

    /// <summary>The package's version; null when it came from no repository.</summary>
    public string? Version { get; }

    /// <summary>The address that it was downloaded from; null when it came from a repository.</summary>
    public string? Address { get; }

    /// <summary>The SHA-512 of the package, in hexadecimal digits.</summary>
    public string Sha512 { get; }

    /// <summary>When it was downloaded.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The source in one line: <c>repository/package version</c>, or the address.</summary>
    public override string ToString() => Address ?? $"{Repository}: {PackageId} {Version}";
}
