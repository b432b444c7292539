using System;
using System.IO;
using System.Linq;

namespace LlamaGate.ModuleTools.Package;

/// <summary>A file in the form of keepachangelog.com.</summary>
internal static class Changelog
{
    /// <summary>What it says of a version.</summary>
    /// <returns>The text below the version's heading.</returns>
    /// <exception cref="ToolException">It says nothing.</exception>
    public static string GetSection(string path, string version)
    {
        string notes = string.Join('\n', File.ReadLines(path)
            .SkipWhile(line => !line.StartsWith($"## [{version}]", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal) && !line.StartsWith('[')));
        return notes.Trim() is { Length: > 0 } text ? text : throw new ToolException(path, 0, $"There is nothing below '## [{version}]'.");
    }
}
