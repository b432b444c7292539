using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LlamaGate.ModuleTools.Help;

/// <summary>
/// The page of a cmdlet, in the schema 2.0.0 of PlatyPS: every part must be there, in its order, and the syntax must be what the
/// parameters say.
/// </summary>
internal sealed class HelpPage
{
    private static readonly string[] Parts =
        ["SYNOPSIS", "SYNTAX", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    private HelpPage(MarkdownFile file, MarkdownSection page)
    {
        Name = page.Title;
        HelpFile = file.GetFrontMatter("external help file");
        OnlineVersion = file.GetFrontMatter("online version");
        Synopsis = page.Sections[0].Prose is [{ Kind: MarkdownBlockKind.Paragraph } synopsis]
            ? synopsis.Text
            : throw page.Sections[0].Problem("The synopsis is one paragraph");
        Description = page.Sections[2].Prose;
        Examples = [.. page.Sections[3].Sections.Select(HelpExample.Read)];
        Parameters = [.. page.Sections[4].Sections.Where(section => section.Title is not "CommonParameters").Select(HelpParameter.Read)];
        Inputs = ReadTypes(page.Sections[5]);
        Outputs = ReadTypes(page.Sections[6]);
        Notes = page.Sections[7].Prose;
        RelatedLinks = [.. page.Sections[8].Blocks.Select(block => block.Text)];
        Syntaxes = ReadSyntaxes(page.Sections[1]);
    }

    /// <summary>The cmdlet's name.</summary>
    public string Name { get; }

    /// <summary>The name of the file that its help goes to.</summary>
    public string HelpFile { get; }

    /// <summary>The address of the page.</summary>
    public string OnlineVersion { get; }

    /// <summary>What the cmdlet does, in a sentence.</summary>
    public string Synopsis { get; }

    /// <summary>What it does, in full.</summary>
    public IReadOnlyList<MarkdownBlock> Description { get; }

    /// <summary>The parameters of each parameter set, the default one first.</summary>
    public IReadOnlyList<IReadOnlyList<HelpParameter>> Syntaxes { get; }

    /// <summary>The examples.</summary>
    public IReadOnlyList<HelpExample> Examples { get; }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<HelpParameter> Parameters { get; }

    /// <summary>The types that it takes from the pipeline, and what for.</summary>
    public IReadOnlyList<MarkdownSection> Inputs { get; }

    /// <summary>The types that it emits, and when.</summary>
    public IReadOnlyList<MarkdownSection> Outputs { get; }

    /// <summary>What else there is to know.</summary>
    public IReadOnlyList<MarkdownBlock> Notes { get; }

    /// <summary>The names of what to read next.</summary>
    public IReadOnlyList<string> RelatedLinks { get; }

    /// <summary>Reads a page.</summary>
    /// <exception cref="ToolException">The page is not of the schema.</exception>
    public static HelpPage Read(MarkdownFile file)
    {
        if (file.GetFrontMatter("schema") is not "2.0.0" || file.Root.Sections is not [MarkdownSection page]
            || !string.Equals(page.Title, Path.GetFileNameWithoutExtension(file.Path), StringComparison.Ordinal))
        {
            throw file.Root.Problem("A page has 'schema: 2.0.0' in front, and one heading of level 1, which names the cmdlet as the file does");
        }

        return page.Sections.Select(section => section.Title).SequenceEqual(Parts, StringComparer.Ordinal)
            ? new HelpPage(file, page)
            : throw page.Problem($"A page has these parts in this order: {string.Join(", ", Parts)}");
    }

    private static List<MarkdownSection> ReadTypes(MarkdownSection part) => part.Sections.Count > 0 && part.Blocks.Count == 0
        ? part.Sections
        : throw part.Problem($"{part.Title} has a heading a type, or '### None'");

    private List<IReadOnlyList<HelpParameter>> ReadSyntaxes(MarkdownSection syntax)
    {
        IEnumerable<MarkdownSection> sets = syntax.Sections.Count > 0 ? syntax.Sections : [syntax];
        return [.. sets
            .OrderByDescending(set => set.Title.EndsWith(" (Default)", StringComparison.Ordinal))
            .Select(ReadSyntax)];
    }

    /// <summary>The line gives the order of a set's parameters, and everything else in it must follow from them.</summary>
    private List<HelpParameter> ReadSyntax(MarkdownSection set)
    {
        string name = set.Title.Replace(" (Default)", string.Empty, StringComparison.Ordinal);
        string line = string.Join(' ', set.Code.Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        List<HelpParameter> parameters = [.. Parameters
            .Where(parameter => parameter.IsIn(name))
            .OrderBy(parameter => line.IndexOf(parameter.Syntax, StringComparison.Ordinal))];
        string expected = string.Join(' ', [Name, .. parameters.Select(parameter => parameter.Syntax), "[<CommonParameters>]"]);
        return string.Equals(line, expected, StringComparison.Ordinal)
            ? parameters
            : throw set.Problem(set.Code, $"By the parameters the syntax is '{expected}'");
    }
}
