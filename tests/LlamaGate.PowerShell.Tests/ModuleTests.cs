using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>The module as it is staged and imported.</summary>
public sealed class ModuleTests : IDisposable
{
    private readonly PowerShellSession session = new();

    private static readonly string[] ReadingCmdlets =
    [
        "Find-LlamaGatePackage",
        "Get-LlamaGateBackup",
        "Get-LlamaGateExtension",
        "Get-LlamaGatePackage",
        "Get-LlamaGateRepository",
        "Test-LlamaGateExtension",
        "Test-LlamaGateHome",
        "Test-LlamaGatePackage",
    ];

    public static TheoryData<string> ChangingCmdlets { get; } =
    [
        "Compress-LlamaGatePackage",
        "Disable-LlamaGateExtension",
        "Enable-LlamaGateExtension",
        "Export-LlamaGatePackage",
        "Import-LlamaGatePackage",
        "Install-LlamaGatePackage",
        "Invoke-LlamaGateMigration",
        "Invoke-LlamaGateRefresh",
        "Invoke-LlamaGateStartup",
        "New-LlamaGatePackage",
        "Publish-LlamaGatePackage",
        "Register-LlamaGateRepository",
        "Remove-LlamaGateExtension",
        "Restore-LlamaGateExtension",
        "Save-LlamaGatePackage",
        "Sync-LlamaGateExtension",
        "Unregister-LlamaGateRepository",
        "Update-LlamaGateExtension",
    ];

    public void Dispose() => session.Dispose();

    [Fact]
    public void The_module_has_its_cmdlets_and_nothing_else()
    {
        RunResult result = session.Run("Get-Command -Module LlamaGate");

        string?[] expected = [.. ChangingCmdlets.Select(row => row.Data).Concat(ReadingCmdlets).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, result.All("Name"));
        Assert.All(result.Output, command => Assert.IsType<CmdletInfo>(command.BaseObject));
    }

    [Fact]
    public void The_cmdlets_are_listed_without_importing_the_module()
    {
        session["manifest"] = StagedModule.Manifest;

        RunResult result = session.Run("(Get-Module -ListAvailable $manifest).ExportedCmdlets.Keys");

        Assert.Equal(ChangingCmdlets.Count + ReadingCmdlets.Length, result.Output.Count);
    }

    [Theory]
    [MemberData(nameof(ChangingCmdlets))]
    public void A_cmdlet_that_changes_something_has_WhatIf_and_Confirm_of_medium_impact(string name)
    {
        var cmdlet = (CmdletInfo)session.Run($"Get-Command {name}").Single.BaseObject;

        CmdletAttribute attribute = cmdlet.ImplementingType.GetCustomAttributes(inherit: false).OfType<CmdletAttribute>().Single();
        Assert.True(attribute.SupportsShouldProcess);
        Assert.Equal(ConfirmImpact.Medium, attribute.ConfirmImpact);
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "WhatIf", "Confirm" }, cmdlet.Parameters.Keys.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(
            name is not ("Invoke-LlamaGateRefresh" or "Compress-LlamaGatePackage" or "New-LlamaGatePackage"), cmdlet.Parameters.ContainsKey("HomePath"));
    }

    [Theory]
    [InlineData("Disable-LlamaGateExtension", "LlamaGate.InstalledItem")]
    [InlineData("Enable-LlamaGateExtension", "LlamaGate.InstalledItem")]
    [InlineData("Export-LlamaGatePackage", "LlamaGate.ExportedPackage")]
    [InlineData("Get-LlamaGateExtension", "LlamaGate.InstalledItem")]
    [InlineData("Import-LlamaGatePackage", "LlamaGate.ImportedItem")]
    [InlineData("Invoke-LlamaGateMigration", "LlamaGate.MigratedItem")]
    [InlineData("Invoke-LlamaGateRefresh", "LlamaGate.GatewayRefreshResult")]
    [InlineData("Invoke-LlamaGateStartup", "LlamaGate.StartupReport")]
    [InlineData("Remove-LlamaGateExtension", "LlamaGate.InstalledItem")]
    [InlineData("Sync-LlamaGateExtension", "LlamaGate.SyncChange")]
    [InlineData("Test-LlamaGateHome", "LlamaGate.HomeFinding")]
    public void A_cmdlet_says_what_it_emits(string name, string type)
    {
        RunResult result = session.Run($"(Get-Command {name}).OutputType");

        Assert.Equal([type], result.All("Name"));
    }

    [Fact]
    public void It_can_be_imported_again_and_removed_and_imported()
    {
        session["manifest"] = StagedModule.Manifest;

        RunResult result = session.Run("""
            Import-Module $manifest -Force
            Remove-Module LlamaGate
            Import-Module $manifest
            Get-LlamaGateExtension -HomePath $store
            (Get-Module LlamaGate).ExportedCmdlets.Count
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(ChangingCmdlets.Count + ReadingCmdlets.Length, result.Single.BaseObject);
    }

    [Fact]
    public void The_staged_folder_holds_what_is_published_and_the_engine_stays_out_of_it()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(StagedModule.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(StagedModule.Folder, file).Replace('\\', '/'))
            .ToList();

        Assert.Equal(
            [
                "LICENSE",
                "LlamaGate.Format.ps1xml",
                "LlamaGate.Loader.dll",
                "LlamaGate.PowerShell.dll",
                "LlamaGate.psd1",
                "THIRD-PARTY-NOTICES.txt",
                "llamagate.dsc.resource.json",
            ],
            files.Where(file => !file.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["en-US/LlamaGate.PowerShell.dll-Help.xml", "en-US/about_LlamaGate.help.txt"],
            files.Where(file => file.StartsWith("en-US/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "schemas/agenticmodule.schema.json",
                "schemas/extension.schema.json",
                "schemas/manifest.schema.json",
                "schemas/module.schema.json",
            ],
            files.Where(file => file.StartsWith("schemas/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "lib/net8.0/LlamaGate.Core.dll",
                "lib/net8.0/LlamaGate.Feeds.dll",
                "lib/net8.0/NuGet.Protocol.dll",
                "lib/net8.0/System.IO.Hashing.dll",
                "lib/net8.0/YamlDotNet.dll",
            },
            files.ToHashSet(StringComparer.Ordinal));
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "lib/netstandard2.0/LlamaGate.Core.dll",
                "lib/netstandard2.0/System.IO.Hashing.dll",
                "lib/netstandard2.0/System.Memory.dll",
                "lib/netstandard2.0/System.Text.Json.dll",
                "lib/netstandard2.0/YamlDotNet.dll",
            },
            files.ToHashSet(StringComparer.Ordinal));
        Assert.DoesNotContain(files, file => file.Contains("System.Management.Automation", StringComparison.Ordinal));
    }
}
