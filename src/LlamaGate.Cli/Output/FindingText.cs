using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LlamaGate.Cli.Output;

/// <summary>A finding as people read it: no line is longer than 80 characters unless a path or a command is.</summary>
internal static class FindingText
{
    private const int Width = 80;
    private const string Indent = "    ";

    public static string Of(HomeFinding finding)
    {
        string severity = finding.Severity switch
        {
            HomeFinding.Error => Terminal.Red("error"),
            HomeFinding.Warning => Terminal.Yellow("warning"),
            _ => Terminal.Dim("information"),
        };
        string type = ItemTypes.TryParse(finding.Type, out ItemType known) ? known.ToToken() + " " : string.Empty;
        IEnumerable<string> lines = new[] { $"{severity} {finding.Id}: {type}{Terminal.Printable(finding.Item)}" }
            .Concat(Wrap(Terminal.Printable(finding.Message).Replace('\n', ' ')))
            .Append($"{Indent}Remedy: {Terminal.Printable(finding.CommandLine)}");
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Wrap(string text)
    {
        var line = new StringBuilder(Indent);
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > Indent.Length && line.Length + 1 + word.Length > Width)
            {
                yield return line.ToString();
                line.Clear().Append(Indent);
            }

            line.Append(line.Length > Indent.Length ? " " : string.Empty).Append(word);
        }

        yield return line.ToString();
    }
}
