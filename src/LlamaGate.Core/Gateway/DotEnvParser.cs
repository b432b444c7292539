using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace LlamaGate.Gateway;

/// <summary>
/// Reads statements, <c>KEY=value</c> or <c>KEY: value</c>, by the rules of the gateway's reader: <c>export</c> may stand before a key;
/// a value in quotes may span lines, and what follows it is the next statement; outside single quotes <c>$NAME</c> and
/// <c>${NAME}</c> stand for values above (never for the environment), and <c>\$</c> for the character itself.
/// </summary>
internal sealed class DotEnvParser
{
    private const string Export = "export";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly Regex Escape = new(@"\\.", RegexOptions.CultureInvariant, Limit);
    private static readonly Regex Escaped = new(@"\\(?<character>[^$])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit);
    private static readonly Regex Variable = new(
        @"(?<escape>\\)?\$\(?\{?(?<name>[A-Z0-9_]+)?\}?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit);

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly string text;
    private int at;

    public DotEnvParser(string text)
    {
        this.text = text.Replace("\r\n", "\n");
    }

    /// <summary>Reads all statements. The last one of a key counts.</summary>
    /// <returns>The values by key.</returns>
    /// <exception cref="FormatException">A statement cannot be read.</exception>
    public IReadOnlyDictionary<string, string> Read()
    {
        while (FindStatement())
        {
            string key = ReadKey();
            values[key] = ReadValue();
        }

        return values;
    }

    private bool FindStatement()
    {
        while (true)
        {
            Skip(c => char.IsWhiteSpace(c));
            if (at == text.Length || text[at] != '#')
            {
                return at < text.Length;
            }

            Skip(c => c != '\n');
        }
    }

    private string ReadKey()
    {
        if (string.CompareOrdinal(text, at, Export, 0, Export.Length) == 0
            && at + Export.Length < text.Length && IsSpace(text[at + Export.Length]))
        {
            at += Export.Length;
            Skip(IsSpace);
        }

        int start = at;
        int end = start; // What has no '=' or ':' is a value without a key.
        for (int i = start; i < text.Length; i++)
        {
            if (text[i] is '=' or ':')
            {
                end = i;
                at = i + 1;
                break;
            }

            if (!MayBeInKey(text[i]))
            {
                throw new FormatException(string.Format(
                    CultureInfo.InvariantCulture, "line {0} has {1}, but a name or '=' is expected", Line(i), Describe(text[i])));
            }
        }

        Skip(IsSpace);
        return text.Substring(start, end - start).TrimEnd();
    }

    // The reader looks at the bytes of a key, each as a character of Latin-1.
    private static bool MayBeInKey(char c) => c < 0x80 ? IsAllowed(c)
        : !char.IsSurrogate(c) && Encoding.UTF8.GetBytes([c]).All(each => IsAllowed((char)each));

    private static bool IsAllowed(char c) => c is '_' or '.' || IsSpace(c) || char.IsLetter(c) || char.IsNumber(c);

    private string ReadValue()
    {
        if (at < text.Length && text[at] is '"' or '\'')
        {
            return ReadQuoted(text[at]);
        }

        int start = at;
        Skip(c => c is not ('\n' or '\r'));
        int end = at;
        for (int i = end - 1; i > start; i--)
        {
            if (text[i] == '#' && IsSpace(text[i - 1]))
            {
                end = i;
                break;
            }
        }

        while (start < end && IsSpace(text[start]))
        {
            start++;
        }

        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        return Expand(text.Substring(start, end - start));
    }

    private string ReadQuoted(char quote)
    {
        int start = at;
        for (int i = start + 1; i < text.Length; i++)
        {
            if (text[i] == quote && text[i - 1] != '\\')
            {
                at = i + 1;
                string value = text.Substring(start, i - start).Trim(quote);
                return quote == '"' ? Expand(Unescape(value)) : value;
            }
        }

        throw new FormatException(string.Format(CultureInfo.InvariantCulture, "the quote that opens in line {0} is never closed", Line(start)));
    }

    private static string Unescape(string value) => Escaped.Replace(
        Escape.Replace(value, match => match.Value switch { "\\n" => "\n", "\\r" => "\r", _ => match.Value }), "${character}");

    private string Expand(string value) => Variable.Replace(value, match =>
        match.Groups["escape"].Success ? match.Value.Substring(1)
        : !match.Groups["name"].Success ? match.Value
        : values.TryGetValue(match.Groups["name"].Value, out string? known) ? known
        : string.Empty);

    // White space that does not end a line.
    private static bool IsSpace(char c) => c is '\t' or '\v' or '\f' or '\r' or ' ' or '\u0085' or '\u00A0';

    private void Skip(Func<char, bool> isSkipped)
    {
        while (at < text.Length && isSkipped(text[at]))
        {
            at++;
        }
    }

    private int Line(int index) => text.Take(index).Count(c => c == '\n') + 1;

    private static string Describe(char c) => c switch
    {
        '\n' => "the end of the line",
        '\uFEFF' => "a byte order mark",
        _ => $"'{Printable.Of(c.ToString())}'",
    };
}
