using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

using Microsoft.PowerShell.Commands;

namespace LlamaGate.PowerShell;

/// <summary>Turns the paths of PowerShell (<c>~\x</c>, <c>TestDrive:\x</c>, relative to <c>$PWD</c>) into those of the file system.</summary>
internal static class FileSystemPath
{
    /// <summary>The id of the error that a path outside the file system is.</summary>
    public const string NotFileSystemPath = nameof(NotFileSystemPath);

    /// <summary>The full path that a literal path means; nothing need be there.</summary>
    /// <param name="paths">The session's paths.</param>
    /// <param name="path">The path as the user gave it. A separator at its end is kept.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="RuntimeException">There is no such drive or provider, or it is not the file system's.</exception>
    public static string Resolve(PathIntrinsics paths, string path)
    {
        string resolved = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.ImplementingType == typeof(FileSystemProvider) ? resolved : throw Refusal(path, provider);
    }

    /// <summary>The full paths that a path means: the one path when it exists as it is written, else those that match its wildcards.</summary>
    /// <param name="paths">The session's paths.</param>
    /// <param name="path">The path as the user gave it.</param>
    /// <returns>The full paths in ordinal order: none when no match of a wildcard is there, the path itself when it has no wildcard.</returns>
    /// <exception cref="RuntimeException">There is no such drive or provider, or it is not the file system's.</exception>
    public static IReadOnlyList<string> Expand(PathIntrinsics paths, string path)
    {
        string literal = Resolve(paths, path);
        if (File.Exists(literal) || Directory.Exists(literal))
        {
            return [literal];
        }

        try
        {
            return [.. paths.GetResolvedProviderPathFromPSPath(path, out _).OrderBy(match => match, StringComparer.Ordinal)];
        }
        catch (ItemNotFoundException)
        {
            // No wildcard: whoever opens the path says that nothing is there.
            return [literal];
        }
    }

    private static RuntimeException Refusal(string path, ProviderInfo provider)
    {
        var reason = new NotSupportedException($"'{path}' is a path of the provider '{provider.Name}'. Specify a path of the file system.");
        var record = new ErrorRecord(reason, NotFileSystemPath, ErrorCategory.InvalidArgument, path);
        return new RuntimeException(reason.Message, reason, record);
    }
}
