using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.ModuleTools.Help;

/// <summary>An example of a cmdlet's use.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">The commands and what they put out.</param>
/// <param name="Remarks">What there is to say about it.</param>
internal sealed record HelpExample(string Title, string Code, IReadOnlyList<MarkdownBlock> Remarks)
{
    /// <summary>Reads a section below EXAMPLES: code with its output, then remarks.</summary>
    public static HelpExample Read(MarkdownSection section)
    {
        List<MarkdownBlock> code = [.. section.Blocks.TakeWhile(block => block.Kind is MarkdownBlockKind.Code)];
        List<MarkdownBlock> remarks = [.. section.Blocks.Skip(code.Count)];
        if (code is not [{ Language: "powershell" }, ..] || !code.TrueForAll(block => block.Language is "powershell" or "Output")
            || remarks.Count == 0 || remarks.Exists(block => block.Kind is MarkdownBlockKind.Code))
        {
            throw section.Problem("An example is code in 'powershell', what it puts out in 'Output', then remarks");
        }

        return new HelpExample(section.Title, string.Join("\n\n", code.Select(block => block.Text)), remarks);
    }
}
