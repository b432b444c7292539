using System.Management.Automation;
using LlamaGate.Feeds;

namespace LlamaGate.PowerShell;

/// <summary>What PowerShell shows of a failure: the store's id, message and target, and a category (contract, section 7).</summary>
internal static class ErrorRecords
{
    /// <summary>The record of a failure.</summary>
    /// <param name="failure">What the store said.</param>
    public static ErrorRecord From(LlamaGateException failure) =>
        new(failure, failure.ErrorId, CategoryOf(failure.ErrorId), failure.Target);

    /// <summary>Whether a failure is one of the home, so that the next item would only fail in the same way, perhaps after another wait.</summary>
    /// <param name="failure">What the store said.</param>
    /// <returns>Whether nothing more can be done in the home.</returns>
    public static bool ConcernsHome(LlamaGateException failure) => failure.ErrorId is ErrorIds.RegistryCorrupt or ErrorIds.StoreLocked;

    private static ErrorCategory CategoryOf(string errorId) => errorId switch
    {
        ErrorIds.ItemNotFound or ErrorIds.PackageNotFound or ErrorIds.SourcePathMissing => ErrorCategory.ObjectNotFound,
        ErrorIds.IdConflict or ErrorIds.DestinationExists => ErrorCategory.ResourceExists,
        ErrorIds.PackageInvalid or ErrorIds.ManifestInvalid or ErrorIds.ChecksumMismatch or ErrorIds.RegistryCorrupt => ErrorCategory.InvalidData,
        ErrorIds.AmbiguousId => ErrorCategory.InvalidArgument,
        ErrorIds.PackageTypeMismatch => ErrorCategory.InvalidType,
        ErrorIds.StoreLocked => ErrorCategory.ResourceBusy,
        ErrorIds.InstallFailed or ErrorIds.ChangeFailed or ErrorIds.ExportFailed or ErrorIds.RemoveFailed => ErrorCategory.WriteError,
        FeedErrorIds.DownloadFailed => ErrorCategory.ConnectionError,
        FeedErrorIds.SignatureInvalid => ErrorCategory.SecurityError,
        FeedErrorIds.RepositoryNotFound => ErrorCategory.ObjectNotFound,
        FeedErrorIds.RepositoryExists => ErrorCategory.ResourceExists,
        FeedErrorIds.RepositoryInvalid => ErrorCategory.InvalidArgument,
        FeedErrorIds.PublishFailed => ErrorCategory.WriteError,
        _ => ErrorCategory.NotSpecified,
    };
}
