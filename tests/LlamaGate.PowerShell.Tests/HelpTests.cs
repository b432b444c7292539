using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;

using LlamaGate.ModuleTools.Package;
using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>The help as <c>Get-Help</c> gives it, against the cmdlets as the engine has them.</summary>
public sealed partial class HelpTests(HelpTests.Reader reader) : IClassFixture<HelpTests.Reader>
{
    private static readonly ModuleManifest Manifest = ModuleManifest.Read(StagedModule.Manifest);

    private static readonly HashSet<string> CommonParameters = [.. Cmdlet.CommonParameters];

    private readonly PowerShellSession session = reader.Session;

    public static TheoryData<string> Cmdlets { get; } = [.. Manifest.Cmdlets];

    /// <summary>One session for all tests: reading help changes nothing in it.</summary>
    public sealed class Reader : IDisposable
    {
        internal PowerShellSession Session { get; } = new();

        public void Dispose() => Session.Dispose();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Parameters_are_in_help_as_they_are_in_the_code(string name)
    {
        CmdletInfo cmdlet = GetCmdlet(name);
        object instance = Activator.CreateInstance(cmdlet.ImplementingType)!;

        IEnumerable<string> expected = cmdlet.Parameters.Values
            .Where(parameter => !CommonParameters.Contains(parameter.Name))
            .Select(parameter => Describe(parameter, instance));
        IEnumerable<string> documented = session.Run($"(Get-Help {name}).parameters.parameter").Output.Select(Describe);

        Assert.Equal(expected.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Parameter_sets_are_in_help_as_they_are_in_the_code(string name)
    {
        IEnumerable<string> expected = GetCmdlet(name).ParameterSets
            .OrderByDescending(set => set.IsDefault)
            .Select(set => string.Join(' ', ParameterName().Matches(set.ToString()).Select(match => match.Groups["name"].Value)));
        IEnumerable<string> documented = session.Run($"(Get-Help {name}).syntax.syntaxItem").Output
            .Select(set => string.Join(' ', List(set, "parameter").Select(parameter => Text(parameter, "name"))));

        Assert.Equal(expected, documented);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_names_the_types_that_a_cmdlet_emits(string name)
    {
        IEnumerable<string?> expected = session.Run($"(Get-Command {name}).OutputType").All("Name");
        IEnumerable<string?> documented = session.Run($"(Get-Help {name}).returnValues.returnValue.type").All("name");

        Assert.Equal(expected, documented.Where(type => type is not "None"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_is_shown_in_full(string name)
    {
        string text = session.Show($"Get-Help {name} -Full").Text;

        Assert.All(
            ["NAME", "SYNOPSIS", "SYNTAX", "DESCRIPTION", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS", "Example 3: "],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
        IEnumerable<string> shown = text.Split('\n')
            .Where(line => line.StartsWith("    -", StringComparison.Ordinal))
            .Select(line => line.TrimStart(' ', '-').Split(' ')[0]);
        Assert.Empty(GetCmdlet(name).Parameters.Keys.Except(CommonParameters, StringComparer.Ordinal).Except(shown, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Related_links_lead_to_topics_that_exist(string name)
    {
        IEnumerable<string> links = session.Run($"(Get-Help {name}).relatedLinks.navigationLink").Output
            .Skip(1)
            .Select(link => Text(link, "linkText"));

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Empty(session.Run($"Get-Help {link}").Errors));
    }

    [Fact]
    public void The_topic_about_the_module_is_found_and_fits_80_columns()
    {
        RunResult result = session.Run("Get-Help about_LlamaGate");

        string text = ((string)result.Single.BaseObject).ReplaceLineEndings("\n");
        Assert.StartsWith("TOPIC\n    about_LlamaGate\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.All(Manifest.Cmdlets, cmdlet => Assert.Contains(cmdlet, text, StringComparison.Ordinal));
    }

    private CmdletInfo GetCmdlet(string name) => (CmdletInfo)session.Run($"Get-Command {name}").Single.BaseObject;

    /// <summary>A parameter as the code has it, which is the same in every set that it is in.</summary>
    private static string Describe(ParameterMetadata parameter, object cmdlet)
    {
        ParameterSetMetadata set = parameter.ParameterSets.Values.First();
        string input = (set.ValueFromPipelineByPropertyName, set.ValueFromPipeline) switch
        {
            (true, true) => "True (ByPropertyName, ByValue)",
            (true, false) => "True (ByPropertyName)",
            (false, true) => "True (ByValue)",
            (false, false) => "False",
        };
        System.Reflection.PropertyInfo? property = cmdlet.GetType().GetProperty(parameter.Name);
        return Describe(
            parameter.Name,
            parameter.ParameterType.Name,
            set.IsMandatory,
            set.Position == int.MinValue ? "named" : set.Position.ToString(CultureInfo.InvariantCulture),
            input,
            parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none",
            property?.IsDefined(typeof(SupportsWildcardsAttribute), inherit: true) ?? false,
            property is null ? "False" : ToDefault(property.GetValue(cmdlet)),
            parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(attribute => attribute.ValidValues));
    }

    /// <summary>A parameter as help has it.</summary>
    private static string Describe(PSObject parameter) => Describe(
        Text(parameter, "name"),
        Text(Part(parameter, "type"), "name"),
        bool.Parse(Text(parameter, "required")),
        Text(parameter, "position"),
        Text(parameter, "pipelineInput"),
        Text(parameter, "aliases"),
        bool.Parse(Text(parameter, "globbing")),
        Text(parameter, "defaultValue"),
        parameter.Properties["parameterValueGroup"] is null
            ? []
            : List(Part(parameter, "parameterValueGroup"), "parameterValue").Select(value => (string)value.BaseObject));

    private static string Describe(
        string name,
        string type,
        bool isRequired,
        string position,
        string input,
        string aliases,
        bool hasWildcards,
        string defaultValue,
        IEnumerable<string> values) =>
        $"-{name} <{type}> required: {isRequired}, position: {position}, input: {input}, aliases: {aliases}, wildcards: {hasWildcards}, "
        + $"default: {defaultValue}, values: {string.Join(' ', values)}";

    private static string ToDefault(object? value) => value switch
    {
        null or "" or ICollection { Count: 0 } => "None",
        IEnumerable<string> list => string.Join(", ", list),
        SwitchParameter given => given.IsPresent.ToString(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static PSObject Part(PSObject help, string name) => (PSObject)help.Properties[name].Value;

    private static string Text(PSObject help, string name) => Convert.ToString(help.Properties[name].Value, CultureInfo.InvariantCulture)!.Trim();

    /// <summary>Help holds one object alone, and several in an array.</summary>
    private static IEnumerable<PSObject> List(PSObject help, string name) => help.Properties[name]?.Value switch
    {
        IEnumerable<PSObject> list => list,
        object[] list => list.Select(PSObject.AsPSObject),
        { } one => [PSObject.AsPSObject(one)],
        null => [],
    };

    [GeneratedRegex(@"(?<=^|[\[ ])-(?<name>\w+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex ParameterName();
}
