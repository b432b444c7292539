using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;

namespace LlamaGate.Operations.GatewayStart;

/// <summary>
/// Finds extensions in a directory as gateway 0.9.1 does: every <c>manifest.yaml</c> at any depth, the root included, in the order of
/// their paths. Folders that are links are not entered; one folder that cannot be read ends the search with nothing.
/// </summary>
internal static class LegacyWalk
{
    private const string Definition = "manifest.yaml";

    /// <summary>Searches.</summary>
    /// <param name="root">The directory, which need not exist.</param>
    /// <param name="problem">Why nothing was found; null when all could be read.</param>
    /// <param name="token">Stops the search.</param>
    /// <returns>The folders that hold a manifest.</returns>
    public static IReadOnlyList<string> Find(string root, out string? problem, CancellationToken token)
    {
        problem = null;
        var found = new List<string>();
        if (StorePath.Probe(root) != PathKind.Folder)
        {
            return found;
        }

        var pending = new Stack<FileSystemInfo>();
        pending.Push(new DirectoryInfo(root));
        try
        {
            while (pending.Count > 0)
            {
                token.ThrowIfCancellationRequested();
                FileSystemInfo next = pending.Pop();
                if (next is DirectoryInfo folder && (folder.Attributes & FileAttributes.ReparsePoint) == 0)
                {
                    foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos()
                        .Where(entry => entry is DirectoryInfo || IsDefinition(entry))
                        .OrderByDescending(entry => entry.Name, StringComparer.Ordinal))
                    {
                        pending.Push(entry);
                    }
                }
                else if (IsDefinition(next))
                {
                    found.Add(Path.GetDirectoryName(next.FullName)!);
                }
            }

            return found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = exception.Message;
            return [];
        }
    }

    private static bool IsDefinition(FileSystemInfo entry) => string.Equals(entry.Name, Definition, StringComparison.Ordinal);
}
