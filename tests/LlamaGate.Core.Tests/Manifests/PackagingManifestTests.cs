using System;
using LlamaGate.Manifests;
using Xunit;

namespace LlamaGate.Tests.Manifests;

public class PackagingManifestTests
{
    [Fact]
    public void Every_field_of_an_extension_is_read()
    {
        ItemManifest manifest = InMemoryManifests.Of(("extension.yaml", """
            id: my-extension
            name: My Extension
            version: 1.0.0
            description: Description
            enabled_default: false
            hot_reload: false
            load_mode: lazy
            autostart: true
            """)).Read();

        Assert.Equal(
            ("my-extension", "My Extension", "1.0.0", "Description"),
            (manifest.Id, manifest.Name, manifest.Version, manifest.Description));
        Assert.False(manifest.EnabledByDefault);
        Assert.False(manifest.HotReload);
        Assert.True(manifest.DefinitionEnabled);
    }

    [Fact]
    public void Every_field_of_a_module_is_read()
    {
        ItemManifest manifest = InMemoryManifests.Of(("module.yaml", """
            id: my-module
            name: My Module
            version: 1.0.0
            entry_workflow: main
            description: Description
            enabled_default: true
            hot_reload: true
            autostart: false
            """)).Read();

        Assert.Equal(
            ("my-module", "My Module", "1.0.0", "Description"),
            (manifest.Id, manifest.Name, manifest.Version, manifest.Description));
        Assert.True(manifest.EnabledByDefault);
        Assert.True(manifest.HotReload);
    }

    [Theory]
    [InlineData("load_mode: eager")]
    [InlineData("load_mode: 'lazy'")]
    [InlineData("load_mode:")]
    [InlineData("entry_workflow: [of, modules, only]")]
    public void An_extension_may_say(string line) =>
        Assert.Equal("a", InMemoryManifests.Of(("extension.yaml", $"name: a\nversion: 1.0.0\n{line}\n")).Read().Id);

    [Theory]
    [InlineData("load_mode: Eager", "load_mode: 'Eager' must be one of eager, lazy")]
    [InlineData("load_mode: [lazy]", "load_mode: must be text, not a list")]
    public void An_extension_may_not_say(string line, string problem) =>
        Assert.EndsWith(
            problem, InMemoryManifests.OnlyProblem("extension.yaml", $"name: a\nversion: 1.0.0\n{line}\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("entry_workflow: main")]
    [InlineData("entry_workflow:")]
    [InlineData("load_mode: [of, extensions, only]")]
    public void A_module_may_say(string line) =>
        Assert.Equal("a", InMemoryManifests.Of(("module.yaml", $"name: a\nversion: 1.0.0\n{line}\n")).Read().Id);

    [Fact]
    public void The_entry_workflow_of_a_module_is_text() =>
        Assert.EndsWith(
            "entry_workflow: must be text, not a mapping",
            InMemoryManifests.OnlyProblem("module.yaml", "name: a\nversion: 1.0.0\nentry_workflow: {a: b}\n"),
            StringComparison.Ordinal);
}
