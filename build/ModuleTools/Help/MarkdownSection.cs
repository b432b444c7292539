using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.ModuleTools.Help;

/// <summary>A heading, what stands below it, and the headings below it.</summary>
/// <param name="file">The name of the file.</param>
/// <param name="level">1 for <c>#</c>, and so on.</param>
/// <param name="title">The heading's text, without Markdown's marks.</param>
/// <param name="line">Where it stands, from 1.</param>
internal sealed class MarkdownSection(string file, int level, string title, int line)
{
    /// <summary>1 for <c>#</c>, and so on; 0 for the file itself.</summary>
    public int Level { get; } = level;

    /// <summary>The heading's text.</summary>
    public string Title { get; } = title;

    /// <summary>What stands between it and the next heading.</summary>
    public List<MarkdownBlock> Blocks { get; } = [];

    /// <summary>The headings one level below it.</summary>
    public List<MarkdownSection> Sections { get; } = [];

    /// <summary>The paragraphs and list items below the heading, when there is nothing else.</summary>
    /// <exception cref="ToolException">There is none, or there is code.</exception>
    public IReadOnlyList<MarkdownBlock> Prose => Blocks.Count > 0 && Blocks.TrueForAll(block => block.Kind is not MarkdownBlockKind.Code)
        ? Blocks
        : throw Problem($"'{Title}' has text below it, and no code");

    /// <summary>The one block of code below the heading.</summary>
    /// <exception cref="ToolException">There is none, or more than one.</exception>
    public MarkdownBlock Code => Blocks.Where(block => block.Kind is MarkdownBlockKind.Code).ToList() is [MarkdownBlock code]
        ? code
        : throw Problem($"'{Title}' has one block of code below it");

    /// <summary>An error in this section.</summary>
    /// <param name="rule">What ought to be.</param>
    public ToolException Problem(string rule) => new(file, line, rule + '.');

    /// <summary>An error in a block of this section.</summary>
    /// <param name="block">The block that breaks the rule.</param>
    /// <param name="rule">What ought to be.</param>
    public ToolException Problem(MarkdownBlock block, string rule) => new(file, block.Line, rule + '.');
}
