using System;
using System.Runtime.InteropServices;
using System.Text;

namespace LlamaGate.Manifests;

/// <summary>
/// Shortens the lines of blanks between the header of a block scalar (<c>|</c> or <c>&gt;</c>) and its first line of text. They say nothing,
/// and YamlDotNet 18.1 refuses them where go-yaml and PyYAML read on. Every other character keeps its line and column.
/// </summary>
/// <remarks>
/// A line of blanks that is longer than the first line of text is indented is an error of the file, and stays for the parser to find. So the
/// text is read line by line as far as that takes: where a scalar begins, how deep its parent is indented, where it ends. A header that is
/// found by mistake, in a comment or in quotes, does no harm: there too the length of such a line makes no difference.
/// </remarks>
internal static class BlockScalarBlanks
{
    /// <summary>Shortens the lines.</summary>
    /// <param name="text">The text of a manifest.</param>
    /// <returns>The text, with as many lines.</returns>
    public static string Shorten(string text)
    {
        StringBuilder? shortened = null;
        int kept = 0;
        int parent = -1;
        Line line = Line.At(text, 0);
        while (line.Start < text.Length)
        {
            if (line.IsBlank || text[line.TextStart] == '#' || !TryReadHeader(text, line, ref parent, out int explicitIndent))
            {
                line = line.Next(text);
                continue;
            }

            Line first = line.Next(text);
            (int longest, Line content) = ReadBlanks(text, first);
            bool fits = explicitIndent > 0 || longest <= content.Indent;
            if (!fits)
            {
                content = SkipComments(text, content); // They end the scalar: there is no text in it.
            }

            bool isEmpty = content.Start >= text.Length || content.Indent <= parent || content.IsDocumentMarker(text);
            if (longest > 0 && (fits || isEmpty))
            {
                shortened ??= new StringBuilder(text.Length);
                for (Line blank = first; blank.Start < content.Start; blank = blank.Next(text))
                {
                    shortened.Append(text, kept, blank.Start - kept);
                    kept = blank.End;
                }
            }

            line = isEmpty ? content : SkipContent(text, content, explicitIndent > 0 ? explicitIndent : content.Indent);
        }

        return shortened is null ? text : shortened.Append(text, kept, text.Length - kept).ToString();
    }

    // Whether a line ends in the header of a block scalar. Finds the column of what the scalar belongs to, and of its text when the header
    // says it.
    private static bool TryReadHeader(string text, in Line line, ref int parent, out int explicitIndent)
    {
        explicitIndent = 0;
        int at = line.TextStart;
        if (line.IsDocumentMarker(text))
        {
            parent = -1;
            at = SkipSpaces(text, at + 3, line.End);
        }

        while (at < line.End && text[at] is '-' or '?' or ':' && (at + 1 == line.End || text[at + 1] == ' '))
        {
            parent = at - line.Start;
            at = SkipSpaces(text, at + 1, line.End);
        }

        int node = at;
        while (at < line.End && text[at] is '&' or '!')
        {
            at = SkipSpaces(text, EndOfWord(text, at, line.End), line.End);
        }

        int comment = text.IndexOf(" #", node, line.End - node, StringComparison.Ordinal);
        int end = comment < 0 ? line.End : comment;
        while (end > node && text[end - 1] is ' ' or '\t')
        {
            end--;
        }

        int header = end;
        while (header > node && text[header - 1] is '+' or '-' or (>= '1' and <= '9'))
        {
            header--;
        }

        header--;
        bool isHeader = header >= node && end - header <= 3 && text[header] is '|' or '>' && (header == node || text[header - 1] is ' ' or '\t');
        if (at < line.End && at != header)
        {
            parent = node - line.Start; // A key stands before it, or it is a line without a scalar, whose own scalar may follow.
        }

        int digit = isHeader ? text.IndexOfAny(['1', '2', '3', '4', '5', '6', '7', '8', '9'], header, end - header) : -1;
        explicitIndent = digit < 0 ? 0 : Math.Max(parent, 0) + (text[digit] - '0');
        return isHeader;
    }

    // The length of the longest of the lines of blanks, and the first line after them.
    private static (int Longest, Line Content) ReadBlanks(string text, Line line)
    {
        int longest = 0;
        while (line.Start < text.Length && line.IsBlank)
        {
            longest = Math.Max(longest, line.Indent);
            line = line.Next(text);
        }

        return (longest, line);
    }

    private static Line SkipComments(string text, Line line)
    {
        while (line.Start < text.Length && (line.IsBlank || text[line.TextStart] == '#'))
        {
            line = line.Next(text);
        }

        return line;
    }

    private static Line SkipContent(string text, Line line, int indent)
    {
        while (line.Start < text.Length && (line.IsBlank || (line.Indent >= indent && !line.IsDocumentMarker(text))))
        {
            line = line.Next(text);
        }

        return line;
    }

    private static int SkipSpaces(string text, int at, int end)
    {
        while (at < end && text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    private static int EndOfWord(string text, int at, int end)
    {
        while (at < end && text[at] != ' ')
        {
            at++;
        }

        return at;
    }

    /// <summary>A line of the text: where it starts, where its first character is that is no space, and where its line break is.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Line(int Start, int TextStart, int End)
    {
        public int Indent => TextStart - Start;

        public bool IsBlank => TextStart == End;

        public static Line At(string text, int start)
        {
            int end = start < text.Length ? text.IndexOf('\n', start) : -1;
            end = end < 0 ? text.Length : end;
            end = end > start && text[end - 1] == '\r' ? end - 1 : end;
            return new Line(start, SkipSpaces(text, start, end), end);
        }

        public Line Next(string text)
        {
            int lineBreak = End < text.Length && text[End] == '\r' ? End + 1 : End;
            return At(text, Math.Min(lineBreak + 1, text.Length));
        }

        public bool IsDocumentMarker(string text) => End - Start >= 3 && Indent == 0
            && (string.CompareOrdinal(text, Start, "---", 0, 3) == 0 || string.CompareOrdinal(text, Start, "...", 0, 3) == 0)
            && (End - Start == 3 || text[Start + 3] is ' ' or '\t');
    }
}
