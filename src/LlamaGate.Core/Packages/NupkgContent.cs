using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LlamaGate.Packages;

/// <summary>
/// Finds the content of a package in a NuGet package: the files of the item are in <c>content/llamagate/</c>, and the rest
/// (<c>.nuspec</c>, <c>_rels/</c>, <c>package/</c>, <c>.signature.p7s</c> and whatever else) belongs to NuGet (contract, section 12).
/// </summary>
internal static class NupkgContent
{
    /// <summary>The folder of the item's files in a NuGet package.</summary>
    public const string Folder = "content/llamagate/";

    private const string ContentTypes = "[Content_Types].xml";
    private const string ManifestExtension = ".nuspec";

    /// <summary>The entries of the package: those of the item's folder for a NuGet package, all of them for any other zip file.</summary>
    /// <exception cref="InvalidDataException">It is a NuGet package that holds no item.</exception>
    public static IReadOnlyList<PackageEntry> Of(IReadOnlyList<PackageEntry> entries)
    {
        if (!IsNupkg(entries))
        {
            return entries;
        }

        var content = new List<PackageEntry>();
        foreach (PackageEntry entry in entries)
        {
            // NuGet escapes names as parts of an address.
            string name = Uri.UnescapeDataString(entry.Name);
            if (name.Length > Folder.Length && name.StartsWith(Folder, StringComparison.OrdinalIgnoreCase))
            {
                content.Add(new Entry(name.Substring(Folder.Length), entry));
            }
        }

        return content.Count > 0
            ? content
            : throw new InvalidDataException($"it is a NuGet package without content for LlamaGate: it has no files in {Folder}");
    }

    private static bool IsNupkg(IReadOnlyList<PackageEntry> entries) =>
        entries.Any(entry => string.Equals(entry.Name, ContentTypes, StringComparison.OrdinalIgnoreCase))
        && entries.Any(entry => entry.Name.IndexOf('/') < 0 && entry.Name.EndsWith(ManifestExtension, StringComparison.OrdinalIgnoreCase));

    /// <summary>An entry by its name in the item's folder.</summary>
    private sealed class Entry : PackageEntry
    {
        private readonly PackageEntry entry;

        public Entry(string name, PackageEntry entry)
            : base(name, entry.Kind, entry.Length, entry.Executable) => this.entry = entry;

        public override EntryStream Open() => entry.Open();
    }
}
