using System.Management.Automation;

namespace LlamaGate.PowerShell;

/// <summary>What PowerShell shows of a failure: the store's id, message and target, a category, and what to do (contract, section 7).</summary>
internal static class ErrorRecords
{
    /// <summary>The record of a failure.</summary>
    /// <param name="failure">What the store said.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord From(LlamaGateException failure)
    {
        (ErrorCategory category, string action) = Describe(failure.ErrorId);
        return new ErrorRecord(failure, failure.ErrorId, category, failure.Target)
        {
            ErrorDetails = new ErrorDetails(failure.Message) { RecommendedAction = action },
        };
    }

    /// <summary>Whether a failure is one of the home, so that the next item would only fail in the same way, perhaps after another wait.</summary>
    /// <param name="failure">What the store said.</param>
    /// <returns>Whether nothing more can be done in the home.</returns>
    public static bool ConcernsHome(LlamaGateException failure) => failure.ErrorId is ErrorIds.RegistryCorrupt or ErrorIds.StoreLocked;

    private static (ErrorCategory Category, string Action) Describe(string errorId) => errorId switch
    {
        ErrorIds.ItemNotFound => (ErrorCategory.ObjectNotFound,
            "Run Get-LlamaGateExtension to see what is installed, and Sync-LlamaGateExtension when the disk holds more than that."),
        ErrorIds.AmbiguousId => (ErrorCategory.InvalidArgument, "Give -Type Extension or -Type AgenticModule."),
        ErrorIds.IdConflict => (ErrorCategory.ResourceExists, "Remove the installed item first, or change the id in the package's manifest."),
        ErrorIds.PackageNotFound => (ErrorCategory.ObjectNotFound, "Check the path: a package is a zip file or a folder."),
        ErrorIds.PackageInvalid => (ErrorCategory.InvalidData, "Mend what the exception's Problems list, and make the package again."),
        ErrorIds.ManifestInvalid => (ErrorCategory.InvalidData, "Mend the manifest where the exception's Problems say."),
        ErrorIds.PackageTypeMismatch => (ErrorCategory.InvalidType, "Leave out -Type, or give the type that the package has."),
        ErrorIds.ChecksumMismatch => (ErrorCategory.InvalidData, "Get the package again: its files are not those that it was made of."),
        ErrorIds.DestinationExists => (ErrorCategory.ResourceExists, "Give another -Destination, or -Force to overwrite the file."),
        ErrorIds.SourcePathMissing => (ErrorCategory.ObjectNotFound, "Run Sync-LlamaGateExtension to repair the registry."),
        ErrorIds.RegistryCorrupt => (ErrorCategory.InvalidData, "Run Sync-LlamaGateExtension to rebuild the registry from disk."),
        ErrorIds.StoreLocked => (ErrorCategory.ResourceBusy, "Try again when the other command has ended, or raise -LockTimeoutSeconds."),
        ErrorIds.InstallFailed or ErrorIds.ExportFailed or ErrorIds.RemoveFailed =>
            (ErrorCategory.WriteError, "Check disk space, permissions and whether another program uses the files, and try again."),
        _ => (ErrorCategory.NotSpecified, string.Empty),
    };
}
