using System;
using Xunit;

namespace LlamaGate.Tests.Manifests;

/// <summary>Block scalars whose first lines are blanks: read, or refused, as go-yaml and PyYAML do.</summary>
public class BlockScalarTests
{
    private const string Definition = InMemoryManifests.Definition;

    [Theory]
    [InlineData("x: |\n    \n    text\n")]
    [InlineData("x: >\n    \n    text\n")]
    [InlineData("x: |-  # why\n  \n\n    \n    text\n\n")]
    [InlineData("x: |\r\n    \r\n    text\r\n")]
    [InlineData("x: >\n        \ny: z\n")]
    [InlineData("x: |\n      \n")]
    [InlineData("x: |\n      ")]
    [InlineData("x: >\n   \n # a comment\ny: z\n")]
    [InlineData("x: |2\n  \n  text\n")]
    [InlineData("x:\n  - |\n       \n       text\n")]
    [InlineData("x:\n  - y: |\n         \n    z: w\n")]
    [InlineData("x:\n  - - y: >\n            \n      z: |\n        \n        text\n")]
    [InlineData("x:\n  |\n    \n    text\n")]
    [InlineData("x: !!str |\n    \n    text\n")]
    [InlineData("x: &a >\n    \n    text\ny: *a\n")]
    [InlineData("x: |\n  y: >\n       \n  text\nz: |\n    \n    text\n")]
    [InlineData("x: \"a |\n    \n  b\"\ny: |\n  \n  text\n")]
    [InlineData("x: y # see |\nz:\n  w: |\n      \n    \n      text\n")]
    public void Lines_of_blanks_before_the_text_are_read(string text) =>
        Assert.Equal("sample", InMemoryManifests.Of(("manifest.yaml", Definition + text)).Read().Id);

    [Theory]
    [InlineData("x: |\n     \n  text\n")]
    [InlineData("x: >\n     \n  text\n")]
    [InlineData("x: >\n   \n # a comment\n  text\n")]
    public void Lines_of_blanks_that_are_longer_than_the_text_is_indented_are_a_problem(string text) =>
        Assert.NotEmpty(InMemoryManifests.Of(("manifest.yaml", Definition + text)).Problems());

    [Theory]
    [InlineData("note: |\n        \n        text\nx: [\n", 10, 4)]
    [InlineData("note: >\n        \nx: y\n  \n\tz: a\n", 11, 1)]
    public void Places_are_those_of_the_file(string text, int line, int column) =>
        Assert.StartsWith(
            $"manifest.yaml({line},{column}): ", InMemoryManifests.OnlyProblem("manifest.yaml", Definition + text), StringComparison.Ordinal);

    [Fact]
    public void The_text_is_that_of_the_file()
    {
        const string Text = "description: >\n      \n      one\n      two\n";
        string manifest = Definition.Replace("description: A sample\n", Text, StringComparison.Ordinal);

        Assert.Equal("\none two\n", InMemoryManifests.Of(("manifest.yaml", manifest)).Read().Description);
    }
}
