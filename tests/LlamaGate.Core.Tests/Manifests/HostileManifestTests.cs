using System;
using System.Globalization;
using System.Linq;
using System.Text;
using LlamaGate.Manifests;
using Xunit;

namespace LlamaGate.Tests.Manifests;

/// <summary>Input that is made to exhaust the stack, the memory or the patience of whoever reads it.</summary>
public class HostileManifestTests
{
    private const int Deep = 100_000;

    private const string Definition = InMemoryManifests.Definition;

    public static TheoryData<string> DeepTexts => new(
        Repeat("[", Deep),
        Repeat("[", Deep) + Repeat("]", Deep),
        Repeat("[\n ", Deep),
        Repeat("{a: ", Deep),
        Repeat("{a: ", Deep) + "b" + Repeat("}", Deep),
        Repeat("{? ", Deep),
        Repeat("[{a: ", Deep),
        "\n " + Repeat("- ", Deep) + "a",
        "\n " + Repeat("? ", Deep) + "a",
        "\n " + Repeat("- ? ", Deep) + "a",
        "\n" + string.Concat(Enumerable.Range(1, 1000).Select(i => new string(' ', i) + "a:\n")),
        "\n" + string.Concat(Enumerable.Range(1, 1000).Select(i => new string(' ', i) + "-\n")));

    public static TheoryData<string> LongTexts => new(
        Repeat("&a ", Deep),
        Repeat("!a ", Deep),
        Repeat(":", Deep),
        Repeat(",", Deep),
        "[" + Repeat(",", Deep),
        Repeat("\n---", Deep),
        Repeat("\n%TAG !a! b", Deep),
        Repeat("*", Deep),
        "'" + Repeat("'", Deep),
        "\"" + Repeat("\\", Deep),
        Repeat("]", Deep));

    [Theory]
    [MemberData(nameof(DeepTexts), DisableDiscoveryEnumeration = true)]
    public void Depth_is_refused_before_it_costs_anything(string text)
    {
        string problem = InMemoryManifests.OnlyProblem("manifest.yaml", Definition + "x: " + text);

        Assert.EndsWith("values are nested more than 64 levels deep here: reduce the nesting", problem, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(LongTexts), DisableDiscoveryEnumeration = true)]
    public void Endless_repetition_is_refused(string text) =>
        Assert.NotEmpty(InMemoryManifests.Of(("manifest.yaml", Definition + "x: " + text)).Problems());

    [Theory]
    [InlineData("-")]
    [InlineData("\n...")]
    [InlineData("\n# comment")]
    public void Endless_repetition_that_is_yaml_is_read(string text) =>
        Assert.Equal("sample", InMemoryManifests.Of(("manifest.yaml", Definition + "x: " + Repeat(text, Deep))).Read().Id);

    [Fact]
    public void The_greatest_depth_is_read()
    {
        // The fields are one level, so one less may lie below.
        string greatest = Repeat("[", YamlTree.MaxDepth - 1) + Repeat("]", YamlTree.MaxDepth - 1);

        Assert.Equal("sample", InMemoryManifests.Of(("manifest.yaml", $"{Definition}x: {greatest}\n")).Read().Id);
        Assert.StartsWith(
            $"manifest.yaml(7,{3 + YamlTree.MaxDepth}): ",
            InMemoryManifests.OnlyProblem("manifest.yaml", $"{Definition}x: [{greatest}]\n"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}]\n")]
    [InlineData("a{0}: &a{0} {{b: *a{1}, c: *a{1}, d: *a{1}, e: *a{1}, f: *a{1}, g: *a{1}, h: *a{1}}}\n")]
    [InlineData("a{0}: &a{0} {{<<: [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}]}}\n")]
    public void Aliases_that_multiply_are_refused(string line)
    {
        string lines = string.Concat(Enumerable.Range(1, 99).Select(i => string.Format(CultureInfo.InvariantCulture, line, i, i - 1)));

        Assert.Contains(
            "there are more than 10000 values",
            InMemoryManifests.OnlyProblem("manifest.yaml", Definition + "a0: &a0 {x: y}\n" + lines),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_count_as_what_they_stand_for()
    {
        // The list counts 1001, and each of its aliases 1001 and the key; the definition has a few.
        string list = "x: &x [" + Repeat("a,", 1000) + "]\n";
        string uses = string.Concat(Enumerable.Range(0, 8).Select(i => $"x{i}: *x\n"));

        Assert.Equal("sample", InMemoryManifests.Of(("manifest.yaml", Definition + list + uses)).Read().Id);
        Assert.Contains(
            "there are more than 10000 values",
            InMemoryManifests.OnlyProblem("manifest.yaml", Definition + list + uses + "y: *x\n"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void As_many_values_as_are_allowed_are_read_and_not_one_more(int more, bool isAllowed)
    {
        // The definition has 14 values with its keys, the list has its own and its key's.
        string text = $"{Definition}x: [{Repeat("a,", YamlTree.MaxNodes - 16 + more)}]\n";

        if (isAllowed)
        {
            Assert.Equal("sample", InMemoryManifests.Of(("manifest.yaml", text)).Read().Id);
        }
        else
        {
            Assert.Contains("there are more than 10000 values", InMemoryManifests.OnlyProblem("manifest.yaml", text), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Merges_of_merges_are_looked_through()
    {
        string merges = string.Concat(Enumerable.Range(1, 60).Select(i => $"m{i}: &m{i}\n  <<: *m{i - 1}\n"));
        string text = $"m0: &m0 {{name: deep}}\n{merges}<<: *m60\nversion: 1.0.0\n";

        Assert.Equal("deep", InMemoryManifests.Of(("extension.yaml", text)).Read().Name);
    }

    [Fact]
    public void Every_one_of_many_problems_is_listed()
    {
        LlamaGateException refusal = InMemoryManifests.Of(
            ("manifest.yaml", Definition.Replace("steps:", "steps:\n" + Repeat("  - {}\n", 3000), StringComparison.Ordinal))).Refusal();

        Assert.Equal(3000, refusal.Problems.Count);
        Assert.InRange(refusal.Message.Length, 1, 3000);
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
