using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;

namespace LlamaGate.Operations;

/// <summary>
/// Finds the items of a legacy directory: every folder below it that holds a manifest, but for those under <c>builtin/</c> and a
/// module's own <c>extensions/</c>, and for where the home keeps its own (contract, section 8). Links are named and not
/// followed. Folders that begin with a dot (<c>.trash</c>, <c>.git</c>) and <c>node_modules</c> are not searched.
/// </summary>
internal static class LegacyScan
{
    private const string BuiltIn = "builtin";
    private const string OwnExtensions = "extensions";
    private const string NodeModules = "node_modules";

    /// <summary>The folders of items, and those that cannot be searched, in the order of their paths.</summary>
    /// <param name="home">The home.</param>
    /// <param name="legacyFolder">The folder to search; it is no item itself.</param>
    /// <param name="token">Stops the search.</param>
    public static IReadOnlyList<LegacyFolder> Find(LlamaGateHome home, string legacyFolder, CancellationToken token) =>
        [.. Find(home, new DirectoryInfo(legacyFolder), isModule: false, token)];

    private static IEnumerable<LegacyFolder> Find(LlamaGateHome home, DirectoryInfo folder, bool isModule, CancellationToken token)
    {
        if (TryList(folder, out string? problem) is not { } folders)
        {
            yield return new LegacyFolder(folder.FullName, problem);
            yield break;
        }

        foreach (DirectoryInfo below in folders)
        {
            token.ThrowIfCancellationRequested();
            if (below.Name[0] == '.' || Is(below, NodeModules) || Is(below, BuiltIn) || (isModule && Is(below, OwnExtensions))
                || home.ContentFolders.Any(own => StorePath.IsSame(own, below.FullName)))
            {
                continue;
            }

            if (StorePath.IsLink(below.FullName, below.Attributes))
            {
                yield return new LegacyFolder(
                    below.FullName, "it is a link, and links are not followed: replace the link with a copy of the folder", IsLink: true);
                continue;
            }

            if (TryFindManifests(below, out string? obstacle) is not { } manifests)
            {
                yield return new LegacyFolder(below.FullName, obstacle);
                continue;
            }

            if (manifests.Count > 0)
            {
                yield return new LegacyFolder(below.FullName, null);
            }

            foreach (LegacyFolder item in Find(home, below, ManifestNames.AnyOf(manifests, ItemType.AgenticModule), token))
            {
                yield return item;
            }
        }
    }

    private static HashSet<string>? TryFindManifests(DirectoryInfo folder, out string? problem)
    {
        try
        {
            problem = null;
            return new HashSet<string>(new FolderManifestFiles(folder.FullName).RootFiles, StringComparer.Ordinal);
        }
        catch (UnauthorizedAccessException exception)
        {
            problem = $"'{folder.FullName}' cannot be searched for items: {exception.Sentence()}";
            return null;
        }
    }

    private static IReadOnlyList<DirectoryInfo>? TryList(DirectoryInfo folder, out string? problem)
    {
        try
        {
            problem = null;
            return [.. folder.EnumerateDirectories().OrderBy(each => each.Name, StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            problem = null; // It has just been deleted.
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"'{folder.FullName}' cannot be searched for items: {exception.Sentence()}";
            return null;
        }
    }

    private static bool Is(DirectoryInfo folder, string name) => string.Equals(folder.Name, name, StringComparison.OrdinalIgnoreCase);
}
