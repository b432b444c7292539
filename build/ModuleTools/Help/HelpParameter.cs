using System;
using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.ModuleTools.Help;

/// <summary>A parameter of a cmdlet, as its page has it.</summary>
internal sealed class HelpParameter
{
    private const string AllSets = "(All)";
    private const string Named = "Named";
    private const string Switch = "SwitchParameter";

    private readonly IReadOnlyList<string> sets;

    private HelpParameter(
        string name, IReadOnlyList<MarkdownBlock> description, Dictionary<string, string> values, Func<string, ToolException> problem)
    {
        Name = name;
        Description = description;
        Type = Take("Type");
        sets = TakeList("Parameter Sets");
        Aliases = TakeList("Aliases");
        AcceptedValues = TakeList("Accepted values");
        IsRequired = TakeFlag("Required");
        Position = Take("Position").ToLowerInvariant();
        DefaultValue = Take("Default value");
        PipelineInput = Take("Accept pipeline input");
        AcceptsWildcards = TakeFlag("Accept wildcard characters");
        if (values.Keys.FirstOrDefault() is { } unknown)
        {
            throw problem($"'{unknown}' is nothing that a parameter has");
        }

        string Take(string key) =>
            values.Remove(key, out string? value) && value.Length > 0 ? value : throw problem($"-{name} has no '{key}'");

        string[] TakeList(string key) =>
            values.Remove(key, out string? value) ? value.Split(", ", StringSplitOptions.RemoveEmptyEntries) : [];

        bool TakeFlag(string key) => bool.TryParse(Take(key), out bool flag) ? flag : throw problem($"'{key}' is True or False");
    }

    /// <summary>The name, without the dash.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public IReadOnlyList<MarkdownBlock> Description { get; }

    /// <summary>The name of its type.</summary>
    public string Type { get; }

    /// <summary>Its other names.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The only values that it takes; empty when there is no such list.</summary>
    public IReadOnlyList<string> AcceptedValues { get; }

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; }

    /// <summary>Its position from 0, or <c>named</c>.</summary>
    public string Position { get; }

    /// <summary>What holds when it is not given; <c>None</c> when nothing does.</summary>
    public string DefaultValue { get; }

    /// <summary><c>False</c>, or <c>True</c> and in brackets how.</summary>
    public string PipelineInput { get; }

    /// <summary>Whether its values may have wildcards.</summary>
    public bool AcceptsWildcards { get; }

    /// <summary>Whether it stands alone, without a value.</summary>
    public bool IsSwitch => Type is Switch;

    /// <summary>How it stands in a line of the syntax.</summary>
    public string Syntax
    {
        get
        {
            string name = string.Equals(Position, Named, StringComparison.OrdinalIgnoreCase) ? $"-{Name}" : $"[-{Name}]";
            string usage = IsSwitch ? name : $"{name} <{Type}>";
            return IsRequired ? usage : $"[{usage}]";
        }
    }

    /// <summary>Reads a section below PARAMETERS.</summary>
    public static HelpParameter Read(MarkdownSection section)
    {
        if (section.Title is not ['-', .. string name]
            || section.Blocks is not [.. List<MarkdownBlock> { Count: > 0 } description, { Language: "yaml" } yaml])
        {
            throw section.Problem("A parameter is '### -Name', what it is for, and a block of yaml");
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in yaml.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !values.TryAdd(line[..colon], line[(colon + 1)..].Trim()))
            {
                throw section.Problem(yaml, $"'{line}' is no 'name: value' line, or there are two of it");
            }
        }

        return new HelpParameter(name, description, values, rule => section.Problem(yaml, rule));
    }

    /// <summary>Whether it belongs to a parameter set.</summary>
    public bool IsIn(string set) => sets is [AllSets] || sets.Contains(set, StringComparer.Ordinal);
}
