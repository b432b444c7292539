using System;
using System.IO;
using System.IO.Compression;
using System.Linq;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>The walk through the specification's own examples, from a package to its migration.</summary>
public sealed class SpecificationTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void An_extension_is_made_imported_listed_exported_shared_and_removed()
    {
        // "Creating an Extension Package"
        TestPackage.Of(
            session.PathOf("my-extension.zip"),
            ("manifest.yaml", """
                name: my-extension
                version: 1.0.0
                description: My awesome extension
                type: workflow
                enabled: true
                steps:
                  - uses: llm.chat
                """),
            ("extension.yaml", """
                id: my-extension
                name: My Extension
                version: 1.0.0
                description: My awesome extension
                enabled_default: true
                hot_reload: true
                """));

        // "Import"
        RunResult import = session.Run("Import-LlamaGatePackage my-extension.zip -Type Extension -HomePath $store");
        Assert.Equal(["My Extension"], import.All("Name"));
        Assert.Equal(["Installed"], import.All("Status"));
        Assert.Equal(["True"], import.All("Enabled"));
        Assert.True(File.Exists(Path.Combine(session.Home, "extensions", "installed", "my-extension", "manifest.yaml")));

        // "List"
        Assert.Equal(["my-extension"], session.Run("Get-LlamaGateExtension -Type Extension -HomePath $store").All("Id"));
        Assert.Empty(session.Run("Get-LlamaGateExtension -Type AgenticModule -HomePath $store").Output);

        // "Export"
        RunResult export = session.Run("Export-LlamaGatePackage my-extension my-extension-v1.0.0.zip -HomePath $store");
        using (ZipArchive zip = ZipFile.OpenRead(session.PathOf("my-extension-v1.0.0.zip")))
        {
            Assert.Equal(["extension.yaml", "manifest.yaml", "checksums.txt"], zip.Entries.Select(entry => entry.FullName));
        }

        // "Import (on other system)"
        Assert.Empty(export.Errors);
        Assert.Equal(["Installed"], session.Run("Import-LlamaGatePackage my-extension-v1.0.0.zip -HomePath other").All("Status"));

        // "Enable/Disable"
        session.Run("Disable-LlamaGateExtension my-extension -HomePath $store");
        Assert.Equal(["my-extension"], session.Run("Get-LlamaGateExtension -Disabled -HomePath $store").All("Id"));
        session.Run("Enable-LlamaGateExtension my-extension -HomePath $store");

        // "Corrupted registry: delete installed.json, run sync"
        File.Delete(Path.Combine(session.Home, "registry", "installed.json"));
        Assert.Equal(["Added"], session.Run("Sync-LlamaGateExtension -HomePath $store").All("Status"));

        // "Remove"
        session.Run("Remove-LlamaGateExtension my-extension -HomePath $store");
        Assert.Empty(session.Run("Get-LlamaGateExtension -HomePath $store").Output);
        Assert.False(Directory.Exists(Path.Combine(session.Home, "extensions", "installed", "my-extension")));

        // "Migrate"
        TestPackage.LegacyFolder(session.PathOf("extensions", "legacy-one"), "legacy-one");
        Assert.Equal(["Migrated"], session.Run("Invoke-LlamaGateMigration -HomePath $store").All("Status"));
        Assert.True(File.Exists(Path.Combine(session.Home, ".migration_complete")));
    }
}
