using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Manifests.GatewayRules;

/// <summary>Packages that import accepts and gateway 0.9.1 does not load: each warning says what the gateway says.</summary>
public class GatewayWarningTests
{
    private const string Definition = InMemoryManifests.Definition;
    private const string Module = "name: m\nversion: 1.0.0\ndescription: d\n";

    [Theory]
    [InlineData("inputs:\n  type: object\n", "(8,3): inputs: gateway 0.9.1 does not load this extension: line 8: cannot unmarshal !!map into []extensions.InputDefinition (write a list, each entry with '- ')")]
    [InlineData("outputs:\n  type: object\n", "(8,3): outputs: gateway 0.9.1 does not load this extension: line 8: cannot unmarshal !!map into []extensions.OutputDefinition (write a list, each entry with '- ')")]
    [InlineData("config: [a]\n", "(7,9): config: gateway 0.9.1 does not load this extension: line 7: cannot unmarshal !!seq into map[string]interface {} (write a mapping)")]
    [InlineData("endpoints:\n  - path: /a\n    method: GET\n    request_schema: [a]\n", "(10,21): endpoints[0].request_schema: gateway 0.9.1 does not load this extension: line 10: cannot unmarshal !!seq into map[string]interface {} (write a mapping)")]
    [InlineData("config: {a: {{b}}}\n", "(7,14): config.a: gateway 0.9.1 does not load this extension: invalid map key: map[string]interface {}{\"b\":interface {}(nil)} (put the text in quotes)")]
    [InlineData("builtin: true\n", "(7,10): builtin: gateway 0.9.1 treats this extension as one of its own: it ignores 'enabled: false', keeps the extension until a restart when you disable or remove it, and does not load it from the legacy directory. Remove the field")]
    public void An_extension(string more, string warning) => Assert.Equal(
        ["manifest.yaml" + warning],
        InMemoryManifests.Of(("manifest.yaml", Definition + more)).Read().Warnings.Select(each => each.ToString()));

    [Theory]
    [InlineData("workflow:\n  steps:\n    - extension: e\n", ": gateway 0.9.1 does not load this module: validation error: module 'm' must have at least one step (write 'steps' at the top level)")]
    [InlineData("steps:\n  - extension: e\n    input: [a]\n", "(6,12): steps[0].input: gateway 0.9.1 does not load this module: line 6: cannot unmarshal !!seq into map[string]interface {} (write a mapping)")]
    public void A_module(string more, string warning) => Assert.Equal(
        ["agenticmodule.yaml" + warning],
        InMemoryManifests.Of(("agenticmodule.yaml", Module + more)).Read().Warnings.Select(each => each.ToString()));

    [Fact]
    public void A_file_of_another_version_of_YAML() => Assert.Equal(
        "manifest.yaml(1,1): gateway 0.9.1 does not load a file that begins with '%YAML 1.2': remove that line",
        Assert.Single(InMemoryManifests.Of(("manifest.yaml", "%YAML 1.2\n---\n" + Definition)).Read().Warnings).ToString());

    [Fact]
    public void What_the_gateway_loads_has_no_warning()
    {
        const string More = "inputs: [{id: a, type: string}]\noutputs: [{id: b, type: file}]\nconfig: {a: '{{b}}'}\nbuiltin: false\n";

        Assert.Empty(InMemoryManifests.Of(("manifest.yaml", Definition + More)).Read().Warnings);
    }
}
