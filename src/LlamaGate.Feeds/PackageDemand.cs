using System;

namespace LlamaGate.Feeds;

/// <summary>What a downloaded package must be to be installed.</summary>
/// <param name="Sha256">The SHA-256 of its file, in hexadecimal digits; null for any.</param>
/// <param name="Refuse">Says why its content is not what is wanted; null when it is, or when any is.</param>
internal sealed record PackageDemand(string? Sha256 = null, Func<ImportPlan, LlamaGateException?>? Refuse = null)
{
    /// <summary>Any package will do.</summary>
    public static PackageDemand None { get; } = new();

    /// <summary>The failure of a file with another SHA-256; null when it is right.</summary>
    public LlamaGateException? CheckFile(string file, string shown) =>
        Sha256 is not null && FileHash.Sha256(file) is { } actual && !Hex.AreSame(Sha256, actual)
            ? new LlamaGateException(
                ErrorIds.ChecksumMismatch,
                $"The SHA-256 of '{shown}' is {actual}, not {Sha256.Trim()}; nothing was installed. Ask the publisher for the correct hash.",
                shown)
            : null;
}
