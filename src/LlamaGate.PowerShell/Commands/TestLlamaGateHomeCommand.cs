using System.Linq;
using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Finds what will surprise the user of a home, and how to end it (contract, section 9). Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LlamaGateHome", HelpUri = HelpPages.Folder + "Test-LlamaGateHome.md")]
[OutputType(typeof(HomeFinding))]
public sealed class TestLlamaGateHomeCommand : StoreCommand
{
    /// <summary>The directory from which the gateway loads extensions besides the home; without it <c>extensions</c> in the current location.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string LegacyPath { get; set; } = PackageStore.DefaultLegacyFolders[0];

    /// <summary>The directory from which the gateway runs modules; without it <c>agenticmodules</c> in the current location.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ModulePath { get; set; } = PackageStore.DefaultLegacyFolders[1];

    private protected override void Process(PackageStore store)
    {
        string[] folders = [.. new[] { LegacyPath, ModulePath }.Select(path => FileSystemPath.Resolve(SessionState.Path, path))];
        WriteObject(
            store.Examine(folders[0], folders[1], SessionState.Path.CurrentFileSystemLocation.ProviderPath, StopToken), enumerateCollection: true);
    }
}
