using System.IO;
using NuGet.Common;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace LlamaGate.Tests.Support;

/// <summary>Makes NuGet packages as others make them.</summary>
internal static class TestPackages
{
    /// <summary>A package of a small extension, or of something else.</summary>
    public static byte[] Make(
        string id, string version = "1.0.0", string? type = "LlamaGateExtension", string? itemId = null, string? itemVersion = null, bool hasTag = true, string body = "hello")
    {
        var builder = new PackageBuilder(deterministic: true, NullLogger.Instance)
        {
            Id = id,
            Version = NuGetVersion.Parse(version),
            Description = $"The package {id}",
        };
        builder.Authors.Add("Tests");
        if (type is not null)
        {
            builder.PackageTypes.Add(new PackageType(type, PackageType.EmptyVersion));
            if (hasTag)
            {
                builder.Tags.Add(type);
            }
        }

        Add(builder, "content/llamagate/manifest.yaml", TestHome.Manifest(itemId ?? id, itemVersion ?? version));
        Add(builder, "content/llamagate/templates/body.txt", body);
        using var stream = new MemoryStream();
        builder.Save(stream);
        return stream.ToArray();
    }

    /// <summary>Writes a package into a folder.</summary>
    public static string Write(string folder, string id, string version = "1.0.0", string? type = "LlamaGateExtension", string body = "hello")
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{id}.{version}.nupkg");
        File.WriteAllBytes(path, Make(id, version, type, body: body));
        return path;
    }

    private static void Add(PackageBuilder builder, string path, string content) => builder.Files.Add(
        new PhysicalPackageFile(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content))) { TargetPath = path });
}
