using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LlamaGate.Packages;

/// <summary>A set of bytes in a pattern of an ignore file: <c>[a-z]</c>, <c>[!a]</c>, <c>[[:digit:]]</c>.</summary>
internal static class IgnoreSet
{
    private static readonly Dictionary<string, Func<char, bool>> Classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = c => IsLetter(c) || IsDigit(c),
        ["alpha"] = IsLetter,
        ["blank"] = c => c is ' ' or '\t',
        ["cntrl"] = c => c is < ' ' or '\x7F',
        ["digit"] = IsDigit,
        ["graph"] = c => c is > ' ' and < '\x7F',
        ["lower"] = c => c is >= 'a' and <= 'z',
        ["print"] = c => c is >= ' ' and < '\x7F',
        ["punct"] = c => c is > ' ' and < '\x7F' && !IsLetter(c) && !IsDigit(c),
        ["space"] = c => c is ' ' or (>= '\t' and <= '\r'),
        ["upper"] = c => c is >= 'A' and <= 'Z',
        ["xdigit"] = c => IsDigit(c) || c is (>= 'a' and <= 'f') or (>= 'A' and <= 'F'),
    };

    /// <summary>Every byte.</summary>
    public static bool[] All { get; } = [.. Enumerable.Repeat(element: true, count: 256)];

    /// <summary>Reads a set.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="start">The place of the <c>[</c>.</param>
    /// <param name="set">The bytes; null when the set is not closed or names an unknown class, so that the pattern never matches.</param>
    /// <returns>The place of the <c>]</c>.</returns>
    public static int Read(ReadOnlySpan<byte> text, int start, out bool[]? set)
    {
        set = null;
        bool[] bytes = new bool[256];
        int i = start + 1;
        bool isNegative = i < text.Length && text[i] is (byte)'!' or (byte)'^';
        i += isNegative ? 1 : 0;
        int previous = 0; // What a range may begin with; 0 when it is nothing.
        for (bool isFirst = true; i < text.Length && (isFirst || text[i] != ']'); i++, isFirst = false)
        {
            if (ClassName(text[i..]) is { } name)
            {
                if (!Classes.TryGetValue(name, out Func<char, bool>? holds))
                {
                    return i;
                }

                AddWhere(bytes, holds);
                i += name.Length + 3;
                previous = 0;
                continue;
            }

            bool isRange = text[i] == '-' && previous != 0 && i + 1 < text.Length && text[i + 1] != ']';
            i += isRange ? 1 : 0;
            i += text[i] == '\\' ? 1 : 0;
            if (i == text.Length)
            {
                return i;
            }

            byte last = text[i];
            int first = isRange ? previous : last;
            AddWhere(bytes, c => c >= first && c <= last);
            previous = isRange ? 0 : last;
        }

        if (i < text.Length)
        {
            set = isNegative ? Array.ConvertAll(bytes, has => !has) : bytes;
        }

        return i;
    }

    // The name in '[:name:]' at the start of a text; null when there is none.
    private static string? ClassName(ReadOnlySpan<byte> text)
    {
        int end = text.Length > 2 && text[0] == '[' && text[1] == ':' ? text.IndexOf((byte)']') : -1;
        return end > 2 && text[end - 1] == ':' ? Encoding.ASCII.GetString(text[2..(end - 1)].ToArray()) : null;
    }

    private static void AddWhere(bool[] bytes, Func<char, bool> holds)
    {
        for (int b = 0; b < bytes.Length; b++)
        {
            bytes[b] |= holds((char)b);
        }
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
