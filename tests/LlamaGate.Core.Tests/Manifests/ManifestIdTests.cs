using System;
using System.Linq;
using LlamaGate.Manifests;
using Xunit;

namespace LlamaGate.Tests.Manifests;

public class ManifestIdTests
{
    private const string Definition = InMemoryManifests.Definition;
    private const string ModuleDefinition = InMemoryManifests.ModuleDefinition;

    public static TheoryData<string> InvalidIds =>
        ["..", ".", "con", "NUL", "com1", "a/b", "a\\b", "a b", "ä", "a.b", "١", "a:b", new string('a', 129), new string('a', 10_000)];

    [Theory]
    [MemberData(nameof(InvalidIds))]
    public void An_invalid_id_of_the_packaging_file_is_a_problem(string id)
    {
        LlamaGateException refusal = InMemoryManifests.Of(
            ("manifest.yaml", Definition), ("extension.yaml", $"id: '{id}'\n")).Refusal();

        Problem problem = Assert.Single(refusal.Problems);
        Assert.Equal(("extension.yaml", 1, 5, "id"), (problem.File, problem.Line, problem.Column, problem.Field));
        Assert.Contains(ItemId.Rule, problem.Message, StringComparison.Ordinal);
        Assert.InRange(problem.Message.Length, 1, 300);
    }

    [Theory]
    [MemberData(nameof(InvalidIds))]
    public void The_name_in_an_extensions_definition_must_be_a_valid_id(string name)
    {
        string text = Definition.Replace("name: sample", $"name: '{name}'", StringComparison.Ordinal);

        foreach (string? folderId in new[] { null, "folder" })
        {
            string problem = Assert.Single(InMemoryManifests.Of(("manifest.yaml", text)).Problems(folderId));
            Assert.StartsWith("manifest.yaml(1,7): name: ", problem, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Abc_9-x")]
    [InlineData("0")]
    public void A_valid_id_is_taken_as_written(string id)
    {
        Assert.Equal(id, InMemoryManifests.Of(("manifest.yaml", Definition), ("extension.yaml", $"id: {id}\n")).Read().Id);
    }

    [Fact]
    public void The_longest_id_is_taken()
    {
        string id = new('a', ItemId.MaxLength);
        Assert.Equal(id, InMemoryManifests.Of(("extension.yaml", $"id: {id}\nname: N\nversion: 1.0.0\n")).Read().Id);
    }

    [Fact]
    public void The_name_of_the_definition_is_the_id_before_that_of_the_packaging_file()
    {
        Assert.Equal(
            "sample-module",
            InMemoryManifests.Of(("agenticmodule.yaml", ModuleDefinition), ("module.yaml", "name: packaged\n")).Read().Id);
    }

    [Fact]
    public void The_name_of_the_packaging_file_is_the_id_when_that_of_the_definition_cannot_be()
    {
        string text = ModuleDefinition.Replace("sample-module", "A sample module", StringComparison.Ordinal);

        Assert.Equal("packaged", InMemoryManifests.Of(("agenticmodule.yaml", text), ("module.yaml", "name: packaged\n")).Read().Id);
    }

    [Fact]
    public void A_package_whose_name_cannot_be_its_id_needs_an_id()
    {
        string text = ModuleDefinition.Replace("sample-module", "A sample module", StringComparison.Ordinal);

        Assert.StartsWith(
            "agenticmodule.yaml(1,7): name: the name 'A sample module' is not a valid id: add an 'id' to module.yaml",
            InMemoryManifests.OnlyProblem("agenticmodule.yaml", text),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "extension.yaml(1,1): id: the name 'My Extension' is not a valid id: add an 'id' to this file",
            InMemoryManifests.OnlyProblem("extension.yaml", "name: My Extension\nversion: 1.0.0\n"),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "module.yaml(1,1): id: ",
            Assert.Single(InMemoryManifests.Of(("agenticmodule.yaml", text), ("module.yaml", "name: My Module\n")).Problems()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void On_disk_the_folder_is_the_id()
    {
        ItemManifest manifest = InMemoryManifests.Of(("manifest.yaml", Definition)).Read(ItemType.Extension, "sample");

        Assert.Equal("sample", manifest.Id);
        Assert.Empty(manifest.Warnings);
    }

    [Theory]
    [InlineData("id: other\n", "extension.yaml(1,5): id: 'other' is ignored: the id is")]
    [InlineData("id: ..\n", "extension.yaml(1,5): id: '..' is ignored: the id is")]
    [InlineData("id: Folder\n", "extension.yaml(1,5): id: 'Folder' is ignored: the id is")]
    [InlineData("name: A Name\n", "manifest.yaml(1,7): name: 'sample' is ignored: the id is")]
    public void On_disk_another_id_in_a_manifest_is_a_warning(string packaging, string warning)
    {
        ItemManifest manifest = InMemoryManifests.Of(
            ("manifest.yaml", Definition), ("extension.yaml", packaging)).Read(ItemType.Extension, "folder");

        Assert.Equal("folder", manifest.Id);
        Assert.StartsWith(warning, Assert.Single(manifest.Warnings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void On_disk_a_name_that_cannot_be_an_id_is_no_problem()
    {
        string text = ModuleDefinition.Replace("sample-module", "A sample module", StringComparison.Ordinal);
        ItemManifest manifest = InMemoryManifests.Of(("agenticmodule.yaml", text)).Read(ItemType.AgenticModule, "folder");

        Assert.Equal("folder", manifest.Id);
        Assert.Equal("A sample module", manifest.Name);
        Assert.Empty(manifest.Warnings);

        manifest = InMemoryManifests.Of(("extension.yaml", "name: My Extension\nversion: 1.0.0\n")).Read(ItemType.Extension, "folder");
        Assert.DoesNotContain(manifest.Warnings, warning => warning.Field.Length > 0);
    }

    [Fact]
    public void The_id_is_not_missed_when_a_manifest_that_may_give_it_cannot_be_read()
    {
        string[] problems = InMemoryManifests.Of(("agenticmodule.yaml", "a: ["), ("module.yaml", "name: My Module\n")).Problems();

        Assert.Equal("agenticmodule.yaml", Assert.Single(problems.Select(problem => problem.Split('(')[0])));
    }
}
