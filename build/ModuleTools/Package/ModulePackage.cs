using System;
using System.IO;
using System.Linq;

using NuGet.Packaging;
using NuGet.Versioning;

namespace LlamaGate.ModuleTools.Package;

/// <summary>Makes the Gallery package of a module: the same bytes from the same files, wherever and whenever it is made.</summary>
internal static class ModulePackage
{
    /// <summary>The first time that a zip can hold.</summary>
    private const string EntryTime = "1980-01-01T00:00:00Z";

    /// <summary>Writes the package of a module.</summary>
    /// <param name="moduleFolder">The module's folder; it bears the module's name.</param>
    /// <param name="changelog">The file that tells what is new in the manifest's version.</param>
    /// <param name="outputFolder">Where to write <c>name.version.nupkg</c>.</param>
    /// <returns>The path of the package.</returns>
    /// <exception cref="ToolException">Manifest or changelog lack something that the Gallery shows.</exception>
    public static string Write(string moduleFolder, string changelog, string outputFolder)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(moduleFolder));
        var manifest = ModuleManifest.Read(Path.Combine(moduleFolder, name + ".psd1"));
        var package = new PackageBuilder(deterministic: true)
        {
            DeterministicTimestamp = EntryTime,
            Id = name,
            Version = NuGetVersion.Parse(manifest.Version),
            LicenseUrl = new Uri(manifest.LicenseUri),
            ProjectUrl = new Uri(manifest.ProjectUri),
            Description = manifest.Description,
            ReleaseNotes = Changelog.GetSection(changelog, manifest.Version),
            Copyright = manifest.Copyright,
        };
        package.Authors.Add(manifest.Author);
        package.Owners.Add(manifest.CompanyName);
        package.Tags.UnionWith(manifest.Tags);

        // The order in the package is the order here; file systems list in one of their own.
        package.Files.AddRange(Directory.EnumerateFiles(moduleFolder, "*", SearchOption.AllDirectories)
            .Select(file => new PhysicalPackageFile { SourcePath = file, TargetPath = Path.GetRelativePath(moduleFolder, file) })
            .OrderBy(file => file.TargetPath.Replace('\\', '/'), StringComparer.Ordinal));

        string path = Path.Combine(outputFolder, $"{name}.{manifest.Version}.nupkg");
        Directory.CreateDirectory(outputFolder);
        using FileStream stream = File.Create(path);
        package.Save(stream);
        return path;
    }
}
