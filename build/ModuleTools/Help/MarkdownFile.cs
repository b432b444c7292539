using System;
using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;

namespace LlamaGate.ModuleTools.Help;

/// <summary>
/// A file in the part of Markdown that help is written in: front matter, headings, paragraphs, lists of one level and fenced code;
/// in the text <c>`code`</c>, <c>**bold**</c> and links. What else Markdown knows is an error, as help could not show it.
/// </summary>
internal sealed partial class MarkdownFile
{
    private readonly Dictionary<string, string> frontMatter = new(StringComparer.Ordinal);
    private readonly string[] lines;
    private int next;

    private MarkdownFile(string path)
    {
        Path = path;
        lines = File.ReadAllLines(path);
        Root = new MarkdownSection(path, 0, System.IO.Path.GetFileName(path), 0);
    }

    /// <summary>Where the file lies.</summary>
    public string Path { get; }

    /// <summary>The file as a section: the headings of the first level are below it.</summary>
    public MarkdownSection Root { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <exception cref="ToolException">It holds something that help cannot show.</exception>
    public static MarkdownFile Read(string path)
    {
        var file = new MarkdownFile(path);
        file.ReadFrontMatter();
        file.ReadSections();
        return file;
    }

    /// <summary>A value of the front matter.</summary>
    /// <param name="key">Its name.</param>
    /// <exception cref="ToolException">It is not there.</exception>
    public string GetFrontMatter(string key) => frontMatter.TryGetValue(key, out string? value)
        ? value
        : throw new ToolException(Path, 1, $"The front matter has no '{key}'.");

    private void ReadFrontMatter()
    {
        if (lines is not ["---", ..])
        {
            return;
        }

        for (next = 1; next < lines.Length && lines[next] is not "---"; next++)
        {
            if (lines[next].Split(": ", 2) is not [string key, string value])
            {
                throw Problem("The front matter has 'name: value' lines.");
            }

            frontMatter.Add(key, value);
        }

        next++;
    }

    private void ReadSections()
    {
        var open = new Stack<MarkdownSection>([Root]);
        while (next < lines.Length)
        {
            if (lines[next].Length == 0)
            {
                next++;
            }
            else if (Heading().Match(lines[next]) is { Success: true } heading)
            {
                int level = heading.Groups["marks"].Length;
                while (open.Peek().Level >= level)
                {
                    open.Pop();
                }

                if (open.Peek().Level != level - 1)
                {
                    throw Problem("A heading is one level below the one that it belongs to.");
                }

                next++;
                var section = new MarkdownSection(Path, level, ToPlainText(heading.Groups["title"].Value), next);
                open.Peek().Sections.Add(section);
                open.Push(section);
            }
            else
            {
                open.Peek().Blocks.Add(ReadBlock());
            }
        }
    }

    private MarkdownBlock ReadBlock() => lines[next] switch
    {
        ['`', '`', '`', .. string language] => ReadCode(language),
        ['-', ' ', .. string text] => ReadProse(MarkdownBlockKind.ListItem, text),
        [char first, ..] when char.IsLetterOrDigit(first) || first is '`' or '[' or '*' or '$' or '(' or '"' or '\'' =>
            ReadProse(MarkdownBlockKind.Paragraph, lines[next]),
        _ => throw Problem("Help has paragraphs, '-' lists and fenced code, and nothing else."),
    };

    private MarkdownBlock ReadCode(string language)
    {
        int begin = ++next;
        while (next < lines.Length && lines[next] is not "```")
        {
            next++;
        }

        if (next == lines.Length)
        {
            next = begin - 1;
            throw Problem("The fence of this code is not closed.");
        }

        return new MarkdownBlock(MarkdownBlockKind.Code, string.Join('\n', lines[begin..next++]), begin, language);
    }

    /// <summary>Reads up to an empty line or the beginning of another block; an item's further lines are indented.</summary>
    private MarkdownBlock ReadProse(MarkdownBlockKind kind, string text)
    {
        int begin = ++next;
        for (; next < lines.Length && lines[next].Length > 0 && !OtherBlock().IsMatch(lines[next]); next++)
        {
            text += ' ' + lines[next].Trim();
        }

        return new MarkdownBlock(kind, ToPlainText(text), begin);
    }

    /// <summary>The text without the marks; of a link into the web the address, of another one its text.</summary>
    private static string ToPlainText(string markdown) =>
        Mark().Replace(Link().Replace(markdown, link => link.Groups["address"].Value.Contains("://", StringComparison.Ordinal)
            ? $"{link.Groups["text"].Value} ({link.Groups["address"].Value})"
            : link.Groups["text"].Value), string.Empty);

    private ToolException Problem(string rule) => new(Path, next + 1, rule);

    [GeneratedRegex("^(?<marks>#{1,3}) (?<title>.+)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("^(#|```|- )", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtherBlock();

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<address>[^)]+)\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"`|\*\*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
