using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading;
using System.Xml.Linq;

namespace LlamaGate.Feeds;

/// <summary>
/// Rewrites a package of <c>PackageBuilder</c>, which writes the time of day and random names into it and knows neither execute
/// permissions nor empty folders, so that it depends on its content alone.
/// </summary>
internal static class ReproducibleNupkg
{
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;
    private const int Plain = 0x1A4;      // 0644
    private const int Executable = 0x1ED; // 0755
    private const int ModeShift = 16;
    private const string Relations = "_rels/.rels";
    private const string CorePropertiesExtension = ".psmdcp";
    private const string CoreProperties = "package/services/metadata/core-properties/core" + CorePropertiesExtension;

    /// <summary>The least time that a zip file can hold.</summary>
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a package anew.</summary>
    /// <param name="draft">The package as NuGet made it.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="folders">The empty folders to add, each ending in <c>/</c>.</param>
    /// <param name="executables">The names of the files that can be executed.</param>
    /// <param name="token">Stops the writing.</param>
    public static void Write(string draft, string path, IEnumerable<string> folders, ISet<string> executables, CancellationToken token)
    {
        using ZipArchive source = ZipFile.OpenRead(draft);
        using var output = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
        using var target = new ZipArchive(output, ZipArchiveMode.Create);
        foreach (ZipArchiveEntry entry in source.Entries)
        {
            token.ThrowIfCancellationRequested();
            bool isCoreProperties = entry.FullName.EndsWith(CorePropertiesExtension, StringComparison.Ordinal) && entry.FullName.StartsWith("package/", StringComparison.Ordinal);
            bool isExecutable = executables.Contains(Uri.UnescapeDataString(entry.FullName));
            using Stream to = Create(target, isCoreProperties ? CoreProperties : entry.FullName, Regular | (isExecutable ? Executable : Plain)).Open();
            using Stream from = entry.Open();
            if (string.Equals(entry.FullName, Relations, StringComparison.Ordinal))
            {
                CopyRelations(from, to);
            }
            else
            {
                from.CopyTo(to);
            }
        }

        foreach (string folder in folders)
        {
            Create(target, string.Join("/", folder.Split('/').Select(Uri.EscapeDataString)), Folder | Executable);
        }
    }

    private static ZipArchiveEntry Create(ZipArchive target, string name, int mode)
    {
        ZipArchiveEntry entry = target.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Time;
#if NET8_0_OR_GREATER
        entry.ExternalAttributes = mode << ModeShift; // .NET Framework has Windows alone, which knows no modes.
#endif
        return entry;
    }

    /// <summary>Copies the list of the package's parts; their ids follow from their names.</summary>
    private static void CopyRelations(Stream from, Stream to)
    {
        var document = XDocument.Load(from);
        foreach (XElement relation in document.Root!.Elements())
        {
            string target = relation.Attribute("Target")!.Value;
            target = target.EndsWith(CorePropertiesExtension, StringComparison.Ordinal) ? "/" + CoreProperties : target;
            relation.SetAttributeValue("Target", target);
            relation.SetAttributeValue("Id", "R" + FileHash.OfText(target)[..16]);
        }

        document.Save(to);
    }
}
