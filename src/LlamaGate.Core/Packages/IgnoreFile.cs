using System;
using System.Collections.Generic;
using System.Text;

namespace LlamaGate.Packages;

/// <summary>
/// A file in gitignore's syntax. An own reader, because the libraries that read this syntax differ from git: they throw on a <c>[</c> that
/// is not closed, match <c>/a</c> below the root, and take time that grows exponentially with the stars of a pattern.
/// </summary>
internal sealed class IgnoreFile
{
    private readonly List<IgnorePattern> patterns = [];

    private IgnoreFile()
    {
    }

    /// <summary>Reads an ignore file. No content is wrong: what makes no pattern matches nothing, as in git.</summary>
    /// <param name="content">The bytes, with or without a byte order mark.</param>
    /// <returns>Its patterns.</returns>
    public static IgnoreFile Parse(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        ReadOnlySpan<byte> rest = content.StartsWith(mark) ? content[3..] : content;
        var file = new IgnoreFile();
        while (rest.Length > 0)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (IgnorePattern.Parse(line.Length > 0 && line[^1] == '\r' ? line[..^1] : line) is { } pattern)
            {
                file.patterns.Add(pattern);
            }
        }

        return file;
    }

    /// <summary>Whether a path is ignored: the last pattern that matches decides.</summary>
    /// <param name="path">The path from the folder of the file, <c>/</c>-separated.</param>
    /// <param name="isFolder">Whether it is a folder. The content of an ignored folder is ignored, and must not be asked for.</param>
    /// <returns>Whether it is ignored.</returns>
    public bool Ignores(string path, bool isFolder)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        for (int i = patterns.Count - 1; i >= 0; i--)
        {
            if (patterns[i].Matches(bytes, isFolder))
            {
                return !patterns[i].IsNegative;
            }
        }

        return false;
    }
}
