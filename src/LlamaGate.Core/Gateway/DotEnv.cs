using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using LlamaGate.FileSystem;

namespace LlamaGate.Gateway;

/// <summary>
/// Reads the <c>KEY=value</c> lines of a <c>.env</c> file as the gateway's own reader does: <c>export</c>, comments, single and
/// double quotes, a BOM and any line ending are understood, the last line of a key counts, and a line that is none of that is
/// passed over. Values are taken as they stand: <c>$NAME</c> is not replaced, and a value ends with its line.
/// </summary>
internal static class DotEnv
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The values by key (keys are compared exactly); none when there is no such file.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        if (!File.Exists(path))
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        StorePath.RefuseSpecial(path);
        if (new FileInfo(path).Length > MostBytes)
        {
            throw new IOException($"It has more than {MostBytes / 1024} KiB.");
        }

        using var reader = new StreamReader(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return Parse(reader);
    }

    /// <summary>Reads lines.</summary>
    /// <param name="reader">Where they come from.</param>
    /// <returns>The values by key.</returns>
    public static IReadOnlyDictionary<string, string> Parse(TextReader reader)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            int equals = line.IndexOf('=');
            string key = equals < 0 ? string.Empty : WithoutExport(line.Substring(0, equals).Trim());
            if (key.Length > 0 && key[0] != '#')
            {
                values[key] = Value(line.Substring(equals + 1).Trim());
            }
        }

        return values;
    }

    private static string WithoutExport(string key)
    {
        const string Export = "export";
        return key.Length > Export.Length && key.StartsWith(Export, StringComparison.Ordinal) && char.IsWhiteSpace(key[Export.Length])
            ? key.Substring(Export.Length).TrimStart()
            : key;
    }

    private static string Value(string text) =>
        (text.Length > 0 && text[0] is '"' or '\'' ? Quoted(text) : null) ?? WithoutComment(text);

    /// <summary>The text between the quotes; null when they are not closed.</summary>
    private static string? Quoted(string text)
    {
        char quote = text[0];
        var value = new StringBuilder(text.Length);
        for (int i = 1; i < text.Length; i++)
        {
            char c = text[i];
            if (c == quote)
            {
                return value.ToString();
            }

            if (c == '\\' && quote == '"' && i + 1 < text.Length)
            {
                c = text[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', char escaped => escaped };
            }

            value.Append(c);
        }

        return null;
    }

    private static string WithoutComment(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '#' && (i == 0 || char.IsWhiteSpace(text[i - 1])))
            {
                return text.Substring(0, i).TrimEnd();
            }
        }

        return text;
    }
}
