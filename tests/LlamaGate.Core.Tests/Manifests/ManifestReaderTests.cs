using System;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.Manifests;
using Xunit;

namespace LlamaGate.Tests.Manifests;

public class ManifestReaderTests
{
    private const string Definition = InMemoryManifests.Definition;
    private const string ModuleDefinition = InMemoryManifests.ModuleDefinition;

    [Fact]
    public void An_extension_with_a_definition_alone_is_read_without_a_warning()
    {
        ItemManifest manifest = InMemoryManifests.Of(("manifest.yaml", Definition), ("README.md", "# Sample")).Read();

        Assert.Equal(ItemType.Extension, manifest.Type);
        Assert.Equal("sample", manifest.Id);
        Assert.Equal("sample", manifest.Name);
        Assert.Equal("1.2.3", manifest.Version);
        Assert.Equal("A sample", manifest.Description);
        Assert.True(manifest.EnabledByDefault);
        Assert.True(manifest.DefinitionEnabled);
        Assert.True(manifest.HotReload);
        Assert.Empty(manifest.Warnings);
    }

    [Fact]
    public void A_module_with_a_definition_alone_is_read_without_a_warning()
    {
        ItemManifest manifest = InMemoryManifests.Of(("agenticmodule.yaml", ModuleDefinition)).Read();

        Assert.Equal(ItemType.AgenticModule, manifest.Type);
        Assert.Equal("sample-module", manifest.Id);
        Assert.True(manifest.EnabledByDefault);
        Assert.True(manifest.DefinitionEnabled);
        Assert.Empty(manifest.Warnings);
    }

    [Theory]
    [InlineData("extension.yaml", "manifest.yaml", Definition)]
    [InlineData("module.yaml", "agenticmodule.yaml", ModuleDefinition)]
    public void The_packaging_file_wins_for_id_name_version_and_description(string packaging, string definition, string definitionText)
    {
        ItemManifest manifest = InMemoryManifests.Of(
            (definition, definitionText),
            (packaging, "id: other\nname: Another Name\nversion: 2.0.0-rc.1\ndescription: Other\nhot_reload: false\n")).Read();

        Assert.Equal("other", manifest.Id);
        Assert.Equal("Another Name", manifest.Name);
        Assert.Equal("2.0.0-rc.1", manifest.Version);
        Assert.Equal("Other", manifest.Description);
        Assert.False(manifest.HotReload);
        Assert.Empty(manifest.Warnings);
    }

    [Fact]
    public void Beside_a_definition_every_field_of_the_packaging_file_is_optional()
    {
        ItemManifest manifest = InMemoryManifests.Of(("manifest.yaml", Definition), ("extension.yaml", "load_mode: lazy\n")).Read();

        Assert.Equal("sample", manifest.Id);
        Assert.Equal("sample", manifest.Name);
        Assert.Equal("1.2.3", manifest.Version);
        Assert.Equal("A sample", manifest.Description);
    }

    [Fact]
    public void An_empty_field_of_the_packaging_file_leaves_that_of_the_definition()
    {
        ItemManifest manifest = InMemoryManifests.Of(
            ("manifest.yaml", Definition), ("extension.yaml", "id: ''\nname:\nversion: ~\ndescription: \"\"\n")).Read();

        Assert.Equal("sample", manifest.Id);
        Assert.Equal("sample", manifest.Name);
        Assert.Equal("1.2.3", manifest.Version);
        Assert.Equal("A sample", manifest.Description);
    }

