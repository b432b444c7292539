using System;
using System.Management.Automation;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Creates the folder of a new package, which you can test, pack and import as it is.</summary>
[Cmdlet(VerbsCommon.New, "LlamaGatePackage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "New-LlamaGatePackage.md")]
[OutputType(typeof(CreatedPackage))]
public sealed class NewLlamaGatePackageCommand : AuthoringCommand
{
    /// <summary>The folder to write.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The id of the item; without it the folder's name.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    /// <summary>The display name; without it the id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The type of the item.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet(nameof(ItemType.Extension), nameof(ItemType.AgenticModule))]
    public string Type { get; set; } = nameof(ItemType.Extension);

    /// <summary>What an extension begins as.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet(nameof(PackageTemplate.Workflow), nameof(PackageTemplate.Middleware), nameof(PackageTemplate.Observer))]
    public string Template { get; set; } = nameof(PackageTemplate.Workflow);

    /// <summary>What the item is for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    /// <summary>Adds the files that are missing in a folder that is not empty. Nothing is overwritten.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Process() => Attempt(() =>
    {
        _ = ItemTypes.TryParse(Type, out ItemType type);
        var template = (PackageTemplate)Enum.Parse(typeof(PackageTemplate), Template, ignoreCase: true);
        var options = new CreateOptions(type, template, Id, Name, Description, Force);
        CreatedPackage? created = Open().Create(FileSystemPath.Resolve(SessionState.Path, Path), options, Approve, StopToken);
        if (created is not null)
        {
            WriteObject(created);
        }
    });

    private bool Approve(CreatedPackage package) =>
        ShouldProcess(package.Path, $"Create {package.Type} '{package.Id}': {string.Join(", ", package.Files)}");
}
