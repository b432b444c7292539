using System;
using System.IO;
using System.Management.Automation;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>The errors that the specification lists under "Troubleshooting", with its phrase, the remedy, and the right category.</summary>
public sealed class TroubleshootingTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_manifest_that_is_wrong()
    {
        TestPackage.Of(session.PathOf("bad.zip"), ("manifest.yaml", "name: bad\nversion: 1.0\ntype: workflow\n"));

        Fails(
            "Import-LlamaGatePackage bad.zip", "ManifestInvalid", ErrorCategory.InvalidData,
            "manifest validation failed", "manifest.yaml(2,10): version");
    }

    [Fact]
    public void A_package_without_a_manifest()
    {
        TestPackage.Of(session.PathOf("bad.zip"), ("readme.txt", "nothing"));

        Fails(
            "Import-LlamaGatePackage bad.zip", "PackageInvalid", ErrorCategory.InvalidData, "item not found", "manifest.yaml or extension.yaml");
    }

    [Fact]
    public void A_disk_that_does_not_take_it()
    {
        session.Extension("good");
        Directory.CreateDirectory(session.Home);
        File.WriteAllText(session.PathOf("home", "tmp"), "a file in the way");

        Fails(
            "Import-LlamaGatePackage good-1.0.0.zip", "InstallFailed", ErrorCategory.WriteError,
            "failed to install", "disk space and permissions");
    }

    [Fact]
    public void An_id_that_is_not_installed() =>
        Fails("Export-LlamaGatePackage nothing x.zip", "ItemNotFound", ErrorCategory.ObjectNotFound, "item not found", "Get-LlamaGateExtension");

    [Fact]
    public void An_item_whose_folder_is_gone()
    {
        session.Install("gone");
        Directory.Delete(session.PathOf("home", "extensions", "installed", "gone"), recursive: true);

        Fails(
            "Export-LlamaGatePackage gone x.zip", "SourcePathMissing", ErrorCategory.ObjectNotFound,
            "source path does not exist", "Sync-LlamaGateExtension");
    }

    [Fact]
    public void A_registry_that_is_corrupt()
    {
        Directory.CreateDirectory(session.PathOf("home", "registry"));
        File.WriteAllText(session.PathOf("home", "registry", "installed.json"), "garbage");

        Fails("Get-LlamaGateExtension", "RegistryCorrupt", ErrorCategory.InvalidData, "cannot be read", "Sync-LlamaGateExtension");
    }

    private void Fails(string command, string errorId, ErrorCategory category, string phrase, string remedy)
    {
        RunResult result = session.Run($"{command} -HomePath $store");

        Assert.Equal([errorId], result.ErrorIds);
        Assert.Equal(category, result.Error.CategoryInfo.Category);
        Assert.Contains(phrase, result.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, result.Error.Exception.Message, StringComparison.Ordinal);
    }
}
