using System;
using Xunit;

namespace LlamaGate.Tests.Manifests;

/// <summary>What is wrong with a text as YAML is said with its place, and in words for people.</summary>
public class YamlSyntaxTests
{
    private const string Definition = InMemoryManifests.Definition;

    private const string General = "is not valid YAML here: check the indentation, and put quotes around text that contains ': ' or ' #' or begins with a special character";

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("---\n...\n")]
    [InlineData("~\n")]
    [InlineData("null")]
    public void An_empty_file_is_a_problem(string text) =>
        Assert.Equal("manifest.yaml: is empty: write at least 'name' and 'version'", InMemoryManifests.OnlyProblem("manifest.yaml", text));

    [Theory]
    [InlineData("- a\n- b\n", 1, 1)]
    [InlineData("\n just text\n", 2, 2)]
    [InlineData("[name, version]", 1, 1)]
    [InlineData("''", 1, 1)]
    public void A_file_without_fields_is_a_problem(string text, int line, int column) =>
        Assert.Equal(
            $"manifest.yaml({line},{column}): must be a mapping: one field per line, such as 'name: my-extension'",
            InMemoryManifests.OnlyProblem("manifest.yaml", text));

    [Theory]
    [InlineData("---\n" + Definition)]
    [InlineData("%YAML 1.2\n---\n" + Definition)]
    [InlineData(Definition + "...\n")]
    [InlineData("# comment\n---\n" + Definition + "...\n# comment\n")]
    [InlineData(Definition + "---\n")]
    [InlineData(Definition + "---")]
    [InlineData(Definition + "---\n...\n")]
    [InlineData(Definition + "...\n---\n# comment\n")]
    [InlineData(Definition + "...\n...\n")]
    public void One_document_may_be_marked(string text) => Assert.Equal("sample", InMemoryManifests.Of(("manifest.yaml", text)).Read().Id);

    [Theory]
    [InlineData(Definition + "---\n~\n", 7)]
    [InlineData(Definition + "---\n''\n", 7)]
    [InlineData(Definition + "---\n---\nname: b\n", 8)]
    [InlineData(Definition + "---\n---\n", 8)]
    [InlineData(Definition + "---\n" + Definition, 7)]
    [InlineData("---\n" + Definition + "...\n---\nname: b\n", 9)]
    public void Several_documents_are_a_problem(string text, int line) =>
        Assert.Equal(
            $"manifest.yaml({line},1): a second YAML document begins here: keep only one document in the file",
            InMemoryManifests.OnlyProblem("manifest.yaml", text));

    [Fact]
    public void Every_duplicate_key_is_a_problem()
    {
        const string Repeated = "name: b\nconfig: {a: 1,\n    \"a\": 2,\n  list: [0, {q: 1, 'q': 2}]}\n";

        Assert.Equal(
            [
                "manifest.yaml(7,1): name: occurs more than once: keep one of them",
                "manifest.yaml(9,5): config.a: occurs more than once: keep one of them",
                "manifest.yaml(10,20): config.list[1].q: occurs more than once: keep one of them",
            ],
            InMemoryManifests.Of(("manifest.yaml", Definition + Repeated)).Problems());
    }

    [Fact]
    public void A_long_or_dangerous_key_is_shown_short()
    {
        string key = "\"\\e[31m" + new string('k', 500) + "\"";
        string problem = InMemoryManifests.OnlyProblem("manifest.yaml", $"{Definition}{key}: 1\n{key}: 2\n");

        Assert.DoesNotContain(problem, char.IsControl);
        Assert.InRange(problem.Length, 1, 150);
    }

    [Theory]
    [InlineData("\tname: a\nversion: 1.0.0\n", 1, 1)]
    [InlineData("name: a\nversion: 1.0.0\nx:\n\ty: z\n", 4, 1)]
    [InlineData("name: a\nversion: 1.0.0\nx:\n  y: z\n \tw: z\n", 5, 2)]
    [InlineData("name: a\nversion: 1.0.0\nx:\n\t- y\n\t- z\n", 4, 1)]
    [InlineData("name: a\nversion: 1.0.0\nx:\n- y\n-\tz: a\n", 5, 2)]
    [InlineData("name: a\nversion: 1.0.0\nx:\n\ttext\n", 4, 1)]
    [InlineData("name: a\nversion: 1.0.0\nx: text\n\t\ny: z\n", 4, 1)]
    public void A_tab_that_indents_is_a_problem(string text, int line, int column) =>
        Assert.Contains(
            InMemoryManifests.Of(("extension.yaml", text)).Problems(),
            problem => problem.StartsWith($"extension.yaml({line},{column}): this line is indented with a tab", StringComparison.Ordinal));

    [Fact]
    public void A_tab_does_not_hide_other_problems()
    {
        Assert.Equal(
            [
                "extension.yaml(1,1): version: is required and is missing",
                "extension.yaml(3,2): this line is indented with a tab: use spaces",
                "extension.yaml(4,1): name: occurs more than once: keep one of them",
            ],
            InMemoryManifests.Of(("extension.yaml", "name: a\nx:\n \ty: z\nname: b\n")).Problems());
    }

    [Theory]
    [InlineData("x:\ttext\n")]
    [InlineData("x: text\t# comment\n")]
    [InlineData("x: |\n  a\n  \tb\n")]
    [InlineData("x: \"a\n\tb\"\n")]
    [InlineData("x: {\n\ta: b,\n\tc: [\td ]\n\t}\n")]
    [InlineData("x: a tab -\tin text\n")]
    public void Tabs_that_do_not_indent_are_no_problem(string text) =>
        Assert.Equal("sample", InMemoryManifests.Of(("manifest.yaml", Definition + text)).Read().Id);

    [Theory]
    [InlineData("x: \"abc\n", 7, 4, "the quote that opens here is never closed")]
    [InlineData("x: 'it''s\n", 7, 4, "the quote that opens here is never closed")]
    [InlineData("x: [a, b\n", 7, 4, "the '[' or '{' that opens here is never closed")]
    [InlineData("x: &y {a: [b], c: d\n", 7, 4, "the '[' or '{' that opens here is never closed")]
    [InlineData("x: @home\n", 7, 4, "a value cannot begin with '@': put it in quotes")]
    [InlineData("x: `a`\n", 7, 4, "a value cannot begin with '`': put it in quotes")]
    [InlineData("x: %a\n", 7, 4, "a value cannot begin with '%': put it in quotes")]
    [InlineData("x: a: b\n", 7, 5, General)]
    [InlineData("x: \"\\q\"\n", 7, 4, General)]
    [InlineData("x: {a: b}}\n", 7, 10, General)]
    [InlineData("x: !<a b> c\n", 7, 4, General)]
    [InlineData("x: !undefined!a b\n", 7, 4, General)]
    [InlineData("x: !<> b\n", 7, 7, General)]
    [InlineData("x: &a &b c\n", 7, 7, General)]
    [InlineData("x: *y\n", 7, 4, "the alias '*y' has no anchor above it: define the anchor, or put the value in quotes")]
    [InlineData("x: *.yaml\n", 7, 4, "the alias '*.yaml' has no anchor above it: define the anchor, or put the value in quotes")]
    [InlineData("x: &y [a, *y]\n", 7, 11, "the alias '*y' is inside the value that it refers to: write the value out instead")]
    public void What_is_no_yaml_is_said_with_its_place(string text, int line, int column, string message) =>
        Assert.Equal($"manifest.yaml({line},{column}): {message}", InMemoryManifests.OnlyProblem("manifest.yaml", Definition + text));

    [Theory]
    [InlineData("...\n...\n")]
    [InlineData("k:\n : ")]
    [InlineData("- : a")]
    [InlineData("%YAML 3.0\n---\na: b\n")]
    [InlineData("%TAG ! a\n%TAG ! b\n---\na: b\n")]
    [InlineData("a\n b: c\n")]
    [InlineData("*")]
    [InlineData("&")]
    [InlineData("!")]
    [InlineData("? ")]
    [InlineData("\"\\ud800\"")]
    public void Odd_texts_are_problems_and_never_other_exceptions(string text) =>
        Assert.NotEmpty(InMemoryManifests.Of(("manifest.yaml", text)).Problems());
}
