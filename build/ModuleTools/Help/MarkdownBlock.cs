namespace LlamaGate.ModuleTools.Help;

/// <summary>What a <see cref="MarkdownBlock"/> is.</summary>
internal enum MarkdownBlockKind
{
    /// <summary>A paragraph, its lines joined.</summary>
    Paragraph,

    /// <summary>An item of a list, its lines joined.</summary>
    ListItem,

    /// <summary>The lines between two fences.</summary>
    Code,
}

/// <summary>A piece of text below a heading.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text: plain but for code, without Markdown's marks.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Language">The word after the fence of code; empty when there is none.</param>
internal sealed record MarkdownBlock(MarkdownBlockKind Kind, string Text, int Line, string Language = "");
