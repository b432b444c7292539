using System;
using LlamaGate.Manifests;
using Xunit;

namespace LlamaGate.Tests.Manifests;

public class ModuleDefinitionTests
{
    private const string Definition = InMemoryManifests.ModuleDefinition;

    private const string Head = "name: a\nversion: 1.0.0\ndescription: d\n";

    [Theory]
    [InlineData("name")]
    [InlineData("version")]
    [InlineData("description")]
    public void A_definition_needs(string field)
    {
        string text = Definition.Replace(field + ": ", "other: ", StringComparison.Ordinal);

        Assert.Equal(
            $"agenticmodule.yaml(1,1): {field}: is required and is missing", InMemoryManifests.OnlyProblem("agenticmodule.yaml", text));
    }

    [Theory]
    [InlineData("steps:\n- extension: x\n  on_error: stop\n- extension: y\n  on_error: continue\n")]
    [InlineData("steps:\n- extension: x\n  on_error: ''\n")]
    [InlineData("steps:\n- extension: x\n  on_error:\n")]
    [InlineData("steps: [{extension: x}]\nworkflow: a name\n")]
    public void A_module_may_say(string steps)
    {
        ItemManifest manifest = InMemoryManifests.Of(("agenticmodule.yaml", Head + steps)).Read();

        Assert.Equal("a", manifest.Id);
        Assert.Empty(manifest.Warnings);
    }

    [Theory]
    [InlineData("workflow:\n  steps:\n  - extension: x\n")]
    [InlineData("steps:\nworkflow: {steps: [{extension: x}]}\n")]
    public void Steps_below_workflow_are_accepted_with_a_warning(string steps)
    {
        ItemManifest manifest = InMemoryManifests.Of(("agenticmodule.yaml", Head + steps)).Read();

        Assert.Equal("a", manifest.Id);
        Assert.Contains("must have at least one step", Assert.Single(manifest.Warnings).Message, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "(1,1): steps: a module has at least one step")]
    [InlineData("steps: []\n", "(4,8): steps: a module has at least one step")]
    [InlineData("workflow: {}\n", "(4,11): workflow.steps: a module has at least one step")]
    [InlineData("workflow: {steps: []}\n", "(4,19): workflow.steps: a module has at least one step")]
    [InlineData("workflow: {steps: [{}]}\n", "(4,20): workflow.steps[0].extension: is required and is missing")]
    [InlineData("steps: x\n", "(4,8): steps: must be a list, not a single value")]
    [InlineData("steps: [x]\n", "(4,9): steps[0]: must be a mapping, not a single value")]
    [InlineData("steps: [{extension: x}, {uses: y}]\n", "(4,25): steps[1].extension: is required and is missing")]
    [InlineData("steps: [{extension: [x]}]\n", "(4,21): steps[0].extension: must be text, not a list")]
    [InlineData("steps: [{extension: x, on_error: retry}]\n", "(4,34): steps[0].on_error: 'retry' must be one of stop, continue")]
    public void A_module_may_not_say(string steps, string problem) =>
        Assert.EndsWith(problem, InMemoryManifests.OnlyProblem("agenticmodule.yaml", Head + steps), StringComparison.Ordinal);

    [Fact]
    public void A_workflow_that_is_no_mapping_is_a_problem()
    {
        Assert.Equal(
            [
                "agenticmodule.yaml(1,1): steps: a module has at least one step",
                "agenticmodule.yaml(4,11): workflow: must be a mapping, not a single value",
            ],
            InMemoryManifests.Of(("agenticmodule.yaml", Head + "workflow: main\n")).Problems());
    }
}
