using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Checks packages as an import does, and changes nothing. An invalid package is a result.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LlamaGatePackage", DefaultParameterSetName = PathSet, HelpUri = HelpPages.Folder + "Test-LlamaGatePackage.md")]
[OutputType(typeof(PackageTestResult), typeof(bool))]
public sealed class TestLlamaGatePackageCommand : PackageCommand
{
    /// <summary>Makes a package with a warning invalid, too.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Emits one Boolean for each package.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process(PackageAuthoring authoring, string path, ItemType? type)
    {
        PackageTestResult result = authoring.Test(path, type, Strict, StopToken);
        WriteObject(Quiet ? result.IsValid : result);
    }
}
