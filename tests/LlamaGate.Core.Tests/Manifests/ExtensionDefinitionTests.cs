using System;
using LlamaGate.Manifests;
using Xunit;

namespace LlamaGate.Tests.Manifests;

public class ExtensionDefinitionTests
{
    private const string Workflow = InMemoryManifests.Definition;

    private const string Middleware = """
        name: sample
        version: 1.0.0
        description: A sample
        type: middleware
        hooks:
          - on: http.request
            action: audit.log

        """;

    [Theory]
    [InlineData("middleware")]
    [InlineData("observer")]
    public void A_middleware_or_observer_has_hooks_and_no_steps(string type)
    {
        string text = Middleware.Replace("middleware", type, StringComparison.Ordinal);

        Assert.Empty(InMemoryManifests.Of(("manifest.yaml", text)).Read().Warnings);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("version")]
    [InlineData("description")]
    [InlineData("type")]
    public void A_definition_needs(string field)
    {
        string text = Workflow.Replace(field + ": ", "other: ", StringComparison.Ordinal);

        Assert.Equal($"manifest.yaml(1,1): {field}: is required and is missing", InMemoryManifests.OnlyProblem("manifest.yaml", text));
    }

    [Theory]
    [InlineData("Workflow")]
    [InlineData("plugin")]
    [InlineData("1")]
    public void The_type_is_one_of_three_words(string type)
    {
        string text = Workflow.Replace("workflow", type, StringComparison.Ordinal);

        Assert.Equal(
            $"manifest.yaml(4,7): type: '{type}' must be one of workflow, middleware, observer",
            InMemoryManifests.OnlyProblem("manifest.yaml", text));
    }

    [Fact]
    public void Steps_and_hooks_are_checked_while_the_type_is_not_known()
    {
        Assert.Equal(
            [
                "manifest.yaml(1,1): type: is required and is missing",
                "manifest.yaml(4,9): steps[0].uses: is required and is missing",
                "manifest.yaml(5,9): hooks[0].on: is required and is missing",
            ],
            InMemoryManifests.Of(("manifest.yaml", "name: a\nversion: 1.0.0\ndescription: d\nsteps: [{}]\nhooks: [{}]\n")).Problems());
    }

