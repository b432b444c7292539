using System;
using System.Collections.Generic;

namespace LlamaGate.Packages;

/// <summary>
/// One pattern of gitignore's syntax, matched as git matches it: byte by byte of UTF-8, case counts. A pattern becomes a row of tokens,
/// and a path is read once while the reachable tokens are kept, so that no pattern takes more than its length times that of the path.
/// </summary>
internal sealed class IgnorePattern
{
    private readonly List<Token> tokens = [];
    private readonly bool isForFoldersOnly;
    private readonly bool isForNames;

    private IgnorePattern(bool isNegative, bool isForFoldersOnly, bool isForNames)
    {
        IsNegative = isNegative;
        this.isForFoldersOnly = isForFoldersOnly;
        this.isForNames = isForNames;
    }

    private enum TokenKind
    {
        /// <summary>One certain byte.</summary>
        Byte,

        /// <summary>One byte of a set, and no separator.</summary>
        Set,

        /// <summary>Any bytes but separators, or none: <c>*</c>.</summary>
        Name,

        /// <summary>Any bytes, or none: <c>**</c> at the end.</summary>
        Anything,

        /// <summary>Before <see cref="Folders"/>: there may be none.</summary>
        MaybeFolders,

        /// <summary>Any bytes up to a separator: <c>**/</c>.</summary>
        Folders,
    }

    /// <summary>Whether the pattern takes back what patterns above it ignore: it begins with <c>!</c>.</summary>
    public bool IsNegative { get; }

    /// <summary>Reads a line of an ignore file.</summary>
    /// <param name="line">The line in UTF-8, without its end.</param>
    /// <returns>The pattern; null for a comment, and for what never matches.</returns>
    public static IgnorePattern? Parse(ReadOnlySpan<byte> line)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return null;
        }

        ReadOnlySpan<byte> text = TrimSpaces(line);
        bool isNegative = text.Length > 0 && text[0] == '!';
        text = isNegative ? text[1..] : text;
        bool endsInSeparator = text.Length > 0 && text[^1] == '/';
        text = endsInSeparator ? text[..^1] : text;
        var pattern = new IgnorePattern(isNegative, endsInSeparator, isForNames: text.IndexOf((byte)'/') < 0);
        text = text.Length > 0 && text[0] == '/' ? text[1..] : text;
        return text.Length > 0 && pattern.TryReadTokens(text) ? pattern : null;
    }

    /// <summary>Whether the pattern matches a path.</summary>
    /// <param name="path">The path from the folder of the ignore file, in UTF-8, <c>/</c>-separated.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    /// <returns>Whether it matches, negative or not.</returns>
    public bool Matches(ReadOnlySpan<byte> path, bool isFolder)
    {
        if (isForFoldersOnly && !isFolder)
        {
            return false;
        }

        bool[] reached = new bool[tokens.Count + 1];
        Reach(reached, 0);
        foreach (byte b in isForNames ? path[(path.LastIndexOf((byte)'/') + 1)..] : path)
        {
            bool[] next = new bool[tokens.Count + 1];
            for (int i = 0; i < tokens.Count; i++)
            {
                if (reached[i])
                {
                    Step(next, i, b);
                }
            }

            reached = next;
        }

        return reached[tokens.Count];
    }

    // Spaces at the end do not count, unless a backslash stands before them.
    private static ReadOnlySpan<byte> TrimSpaces(ReadOnlySpan<byte> line)
    {
        int end = 0;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
                end = Math.Min(i + 1, line.Length);
            }
            else if (line[i] != ' ')
            {
                end = i + 1;
            }
        }

        return line[..end];
    }

    private void Step(bool[] next, int index, byte b)
    {
        Token token = tokens[index];
        switch (token.Kind)
        {
            case TokenKind.Byte when b == token.Value:
            case TokenKind.Set when b != '/' && token.Set![b]:
                Reach(next, index + 1);
                break;
            case TokenKind.Anything:
            case TokenKind.Name when b != '/':
                Reach(next, index);
                break;
            case TokenKind.Folders:
                Reach(next, index);
                if (b == '/')
                {
                    Reach(next, index + 1);
                }

                break;
        }
    }

    private void Reach(bool[] reached, int index)
    {
        while (!reached[index])
        {
            reached[index] = true;
            TokenKind? kind = index < tokens.Count ? tokens[index].Kind : null;
            if (kind == TokenKind.MaybeFolders)
            {
                reached[index + 1] = true;
                index += 2;
            }
            else if (kind is TokenKind.Name or TokenKind.Anything)
            {
                index++;
            }
        }
    }

    private bool TryReadTokens(ReadOnlySpan<byte> text)
    {
        // git compares what stands before the first special character as it is, and takes the rest for a pattern of its own: '**' at
        // the start of the rest spans folders, whatever stands before it.
        int restStart = text.IndexOfAny("*?[\\"u8);
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'*':
                    i = ReadStars(text, i, restStart);
                    break;
                case (byte)'?':
                    tokens.Add(new Token(TokenKind.Set, Set: IgnoreSet.All));
                    break;
                case (byte)'[':
                    i = IgnoreSet.Read(text, i, out bool[]? set);
                    if (set is null)
                    {
                        return false;
                    }

                    tokens.Add(new Token(TokenKind.Set, Set: set));
                    break;
                case (byte)'\\' when i + 1 == text.Length:
                    return false;
                default:
                    i += text[i] == '\\' ? 1 : 0;
                    tokens.Add(new Token(TokenKind.Byte, text[i]));
                    break;
            }
        }

        return true;
    }

    // Reads one or more '*', and the '/' behind '**' where that spans folders. Gives the place of the last byte read.
    private int ReadStars(ReadOnlySpan<byte> text, int start, int restStart)
    {
        int end = start;
        while (end < text.Length && text[end] == '*')
        {
            end++;
        }

        bool spansFolders = end - start > 1 && !isForNames
            && (start == restStart || text[start - 1] == '/')
            && (end == text.Length || text[end] == '/' || (text[end] == '\\' && end + 1 < text.Length && text[end + 1] == '/'));
        if (spansFolders && end < text.Length && text[end] == '/')
        {
            tokens.Add(new Token(TokenKind.MaybeFolders));
            tokens.Add(new Token(TokenKind.Folders));
            return end;
        }

        tokens.Add(new Token(spansFolders ? TokenKind.Anything : TokenKind.Name));
        return end - 1;
    }

    private readonly record struct Token(TokenKind Kind, byte Value = 0, bool[]? Set = null);
}
