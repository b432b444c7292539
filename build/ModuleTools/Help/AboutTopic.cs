using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace LlamaGate.ModuleTools.Help;

/// <summary>Writes an <c>about_</c> topic as the text that <c>Get-Help</c> shows: 80 columns, a step of four a level.</summary>
internal sealed class AboutTopic
{
    private const int Width = 80;
    private const string Step = "    ";

    private readonly StringBuilder text = new();

    private AboutTopic(MarkdownSection topic)
    {
        text.Append("TOPIC\n").Append(Step).Append(topic.Title).Append('\n');
        foreach (MarkdownSection part in topic.Sections)
        {
            text.Append('\n').Append(part.Title.ToUpperInvariant()).Append('\n');
            AppendBlocks(part.Blocks);
            foreach (MarkdownSection section in part.Sections)
            {
                text.Append('\n').Append(Step[..2]).Append(section.Title).Append('\n');
                AppendBlocks(section.Blocks);
            }
        }
    }

    /// <summary>Writes a topic.</summary>
    /// <param name="file">The page: one heading of the first level, which names the topic as the file does.</param>
    /// <param name="path">The file to write.</param>
    /// <exception cref="ToolException">The page is not like that.</exception>
    public static void Write(MarkdownFile file, string path)
    {
        if (file.Root.Sections is not [MarkdownSection topic]
            || !string.Equals(topic.Title, Path.GetFileNameWithoutExtension(file.Path), StringComparison.Ordinal))
        {
            throw file.Root.Problem("A topic has one heading of the first level, which names it as the file does");
        }

        File.WriteAllText(path, new AboutTopic(topic).text.ToString());
    }

    private void AppendBlocks(IEnumerable<MarkdownBlock> blocks)
    {
        MarkdownBlockKind? previous = null;
        foreach (MarkdownBlock block in blocks)
        {
            if (previous is not null && !(previous is MarkdownBlockKind.ListItem && block.Kind is MarkdownBlockKind.ListItem))
            {
                text.Append('\n');
            }

            Append(block);
            previous = block.Kind;
        }
    }

    private void Append(MarkdownBlock block)
    {
        IEnumerable<string> lines = block.Kind switch
        {
            MarkdownBlockKind.Code => block.Text.Split('\n').Select(line => line.Length == 0 ? line : Step + Step + line),
            MarkdownBlockKind.ListItem => Wrap(block.Text, Step + "- ", Step + "  "),
            _ => Wrap(block.Text, Step, Step),
        };
        foreach (string line in lines)
        {
            text.Append(line).Append('\n');
        }
    }

    private static IEnumerable<string> Wrap(string prose, string firstIndent, string indent)
    {
        string line = firstIndent;
        bool isEmpty = true;
        foreach (string word in prose.Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                yield return line;
                line = indent;
                isEmpty = true;
            }

            line += isEmpty ? word : ' ' + word;
            isEmpty = false;
        }

        yield return line;
    }
}
