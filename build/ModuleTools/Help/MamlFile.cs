using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace LlamaGate.ModuleTools.Help;

/// <summary>Writes the file that <c>Get-Help</c> reads.</summary>
internal static class MamlFile
{
    /// <summary>How wide the dashes around an example's title are: what the help of PowerShell itself has.</summary>
    private const int TitleWidth = 68;

    private static readonly XNamespace Items = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes pages.</summary>
    /// <param name="pages">The help pages, one for each cmdlet.</param>
    /// <param name="path">The file to write.</param>
    public static void Write(IEnumerable<HelpPage> pages, string path)
    {
        using FileStream stream = File.Create(path);
        XmlText.Write(new XElement(Items + "helpItems", new XAttribute("schema", "maml"), pages.Select(ToCommand)), stream);
    }

    private static XElement ToCommand(HelpPage page)
    {
        string[] name = page.Name.Split('-', 2);
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", page.Name),
                new XElement(Command + "verb", name[0]),
                new XElement(Command + "noun", name[1]),
                new XElement(Maml + "description", new XElement(Maml + "para", page.Synopsis))),
            ToDescription(page.Description),
            new XElement(Command + "syntax", page.Syntaxes.Select(set => new XElement(
                Command + "syntaxItem",
                new XElement(Maml + "name", page.Name),
                set.Select(ToParameter)))),
            new XElement(Command + "parameters", page.Parameters.Select(ToParameter)),
            new XElement(Command + "inputTypes", page.Inputs.Select(type => new XElement(Command + "inputType", ToTypeAndUse(type)))),
            new XElement(Command + "returnValues", page.Outputs.Select(type => new XElement(Command + "returnValue", ToTypeAndUse(type)))),
            new XElement(Maml + "alertSet", new XElement(Maml + "alert", ToParagraphs(page.Notes))),
            new XElement(Command + "examples", page.Examples.Select(ToExample)),
            new XElement(
                Command + "relatedLinks",
                ToLink("Online Version:", page.OnlineVersion),
                page.RelatedLinks.Select(link => ToLink(link, string.Empty))));
    }

    private static XElement ToParameter(HelpParameter parameter) => new(
        Command + "parameter",
        new XAttribute("required", ToText(parameter.IsRequired)),
        new XAttribute("variableLength", "true"),
        new XAttribute("globbing", ToText(parameter.AcceptsWildcards)),
        new XAttribute("pipelineInput", parameter.PipelineInput),
        new XAttribute("position", parameter.Position),
        new XAttribute("aliases", parameter.Aliases is [] ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        ToDescription(parameter.Description),
        parameter.AcceptedValues is []
            ? null
            : new XElement(Command + "parameterValueGroup", parameter.AcceptedValues.Select(value => ToValue(value, isRequired: false))),
        parameter.IsSwitch ? null : ToValue(parameter.Type, isRequired: true),
        new XElement(Dev + "type", new XElement(Maml + "name", parameter.Type), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", parameter.DefaultValue));

    private static XElement ToValue(string value, bool isRequired) => new(
        Command + "parameterValue",
        new XAttribute("required", ToText(isRequired)),
        new XAttribute("variableLength", "false"),
        value);

    private static XElement[] ToTypeAndUse(MarkdownSection type) =>
        [new(Dev + "type", new XElement(Maml + "name", type.Title)), ToDescription(type.Prose)];

    private static XElement ToExample(HelpExample example)
    {
        string title = $" {example.Title} ";
        string dashes = new('-', int.Max(0, (TitleWidth - title.Length) / 2));
        return new XElement(
            Command + "example",
            new XElement(Maml + "title", dashes + title + dashes),
            new XElement(Dev + "code", example.Code),
            // The empty paragraphs keep an example apart from the next one.
            new XElement(Dev + "remarks", ToParagraphs(example.Remarks), new XElement(Maml + "para"), new XElement(Maml + "para")));
    }

    private static XElement ToLink(string text, string address) => new(
        Maml + "navigationLink",
        new XElement(Maml + "linkText", text),
        new XElement(Maml + "uri", address));

    private static XElement ToDescription(IEnumerable<MarkdownBlock> blocks) => new(Maml + "description", ToParagraphs(blocks));

    private static IEnumerable<XElement> ToParagraphs(IEnumerable<MarkdownBlock> blocks) => blocks.Select(block =>
        new XElement(Maml + "para", block.Kind is MarkdownBlockKind.ListItem ? "- " + block.Text : block.Text));

    private static string ToText(bool flag) => flag.ToString(CultureInfo.InvariantCulture).ToLowerInvariant();
}