    [Theory]
    [InlineData("steps:\n", "(5,7): steps: a workflow has at least one step")]
    [InlineData("steps: []\n", "(5,8): steps: a workflow has at least one step")]
    [InlineData("", "(1,1): steps: a workflow has at least one step")]
    [InlineData("steps: x\n", "(5,8): steps: must be a list, not a single value")]
    [InlineData("steps: {uses: x}\n", "(5,8): steps: must be a list, not a mapping")]
    [InlineData("steps: [x]\n", "(5,9): steps[0]: must be a mapping, not a single value")]
    [InlineData("steps: [[]]\n", "(5,9): steps[0]: must be a mapping, not a list")]
    [InlineData("steps:\n  -\n", "steps[0]: must be a mapping, not a single value")]
    [InlineData("steps: [{uses: a}, {id: x}]\n", "(5,20): steps[1].uses: is required and is missing")]
    [InlineData("steps: [{uses: ''}]\n", "(5,16): steps[0].uses: is required and is empty")]
    [InlineData("steps: [{uses: [a]}]\n", "(5,16): steps[0].uses: must be text, not a list")]
    public void A_workflow_has_steps_each_with_uses(string steps, string problem)
    {
        string text = string.Concat(Workflow.AsSpan(0, Workflow.IndexOf("steps:", StringComparison.Ordinal)), steps);

        Assert.EndsWith(problem, InMemoryManifests.OnlyProblem("manifest.yaml", text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "(1,1): hooks: a middleware or observer has at least one hook")]
    [InlineData("hooks: []\n", "(5,8): hooks: a middleware or observer has at least one hook")]
    [InlineData("hooks: {on: x}\n", "(5,8): hooks: must be a list, not a mapping")]
    [InlineData("hooks: [{action: a}]\n", "(5,9): hooks[0].on: is required and is missing")]
    [InlineData("hooks: [{on: {a: b}}]\n", "(5,14): hooks[0].on: must be text, not a mapping")]
    public void A_middleware_has_hooks_each_with_on(string hooks, string problem)
    {
        string text = string.Concat(Middleware.AsSpan(0, Middleware.IndexOf("hooks:", StringComparison.Ordinal)), hooks);

        Assert.EndsWith(problem, InMemoryManifests.OnlyProblem("manifest.yaml", text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("string")]
    [InlineData("number")]
    [InlineData("boolean")]
    [InlineData("object")]
    [InlineData("array")]
    public void An_input_may_be_of_type(string type) =>
        Assert.Empty(InMemoryManifests.Of(("manifest.yaml", $"{Workflow}inputs:\n- id: a\n  type: {type}\n")).Read().Warnings);

    [Theory]
    [InlineData("[{type: string}]", "inputs[0].id: is required and is missing")]
    [InlineData("[{id: a}]", "inputs[0].type: is required and is missing")]
    [InlineData("[{id: a, type: file}]", "inputs[0].type: 'file' must be one of string, number, boolean, object, array")]
    [InlineData("[{id: a, type: string}, a]", "inputs[1]: must be a mapping, not a single value")]
    [InlineData("text", "inputs: must be a list, not a single value")]
    public void A_list_of_inputs_is_checked(string inputs, string problem) =>
        Assert.EndsWith(
            problem, InMemoryManifests.OnlyProblem("manifest.yaml", $"{Workflow}inputs: {inputs}\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    public void No_inputs_are_no_problem(string inputs) =>
        Assert.Empty(InMemoryManifests.Of(("manifest.yaml", $"{Workflow}inputs: {inputs}\n")).Read().Warnings);

    [Fact]
    public void Inputs_that_are_a_schema_are_a_warning()
    {
        ItemManifest manifest = InMemoryManifests.Of(("manifest.yaml", Workflow + "inputs:\n  type: object\n")).Read();

        Problem warning = Assert.Single(manifest.Warnings);
        Assert.Equal(("inputs", 8L), (warning.Field, warning.Line));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("post")]
    public void An_endpoint_may_have_the_method(string method) =>
        Assert.Empty(InMemoryManifests.Of(("manifest.yaml", $"{Workflow}endpoints: [{{path: /a, method: {method}}}]\n")).Read().Warnings);

    [Theory]
    [InlineData("[{method: GET}]", "endpoints[0].path: is required and is missing")]
    [InlineData("[{path: /a}]", "endpoints[0].method: is required and is missing")]
    [InlineData("[{path: a, method: GET}]", "endpoints[0].path: 'a' must start with '/'")]
    [InlineData("[{path: /a, method: TRACE}]", "endpoints[0].method: 'TRACE' must be one of GET, POST, PUT, DELETE, PATCH, HEAD, OPTIONS")]
    [InlineData("{path: /a}", "endpoints: must be a list, not a mapping")]
    [InlineData("[/a]", "endpoints[0]: must be a mapping, not a single value")]
    public void Endpoints_are_checked(string endpoints, string problem) =>
        Assert.EndsWith(
            problem, InMemoryManifests.OnlyProblem("manifest.yaml", $"{Workflow}endpoints: {endpoints}\n"), StringComparison.Ordinal);

    [Fact]
    public void Only_a_workflow_has_endpoints()
    {
        Assert.Equal(
            "manifest.yaml(8,12): endpoints: only a workflow can have endpoints: remove them, or set 'type' to workflow",
            InMemoryManifests.OnlyProblem("manifest.yaml", Middleware + "endpoints: [{path: /a, method: GET}]\n"));
        Assert.Empty(InMemoryManifests.Of(("manifest.yaml", Middleware + "endpoints: []\n")).Read().Warnings);
    }
}
