using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using System.Xml.Linq;

using LlamaGate.ModuleTools.Package;
using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>The module as the PowerShell Gallery gets it and as people get it from there.</summary>
public sealed class PackageTests : IDisposable
{
    private static readonly ModuleManifest Manifest = ModuleManifest.Read(StagedModule.Manifest);

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_is_used_by_its_name_from_a_module_path()
    {
        using (ZipArchive package = Open())
        {
            package.ExtractToDirectory(folder["modules", "LlamaGate", Manifest.Version]);
        }

        TestPackage.Extension(folder["alpha.zip"], "alpha");

        string[] output = await ChildPowerShell.Run(
            folder.Path,
            """
            Import-Module LlamaGate
            (Import-LlamaGatePackage alpha.zip -HomePath home -NoRefresh).Status
            (Get-LlamaGateExtension -HomePath home).Id
            (Get-Help Import-LlamaGatePackage).Synopsis
            (Get-Module LlamaGate).ModuleBase
            """,
            ("PSModulePath", folder["modules"]));

        Assert.Equal(
            [
                "Installed",
                "alpha",
                "Installs extensions and agentic modules from packages.",
                folder["modules", "LlamaGate", Manifest.Version],
            ],
            output);
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

    [Fact]
    public void The_same_module_gives_the_same_bytes()
    {
        byte[] first = File.ReadAllBytes(ModulePackage.Write(StagedModule.Folder, StagedModule.Changelog, folder["first"]));
        string copy = CopyModule();

        byte[] second = File.ReadAllBytes(ModulePackage.Write(copy, StagedModule.Changelog, folder["second"]));

        Assert.Equal(first, second);
    }

    [Fact]
    public void It_holds_the_module_and_what_a_package_needs()
    {
        using ZipArchive package = Open();

        IEnumerable<string> module = Directory.EnumerateFiles(StagedModule.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(StagedModule.Folder, file).Replace('\\', '/'));
        Assert.Equal(
            module
                .Concat(["LlamaGate.nuspec", "[Content_Types].xml", "_rels/.rels", "package/services/metadata/core-properties/nuget.psmdcp"])
                .Order(StringComparer.Ordinal),
            package.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_tells_the_Gallery_what_it_shows()
    {
        using ZipArchive package = Open();
        using Stream nuspec = package.GetEntry("LlamaGate.nuspec")!.Open();
        Dictionary<string, string> metadata = XDocument.Load(nuspec).Root!.Elements().Single().Elements()
            .ToDictionary(element => element.Name.LocalName, element => element.Value, StringComparer.Ordinal);

        Assert.Equal("LlamaGate", metadata["id"]);
        Assert.Equal(Manifest.Version, metadata["version"]);
        Assert.Equal("LlamaGate contributors", metadata["authors"]);
        Assert.Equal("LlamaGate", metadata["owners"]);
        Assert.Equal("false", metadata["requireLicenseAcceptance"]);
        Assert.Equal(Manifest.ProjectUri, metadata["projectUrl"]);
        Assert.Equal(Manifest.ProjectUri + "/blob/main/LICENSE", metadata["licenseUrl"]);
        Assert.Contains("Import-LlamaGatePackage", metadata["releaseNotes"], StringComparison.Ordinal);
        Assert.DoesNotContain("\n## ", metadata["releaseNotes"], StringComparison.Ordinal);
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "PSModule",
                "PSEdition_Core",
                "PSEdition_Desktop",
                "PSIncludes_Cmdlet",
                "PSCmdlet_Import-LlamaGatePackage",
                "PSCommand_Import-LlamaGatePackage",
            },
            metadata["tags"].Split(' ').ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_library_of_others_is_named_in_the_notices()
    {
        HashSet<string> notices = [.. File.ReadLines(Path.Combine(StagedModule.Folder, "THIRD-PARTY-NOTICES.txt"))];

        List<string> libraries = [.. Directory.EnumerateFiles(StagedModule.Folder, "*.dll", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file))
            .Where(file => !file.StartsWith("LlamaGate.", StringComparison.Ordinal))];

        Assert.NotEmpty(libraries);
        Assert.All(libraries, library => Assert.Contains(library, notices));
    }

    private ZipArchive Open() => ZipFile.OpenRead(ModulePackage.Write(StagedModule.Folder, StagedModule.Changelog, folder.Path));

    /// <summary>The same files, written later and in another order.</summary>
    private string CopyModule()
    {
        string copy = folder["copy", "LlamaGate"];
        IEnumerable<string> files = Directory.EnumerateFiles(StagedModule.Folder, "*", SearchOption.AllDirectories);
        foreach (string file in files.OrderDescending(StringComparer.Ordinal))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(StagedModule.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            File.SetLastWriteTimeUtc(target, DateTime.UtcNow);
        }

        return copy;
    }
}