    [Theory]
    [InlineData("extension.yaml", "manifest.yaml")]
    [InlineData("module.yaml", "agenticmodule.yaml")]
    public void A_packaging_file_alone_is_read_with_a_warning(string packaging, string definition)
    {
        ItemManifest manifest = InMemoryManifests.Of((packaging, "name: sample\nversion: 1.0.0\n")).Read();

        Assert.Equal("sample", manifest.Id);
        Assert.Equal(string.Empty, manifest.Description);
        Problem warning = Assert.Single(manifest.Warnings);
        Assert.Equal(Problem.Warning, warning.Severity);
        Assert.Equal(definition, warning.File);
        Assert.Contains("gateway 0.9.1 loads definitions", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("extension.yaml")]
    [InlineData("module.yaml")]
    public void A_packaging_file_alone_needs_name_and_version(string packaging)
    {
        Assert.Equal(
            [$"{packaging}(1,1): name: is required and is missing", $"{packaging}(1,1): version: is required and is missing"],
            InMemoryManifests.Of((packaging, "id: sample\n")).Problems());
    }

    [Fact]
    public void Packaging_files_in_the_shape_of_published_extensions_are_read()
    {
        // One holds the whole definition, as unknown keys; the other holds inputs as a schema.
        ItemManifest receiver = InMemoryManifests.Of(("extension.yaml", """
            name: webhook-receiver
            version: 1.0.0
            description: Receives webhooks
            type: workflow
            enabled: false

            endpoints:
              - path: /webhooks
                method: POST
                requires_auth: false  # signed
            inputs:
              - id: payload
                type: file
            steps:
              - uses: llm.chat
                with:
                  content: |
                    Analyze: {{inputs.payload}}
            """)).Read();
        Assert.Equal("webhook-receiver", receiver.Id);
        Assert.True(receiver.EnabledByDefault);
        Assert.Single(receiver.Warnings);

        ItemManifest summary = InMemoryManifests.Of(
            ("manifest.yaml", Definition),
            ("extension.yaml", "name: sample\nversion: 1.0.0\ninputs:\n  type: object\n  properties: {}\n")).Read();
        Assert.Empty(summary.Warnings);
    }

    [Theory]
    [InlineData("enabled_default: true", "enabled: false", true, false)]
    [InlineData("enabled_default: false", "enabled: true", false, true)]
    [InlineData("id: sample", "enabled: false", false, false)]
    [InlineData("id: sample", "enabled: true", true, true)]
    [InlineData("id: sample", "builtin: false", true, true)]
    public void The_first_state_is_that_of_the_packaging_file_else_of_the_definition(
        string packaging, string definition, bool enabledByDefault, bool definitionEnabled)
    {
        ItemManifest manifest = InMemoryManifests.Of(
            ("manifest.yaml", Definition + definition), ("extension.yaml", packaging)).Read();

        Assert.Equal(enabledByDefault, manifest.EnabledByDefault);
        Assert.Equal(definitionEnabled, manifest.DefinitionEnabled);
    }

    [Fact]
    public void Without_a_manifest_there_is_no_item()
    {
        foreach (ItemType? named in new ItemType?[] { null, ItemType.Extension, ItemType.AgenticModule })
        {
            LlamaGateException refusal = InMemoryManifests.Of(("README.md", "# Sample")).Refusal(named);
            Assert.Equal(ErrorIds.PackageInvalid, refusal.ErrorId);
            Assert.StartsWith("item not found: no manifest in the package 'the-target'", refusal.Message, StringComparison.Ordinal);
            Assert.Equal("the-target", refusal.Target);
        }
    }

    [Theory]
    [InlineData("manifest.yaml", "agenticmodule.yaml")]
    [InlineData("extension.yaml", "module.yaml")]
    [InlineData("manifest.yml", "module.yaml")]
    public void Manifests_of_both_kinds_are_ambiguous(string extension, string module)
    {
        LlamaGateException refusal = InMemoryManifests.Of((extension, Definition), (module, ModuleDefinition)).Refusal();

        Assert.Equal(ErrorIds.PackageInvalid, refusal.ErrorId);
        Assert.Contains("ambiguous", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ItemType.Extension, "sample")]
    [InlineData(ItemType.AgenticModule, "sample-module")]
    public void Among_manifests_of_both_kinds_the_named_type_decides(ItemType named, string id)
    {
        ItemManifest manifest = InMemoryManifests.Of(
            ("manifest.yaml", Definition), ("agenticmodule.yaml", ModuleDefinition)).Read(named);

        Assert.Equal(named, manifest.Type);
        Assert.Equal(id, manifest.Id);
    }

    [Theory]
    [InlineData("manifest.yaml", ItemType.AgenticModule)]
    [InlineData("extension.yml", ItemType.AgenticModule)]
    [InlineData("agenticmodule.yaml", ItemType.Extension)]
    [InlineData("module.yaml", ItemType.Extension)]
    public void A_package_of_another_type_than_the_named_is_refused(string file, ItemType named)
    {
        LlamaGateException refusal = InMemoryManifests.Of((file, "not even: [yaml")).Refusal(named);

        Assert.Equal(ErrorIds.PackageTypeMismatch, refusal.ErrorId);
        Assert.Equal("the-target", refusal.Target);
    }

    [Theory]
    [InlineData("manifest", Definition)]
    [InlineData("agenticmodule", ModuleDefinition)]
    public void The_short_spelling_is_read_with_a_warning(string name, string text)
    {
        ItemManifest manifest = InMemoryManifests.Of((name + ".yml", text)).Read();

        Problem warning = Assert.Single(manifest.Warnings);
        Assert.Equal(name + ".yml", warning.File);
        Assert.Contains($"rename the file to {name}.yaml", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_both_spellings_the_long_one_is_read_and_the_other_warned_of()
    {
        ItemManifest manifest = InMemoryManifests.Of(
            ("manifest.yaml", Definition), ("extension.yaml", "id: long\n"), ("extension.yml", "id: [short")).Read();

        Assert.Equal("long", manifest.Id);
        Problem warning = Assert.Single(manifest.Warnings);
        Assert.Equal("extension.yaml", warning.File);
        Assert.Contains("extension.yml", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_of_both_files_are_reported_at_once()
    {
        LlamaGateException refusal = InMemoryManifests.Of(
            ("manifest.yaml", "name: no good\nversion: v1\ntype: workflow\nsteps: []\n"),
            ("extension.yaml", "id: con\nenabled_default: \"true\"\nload_mode: soon\n")).Refusal();

        Assert.Equal(ErrorIds.ManifestInvalid, refusal.ErrorId);
        Assert.Contains("manifest validation failed", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'the-target'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("try again", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("the-target", refusal.Target);
        Assert.Equal(
            [
                ("extension.yaml", 1, 5, "id"), ("extension.yaml", 2, 18, "enabled_default"), ("extension.yaml", 3, 12, "load_mode"),
                ("manifest.yaml", 1, 1, "description"), ("manifest.yaml", 1, 7, "name"), ("manifest.yaml", 2, 10, "version"),
                ("manifest.yaml", 4, 8, "steps"),
            ],
            refusal.Problems.Select(problem => (problem.File, problem.Line, problem.Column, problem.Field)));
        Assert.All(refusal.Problems, problem => Assert.Contains(problem.ToString(), refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_no_yaml_does_not_hide_the_problems_of_the_other()
    {
        string[] problems = InMemoryManifests.Of(("manifest.yaml", "name: [\n"), ("extension.yaml", "version: 1\n")).Problems();

        Assert.Equal(2, problems.Length);
        Assert.StartsWith("extension.yaml(1,10): version: '1' is not a semantic version", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("manifest.yaml(1,7): ", problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_a_problem()
    {
        var unreadable = new InMemoryManifests();
        unreadable.Add("manifest.yaml", () => throw new UnauthorizedAccessException("No access."));
        unreadable.Add("extension.yaml", () => throw new IOException("No medium."));

        Assert.Equal(
            ["extension.yaml: cannot be read: No medium.", "manifest.yaml: cannot be read: No access."], unreadable.Problems());
    }

    [Fact]
    public void Reading_stops_when_it_is_cancelled()
    {
        Assert.Throws<OperationCanceledException>(() => ManifestReader.Read(
            InMemoryManifests.Of(("manifest.yaml", Definition)), null, null, "the-target", new CancellationToken(canceled: true)));
    }
}
