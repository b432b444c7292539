using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.Manifests;

namespace LlamaGate.Discovery;

/// <summary>
/// Finds the items of a legacy directory: every folder below it that holds a manifest, but for those under <c>builtin/</c> and a
/// module's own <c>extensions/</c> (contract, section 8). Links are not followed.
/// </summary>
internal static class LegacyScan
{
    private const string BuiltIn = "builtin";
    private const string OwnExtensions = "extensions";

    /// <summary>The folders of items, in the order of their paths.</summary>
    /// <param name="legacyFolder">The folder to search; it is no item itself.</param>
    /// <param name="token">Stops the search.</param>
    /// <returns>Full paths.</returns>
    /// <exception cref="LlamaGateException">InstallFailed: a folder cannot be read.</exception>
    public static IReadOnlyList<string> Find(string legacyFolder, CancellationToken token)
    {
        try
        {
            return [.. Find(new DirectoryInfo(legacyFolder), isModule: false, token)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LlamaGateException(
                ErrorIds.InstallFailed,
                $"'{legacyFolder}' cannot be searched for items: {exception.Message} See that you have the permission to read everything below it.",
                legacyFolder,
                innerException: exception);
        }
    }

    private static IEnumerable<string> Find(DirectoryInfo folder, bool isModule, CancellationToken token)
    {
        foreach (DirectoryInfo below in folder.EnumerateDirectories().OrderBy(each => each.Name, StringComparer.Ordinal))
        {
            token.ThrowIfCancellationRequested();
            if ((below.Attributes & FileAttributes.ReparsePoint) != 0 || Is(below, BuiltIn) || (isModule && Is(below, OwnExtensions)))
            {
                continue;
            }

            var manifests = new HashSet<string>(new FolderManifestFiles(below.FullName).RootFiles, StringComparer.Ordinal);
            if (manifests.Count > 0)
            {
                yield return below.FullName;
            }

            foreach (string item in Find(below, ManifestNames.AnyOf(manifests, ItemType.AgenticModule), token))
            {
                yield return item;
            }
        }
    }

    private static bool Is(DirectoryInfo folder, string name) => string.Equals(folder.Name, name, StringComparison.OrdinalIgnoreCase);
}
