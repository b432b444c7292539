using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Packages;

namespace LlamaGate.Transactions;

/// <summary>Compares what lies in a folder of the store with a list of checksums.</summary>
internal static class ContentCheck
{
    /// <summary>Compares the files of a folder with a list. A folder or a list that cannot be read matches nothing.</summary>
    public static ContentMatch Compare(string folder, string checksums)
    {
        try
        {
            if (!StorePath.IsFolder(folder) || Read(checksums) is not { } list)
            {
                return ContentMatch.None;
            }

            var problems = new List<Problem>();
            var tree = PackageTree.Read(folder, new LeftOut(), problems, CancellationToken.None);
            int right = tree.Files.Count(file => list.Lists(new FileDigest(file.File.Path, Digest(file.Entry))));
            return right == 0 && tree.Files.Count > 0 ? ContentMatch.None
                : right < tree.Files.Count || problems.Count > 0 ? ContentMatch.Some
                : right < list.Paths.Count ? ContentMatch.Part
                : ContentMatch.Whole;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return ContentMatch.None;
        }
    }

    /// <summary>Whether no listed file is missing. It does not read them. A list that is not there names none.</summary>
    public static bool HasAllFiles(string folder, string checksums) => Read(checksums) is not { } list
        || list.Paths.All(path => StorePath.Probe(Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar))) == PathKind.File);

    private static ChecksumsFile? Read(string checksums) =>
        StoreFile.TryReadAllBytes(checksums) is { } bytes ? ChecksumsFile.Parse(bytes) : null;

    private static string Digest(PackageEntry file)
    {
        using EntryStream content = file.Open();
        return ContentReader.Digest(content, CancellationToken.None);
    }
}
