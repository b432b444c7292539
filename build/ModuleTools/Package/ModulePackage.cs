using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Xml.Linq;

namespace LlamaGate.ModuleTools.Package;

/// <summary>
/// Makes the package of a module that <c>Publish-PSResource</c> makes, but the same bytes from the same files: the entries' order and
/// times are fixed, and nothing in it tells when or where it was made.
/// </summary>
internal sealed class ModulePackage
{
    private const string CorePropertiesPath = "package/services/metadata/core-properties/nuget.psmdcp";
    private const string ContentType = "application/octet";

    /// <summary>The first time that a zip can hold.</summary>
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly XNamespace Nuspec = "http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd";
    private static readonly XNamespace Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly XNamespace Properties = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";

    private readonly string name;
    private readonly ModuleManifest manifest;
    private readonly string releaseNotes;
    private readonly SortedDictionary<string, string> files = new(StringComparer.Ordinal);

    private ModulePackage(string moduleFolder, string changelog)
    {
        name = Path.GetFileName(Path.TrimEndingDirectorySeparator(moduleFolder));
        manifest = ModuleManifest.Read(Path.Combine(moduleFolder, name + ".psd1"));
        releaseNotes = Changelog.GetSection(changelog, manifest.Version);
        foreach (string file in Directory.EnumerateFiles(moduleFolder, "*", SearchOption.AllDirectories))
        {
            files.Add(Path.GetRelativePath(moduleFolder, file).Replace('\\', '/'), file);
        }
    }

    private string NuspecPath => name + ".nuspec";

    private string Tags => string.Join(' ', manifest.Tags);

    /// <summary>Writes the package of a module.</summary>
    /// <param name="moduleFolder">The module's folder; it bears the module's name.</param>
    /// <param name="changelog">The file that tells what is new in the manifest's version.</param>
    /// <param name="outputFolder">Where to write <c>name.version.nupkg</c>.</param>
    /// <returns>The path of the package.</returns>
    /// <exception cref="ToolException">Manifest or changelog lack something that the Gallery shows.</exception>
    public static string Write(string moduleFolder, string changelog, string outputFolder)
    {
        var package = new ModulePackage(moduleFolder, changelog);
        string path = Path.Combine(outputFolder, $"{package.name}.{package.manifest.Version}.nupkg");
        Directory.CreateDirectory(outputFolder);
        using FileStream stream = File.Create(path);
        package.Write(stream);
        return path;
    }

    private void Write(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        Add(zip, "[Content_Types].xml", ToContentTypes());
        Add(zip, "_rels/.rels", ToRelationships());
        Add(zip, NuspecPath, ToNuspec());
        Add(zip, CorePropertiesPath, ToCoreProperties());
        foreach ((string entry, string file) in files)
        {
            using FileStream content = File.OpenRead(file);
            Add(zip, entry, content.CopyTo);
        }
    }

    private static void Add(ZipArchive zip, string path, XElement content) => Add(zip, path, stream => XmlText.Write(content, stream));

    private static void Add(ZipArchive zip, string path, Action<Stream> write)
    {
        ZipArchiveEntry entry = zip.CreateEntry(path, CompressionLevel.SmallestSize);
        entry.LastWriteTime = EntryTime;
        // A plain file that its owner may write (0644), whatever the system that the package is made on.
        entry.ExternalAttributes = 0b1000_000_110_100_100 << 16;
        using Stream stream = entry.Open();
        write(stream);
    }

    private XElement ToNuspec() => new(
        Nuspec + "package",
        new XElement(
            Nuspec + "metadata",
            new XElement(Nuspec + "id", name),
            new XElement(Nuspec + "version", manifest.Version),
            new XElement(Nuspec + "authors", manifest.Author),
            new XElement(Nuspec + "owners", manifest.CompanyName),
            new XElement(Nuspec + "requireLicenseAcceptance", "false"),
            new XElement(Nuspec + "licenseUrl", manifest.LicenseUri),
            new XElement(Nuspec + "projectUrl", manifest.ProjectUri),
            new XElement(Nuspec + "description", manifest.Description),
            new XElement(Nuspec + "releaseNotes", releaseNotes),
            new XElement(Nuspec + "copyright", manifest.Copyright),
            new XElement(Nuspec + "tags", Tags)));

    private XElement ToCoreProperties() => new(
        Properties + "coreProperties",
        new XAttribute(XNamespace.Xmlns + "dc", DublinCore),
        new XElement(DublinCore + "creator", manifest.Author),
        new XElement(DublinCore + "description", manifest.Description),
        new XElement(DublinCore + "identifier", name),
        new XElement(Properties + "version", manifest.Version),
        new XElement(Properties + "keywords", Tags));

    private XElement ToRelationships() => new(
        Relations + "Relationships",
        ToRelationship("R1", "http://schemas.microsoft.com/packaging/2010/07/manifest", NuspecPath),
        ToRelationship("R2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", CorePropertiesPath));

    private static XElement ToRelationship(string id, string type, string target) => new(
        Relations + "Relationship",
        new XAttribute("Type", type),
        new XAttribute("Target", "/" + target),
        new XAttribute("Id", id));

    private XElement ToContentTypes() => new(
        ContentTypes + "Types",
        ToDefaultType("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ToDefaultType("psmdcp", "application/vnd.openxmlformats-package.core-properties+xml"),
        files.Keys
            .Append(NuspecPath)
            .Select(file => Path.GetExtension(file).TrimStart('.'))
            .Where(extension => extension.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal)
            .Select(extension => ToDefaultType(extension, ContentType)),
        files.Keys
            .Where(file => !Path.HasExtension(file))
            .Select(file => new XElement(
                ContentTypes + "Override",
                new XAttribute("PartName", "/" + file),
                new XAttribute("ContentType", ContentType))));

    private static XElement ToDefaultType(string extension, string type) => new(
        ContentTypes + "Default",
        new XAttribute("Extension", extension),
        new XAttribute("ContentType", type));
}
