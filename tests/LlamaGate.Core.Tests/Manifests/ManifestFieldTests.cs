using System;
using LlamaGate.Manifests;
using Xunit;

namespace LlamaGate.Tests.Manifests;

/// <summary>How values are taken: as the gateway's YAML reader takes them, and wrong kinds are problems.</summary>
public class ManifestFieldTests
{
    private const string Definition = InMemoryManifests.Definition;

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData("FALSE", false)]
    [InlineData("!!bool false", false)]
    [InlineData("", true)]
    [InlineData("~", true)]
    [InlineData("null", true)]
    [InlineData("Null", true)]
    [InlineData("NULL", true)]
    public void Booleans_are_plain_words_and_null_is_absent(string value, bool expected)
    {
        ItemManifest manifest = InMemoryManifests.Of(("manifest.yaml", $"{Definition}enabled: {value}\n")).Read();

        Assert.Equal(expected, manifest.DefinitionEnabled);
        Assert.Empty(manifest.Warnings);
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("Y", true)]
    [InlineData("no", false)]
    [InlineData("Off", false)]
    [InlineData("n", false)]
    public void The_old_words_for_Booleans_are_understood_with_a_warning(string value, bool expected)
    {
        ItemManifest manifest = InMemoryManifests.Of(("manifest.yaml", $"{Definition}enabled: {value}\n")).Read();

        Assert.Equal(expected, manifest.DefinitionEnabled);
        Problem warning = Assert.Single(manifest.Warnings);
        Assert.Equal(("manifest.yaml", 7, 10, "enabled"), (warning.File, warning.Line, warning.Column, warning.Field));
    }

    [Theory]
    [InlineData("\"true\"")]
    [InlineData("'false'")]
    [InlineData("'yes'")]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("tRue")]
    [InlineData("maybe")]
    [InlineData("!!str true")]
    [InlineData("[true]")]
    [InlineData("{a: true}")]
    [InlineData("|\n  true")]
    public void Anything_else_is_no_Boolean(string value)
    {
        foreach (string field in new[] { "enabled_default", "hot_reload", "autostart" })
        {
            Assert.StartsWith(
                $"extension.yaml(3,{field.Length + 3}): {field}: ",
                InMemoryManifests.OnlyProblem("extension.yaml", $"name: a\nversion: 1.0.0\n{field}: {value}\n"),
                StringComparison.Ordinal);
        }

        foreach (string field in new[] { "enabled", "builtin" })
        {
            Assert.StartsWith(
                $"manifest.yaml(7,{field.Length + 3}): {field}: ",
                InMemoryManifests.OnlyProblem("manifest.yaml", $"{Definition}{field}: {value}\n"),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("123", "123")]
    [InlineData("1.50", "1.50")]
    [InlineData("true", "true")]
    [InlineData("2024-01-01", "2024-01-01")]
    [InlineData("'null'", "null")]
    [InlineData("\"a\\u00e9\"", "aé")]
    [InlineData("!!str 1", "1")]
    [InlineData("! 1", "1")]
    [InlineData(">-\n  two\n  words", "two words")]
    [InlineData("日本 😀", "日本 😀")]
    public void Text_is_taken_as_written(string value, string expected)
    {
        ItemManifest manifest = InMemoryManifests.Of(("extension.yaml", $"id: a\nversion: 1.0.0\nname: {value}\n")).Read();

        Assert.Equal(expected, manifest.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("''")]
    [InlineData("' '")]
    public void Empty_text_is_absent(string value)
    {
        string problem = InMemoryManifests.OnlyProblem("extension.yaml", $"id: a\nversion: 1.0.0\nname: {value}\n");

        Assert.StartsWith("extension.yaml(3,", problem, StringComparison.Ordinal);
        Assert.EndsWith("): name: is required and is empty", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a\\0b\"")]
    [InlineData("\"a\\nb\"")]
    [InlineData("\"a\\e[31mb\"")]
    [InlineData("\"\\x7F\"")]
    [InlineData("|\n  one line, and its end\n")]
    public void A_display_name_has_no_control_characters(string name)
    {
        string problem = InMemoryManifests.OnlyProblem("extension.yaml", $"id: a\nversion: 1.0.0\nname: {name}\n");

        Assert.StartsWith("extension.yaml(3,7): name: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(problem, char.IsControl);
    }

    [Fact]
    public void A_display_name_has_at_most_256_characters()
    {
        string longest = new('n', FieldReader.MaxNameLength);
        Assert.Equal(longest, InMemoryManifests.Of(("extension.yaml", $"id: a\nversion: 1.0.0\nname: {longest}\n")).Read().Name);

        string problem = InMemoryManifests.OnlyProblem("extension.yaml", $"id: a\nversion: 1.0.0\nname: {longest}n\n");
        Assert.Contains("256", problem, StringComparison.Ordinal);
        Assert.InRange(problem.Length, 1, 250);
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1")]
    [InlineData("v1.0.0")]
    [InlineData("1.0.0.0")]
    [InlineData("01.0.0")]
    [InlineData("latest")]
    public void A_version_that_is_not_semantic_says_how_to_write_one(string version)
    {
        string problem = InMemoryManifests.OnlyProblem("extension.yaml", $"name: a\nversion: {version}\n");

        Assert.Equal(
            $"extension.yaml(2,10): version: '{version}' is not a semantic version: write MAJOR.MINOR.PATCH, such as 1.0.0", problem);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("name")]
    [InlineData("version")]
    [InlineData("description")]
    [InlineData("load_mode")]
    public void Text_is_neither_a_list_nor_a_mapping(string field)
    {
        foreach (string value in new[] { "[a]", "{a: b}", "\n  - a", "\n  a: b" })
        {
            string problem = Assert.Single(InMemoryManifests.Of(
                ("manifest.yaml", Definition), ("extension.yaml", $"{field}: {value}\n")).Problems());
            Assert.Contains($"): {field}: must be text, not a ", problem, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("!!python/object a")]
    [InlineData("!Foo a")]
    [InlineData("!<tag:example.com,2000:x> a")]
    [InlineData("!!int 5")]
    [InlineData("!!binary YQ==")]
    [InlineData("!!null ''")]
    public void A_tag_that_names_another_type_is_a_problem(string value)
    {
        string problem = Assert.Single(InMemoryManifests.Of(
            ("manifest.yaml", Definition), ("extension.yaml", $"name: {value}\n")).Problems());

        Assert.StartsWith("extension.yaml(1,7): name: has the tag ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_of_collections_are_checked_too()
    {
        Assert.Contains("has the tag", InMemoryManifests.OnlyProblem("manifest.yaml", "!Foo\n" + Definition), StringComparison.Ordinal);
        Assert.Contains(
            "): steps: has the tag",
            InMemoryManifests.OnlyProblem("manifest.yaml", Definition.Replace("steps:", "steps: !!set", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        InMemoryManifests.Of(("manifest.yaml", "!!map\n" + Definition.Replace("steps:", "steps: !!seq", StringComparison.Ordinal))).Read();
    }

    [Fact]
    public void Unknown_keys_are_ignored_whatever_they_hold()
    {
        const string Unknown = """
            x: !!python/object {a: [1, {b: c}]}
            ? [a, list]
            : as a key
            1: 2
            "quoted key": |
              text
                more
            """;

        // A key that is a list is nothing to us, and refuses the file in the gateway.
        Assert.Equal(
            "manifest.yaml(8,3): gateway 0.9.1 does not load this extension: line 8: cannot unmarshal !!seq into string (write text)",
            Assert.Single(InMemoryManifests.Of(("manifest.yaml", Definition + Unknown)).Read().Warnings).ToString());
    }

    [Fact]
    public void Keys_may_be_quoted()
    {
        Assert.Equal("a", InMemoryManifests.Of(("extension.yaml", "\"name\": a\n'version': 1.0.0\n")).Read().Id);
    }

    [Fact]
    public void Anchors_and_aliases_stand_for_their_values()
    {
        ItemManifest manifest = InMemoryManifests.Of(("manifest.yaml", """
            name: &name sample
            version: &version 1.0.0
            description: *name
            type: workflow
            steps:
              - &step
                uses: llm.chat
              - *step
            """), ("extension.yaml", "description: &d A text\nx: *d\n")).Read();

        Assert.Equal("sample", manifest.Id);
        Assert.Equal("A text", manifest.Description);
    }

    [Fact]
    public void An_alias_means_the_nearest_anchor_above()
    {
        const string Text = "x: &v 1.0.0\ny: &v 2.0.0\nversion: *v\nz: &v 3.0.0\nname: a\n";

        Assert.Equal("2.0.0", InMemoryManifests.Of(("extension.yaml", Text)).Read().Version);
    }

    [Fact]
    public void Merged_fields_count_where_there_are_none_of_their_own()
    {
        ItemManifest manifest = InMemoryManifests.Of(("extension.yaml", """
            base: &base
              name: base
              version: 1.0.0
              hot_reload: false
            more: &more
              <<: *base
              version: 2.0.0
              description: More
            <<: [*more, {description: Last}]
            name: own
            """)).Read();

        Assert.Equal(("own", "2.0.0", "More", false), (manifest.Name, manifest.Version, manifest.Description, manifest.HotReload));
    }

    [Theory]
    [InlineData("a word")]
    [InlineData("[a]")]
    public void Only_mappings_can_be_merged(string value)
    {
        Assert.StartsWith(
            "extension.yaml(1,5): <<: ",
            InMemoryManifests.OnlyProblem("extension.yaml", $"<<: {value}\nname: a\nversion: 1.0.0\n"),
            StringComparison.Ordinal);
    }
}
