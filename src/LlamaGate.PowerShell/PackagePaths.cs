using System.Collections.Generic;
using System.Management.Automation;

namespace LlamaGate.PowerShell;

/// <summary>The packages that <c>-Path</c> or <c>-LiteralPath</c> means.</summary>
internal static class PackagePaths
{
    /// <summary>The full paths; one that cannot be resolved is an error of its own, and the others follow.</summary>
    /// <param name="command">The cmdlet that they were given to.</param>
    /// <param name="paths">The paths as the user gave them.</param>
    /// <param name="areLiteral">Whether they are taken as they are written.</param>
    /// <returns>The full paths, in the order of <paramref name="paths"/>.</returns>
    public static IReadOnlyList<string> Find(PSCmdlet command, IEnumerable<string> paths, bool areLiteral)
    {
        var found = new List<string>();
        foreach (string path in paths)
        {
            try
            {
                IReadOnlyList<string> matches = areLiteral
                    ? [FileSystemPath.Resolve(command.SessionState.Path, path)]
                    : FileSystemPath.Expand(command.SessionState.Path, path);
                found.AddRange(matches);
                if (matches.Count == 0)
                {
                    command.WriteVerbose($"Nothing matches '{path}'.");
                }
            }
            catch (RuntimeException failure) when (failure is not PipelineStoppedException)
            {
                command.WriteError(failure.ErrorRecord);
            }
        }

        return found;
    }
}
