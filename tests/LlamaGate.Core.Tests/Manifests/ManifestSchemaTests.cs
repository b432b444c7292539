using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Json.Schema;
using LlamaGate.Manifests;
using Xunit;

namespace LlamaGate.Tests.Manifests;

/// <summary>The JSON schemas of the manifests are schemas, and are those of the repository.</summary>
public sealed class ManifestSchemaTests
{
    public static TheoryData<string> Names => [.. PackageAuthoring.SchemaNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schema_is_valid_draft_2020_12(string manifest)
    {
        var schema = JsonNode.Parse(PackageAuthoring.ReadSchema(manifest))!;

        EvaluationResults results = SchemaAgreement.Evaluate(MetaSchemas.Draft202012, schema);

        Assert.True(results.IsValid);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema["$schema"]!.GetValue<string>());
        Assert.Equal(ManifestSchema.AddressOf(manifest), schema["$id"]!.GetValue<string>());
    }

    [Fact]
    public void There_is_one_for_each_manifest() =>
        Assert.Equal(["agenticmodule.yaml", "extension.yaml", "manifest.yaml", "module.yaml"], PackageAuthoring.SchemaNames.Order(StringComparer.Ordinal));

    [Fact]
    public void A_file_without_a_schema_is_an_error_that_names_those_that_have_one()
    {
        LlamaGateException refusal = Assert.Throws<LlamaGateException>(() => PackageAuthoring.ReadSchema("workflow.yaml"));

        Assert.Equal(ErrorIds.ItemNotFound, refusal.ErrorId);
        Assert.Contains("agenticmodule.yaml", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_is_named_by_its_file_in_either_spelling_or_by_its_path() =>
        Assert.Equal(PackageAuthoring.ReadSchema("manifest.yaml"), PackageAuthoring.ReadSchema(Path.Combine("my-ext", "Manifest.yml")));

    /// <summary>The samples of the repository, and the agreement itself: a schema that accepts too much or too little is caught.</summary>
    [Theory]
    [InlineData("name: a\n", false)]
    [InlineData(InMemoryManifests.Definition, true)]
    [InlineData(InMemoryManifests.Definition + "endpoints: [{path: x, method: GET}]\n", false)]
    [InlineData(InMemoryManifests.Definition + "endpoints: [{path: /x, method: get}]\ninputs: {a: 1}\n", true)]
    [InlineData("name: a\nversion: 1.0.0\ndescription: d\ntype: observer\nhooks: [{on: x}]\nendpoints: []\n", true)]
    [InlineData("name: a\nversion: 1.0.0\ndescription: d\ntype: observer\nhooks: [{on: x}]\nendpoints: [{path: /x, method: get}]\n", false)]
    public void Reader_and_schema_agree(string manifest, bool isValid)
    {
        InMemoryManifests files = InMemoryManifests.Of(("manifest.yaml", manifest));

        Assert.Equal(isValid, Record.Exception(() => files.Read()) is null);
        Assert.Equal(1, files.ComparedCount);
    }
}
