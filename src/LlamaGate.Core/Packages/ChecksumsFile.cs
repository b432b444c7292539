using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LlamaGate.FileSystem;

namespace LlamaGate.Packages;

/// <summary>
/// The checksums of a package's files, as <c>sha256sum</c> writes and checks them: one line for each file, <c>&lt;sha256&gt;  &lt;path&gt;</c>
/// (contract, section 5, rule 5).
/// </summary>
internal sealed class ChecksumsFile
{
    /// <summary>The file's name, at the root of a package.</summary>
    public const string Name = "checksums.txt";

    /// <summary>The most bytes that are read of it: enough for more than a hundred thousand files.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private const int DigestLength = 64;

    private readonly Dictionary<string, (string Sha256, int Line)> listed = new(StringComparer.Ordinal);
    private readonly List<Problem> malformed = [];

    private ChecksumsFile()
    {
    }

    /// <summary>Writes checksums: sorted by path (ordinal), each line ended by <c>\n</c>.</summary>
    /// <param name="files">The files, in any order.</param>
    /// <returns>The content of the file.</returns>
    public static byte[] Format(IEnumerable<FileDigest> files)
    {
        var text = new StringBuilder();
        foreach (FileDigest file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            text.Append(file.Sha256).Append("  ").Append(file.Path).Append('\n');
        }

        return StrictUtf8.Encoding.GetBytes(text.ToString());
    }

    /// <summary>Reads checksums. A byte order mark, Windows' line ends, empty lines and <c>./</c> before a path are accepted.</summary>
    /// <param name="content">The content of the file.</param>
    /// <returns>What it lists. What is wrong with it comes out of <see cref="Check"/>.</returns>
    public static ChecksumsFile Parse(byte[] content)
    {
        var checksums = new ChecksumsFile();
        string text;
        try
        {
            text = StrictUtf8.Encoding.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            checksums.malformed.Add(Malformed(0, "it is not UTF-8 text"));
            return checksums;
        }

        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            checksums.ParseLine(lines[i].TrimEnd('\r'), i + 1);
        }

        return checksums;
    }

    /// <summary>The paths that are listed.</summary>
    public IReadOnlyCollection<string> Paths => listed.Keys;

    /// <summary>Whether a file is listed, as it is.</summary>
    public bool Lists(FileDigest file) =>
        listed.TryGetValue(file.Path, out (string Sha256, int Line) entry) && string.Equals(entry.Sha256, file.Sha256, StringComparison.Ordinal);

    /// <summary>Holds files against what is listed.</summary>
    /// <param name="files">
    /// Every file of the package, and the first <c>checksums.txt</c> when there are two; with an empty digest where the content could
    /// not be read.
    /// </param>
    /// <returns>Every file that differs, is missing or is not listed, and every line that cannot be read.</returns>
    public IReadOnlyList<Problem> Check(IReadOnlyCollection<FileDigest> files)
    {
        var problems = new List<Problem>(malformed);
        foreach (FileDigest file in files)
        {
            if (!listed.TryGetValue(file.Path, out (string Sha256, int Line) entry))
            {
                problems.Add(new Problem(Problem.Error, Printable.Of(file.Path), $"it is not listed in {Name}"));
            }
            else if (file.Sha256.Length > 0 && !string.Equals(entry.Sha256, file.Sha256, StringComparison.Ordinal))
            {
                string message = $"its SHA-256 is {file.Sha256}, but {Name} lists {entry.Sha256}";
                problems.Add(new Problem(Problem.Error, Printable.Of(file.Path), message));
            }
        }

        var there = new HashSet<string>(files.Select(file => file.Path), StringComparer.Ordinal);
        foreach (KeyValuePair<string, (string Sha256, int Line)> entry in listed.Where(entry => !there.Contains(entry.Key)))
        {
            problems.Add(Malformed(entry.Value.Line, $"the file '{Printable.Of(entry.Key)}' is listed, but is not in the package"));
        }

        return problems;
    }

    private static Problem Malformed(int line, string message) => new(Problem.Error, Name, message, line: line, column: line > 0 ? 1 : 0);

    private void ParseLine(string line, int number)
    {
        if (line.Length == 0)
        {
            return;
        }

        // A blank or an asterisk says whether the file was read as text or as bytes: that made a difference once.
        if (line.Length < DigestLength + 3 || line[DigestLength] != ' ' || line[DigestLength + 1] is not (' ' or '*')
            || !line.Take(DigestLength).All(Uri.IsHexDigit))
        {
            malformed.Add(Malformed(number, "the line does not have the form '<64 hexadecimal digits>  <path>'"));
            return;
        }

        string path = line[(DigestLength + 2)..].Replace('\\', '/');
        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;

        // What is left out of packages may be listed, wherever the list was made.
        if (LeftOut.IsDebris(path, isFolder: false))
        {
            return;
        }

        if (listed.ContainsKey(path))
        {
            malformed.Add(Malformed(number, $"the file '{Printable.Of(path)}' is listed twice"));
            return;
        }

        listed.Add(path, (line[..DigestLength].ToLowerInvariant(), number));
    }
}
