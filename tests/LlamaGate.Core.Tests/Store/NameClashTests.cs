using System;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>What gateway 0.9.1 cannot tell apart is a warning at import and when an item is enabled (contract, sections 2, 4 and 7).</summary>
public sealed class NameClashTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_extension_and_a_module_of_one_id_in_one_call(bool checkOnly)
    {
        string[] both = [test.ExtensionZip("same"), test.ModuleZip("same")];

        test.Import(new ImportOptions(checkOnly: checkOnly), both);
        test.Import(new ImportOptions(checkOnly: checkOnly), [.. both.Reverse()]);

        Assert.Contains("An imported extension has the id 'same' as well. Gateway 0.9.1 keys its registry by the id alone", test.Log.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(checkOnly ? 2 : 3, test.Log.Warnings.Count); // Once both are installed, each is told of the other.
    }

    [Fact]
    public void A_name_that_another_extension_has()
    {
        test.Import(Named("first", "same"));
        test.Import(Named("second", "same"));

        Assert.Equal(
            "The manifest.yaml files of 'second' and of 'first' have the same name, 'same'. Gateway 0.9.1 keys extensions by this name and serves only one of the two. Give one of them another name.",
            Assert.Single(test.Log.Warnings));
    }

    [Fact]
    public void A_name_that_another_extension_of_the_same_call_has()
    {
        test.Import(new ImportOptions(), Named("first", "same"), Named("second", "same"));

        Assert.Contains("of 'second' and of 'first' have the same name, 'same'", Assert.Single(test.Log.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("extension")]
    [InlineData("module")]
    public void A_name_that_is_the_id_of_another_item(string kind)
    {
        test.Import(kind == "module" ? test.ModuleZip("taken") : Named("taken", "other-name"));
        test.Import(Named("mine", "taken"));

        Assert.Contains("has the name 'taken', which is the id of another item", Assert.Single(test.Log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_and_a_display_name_are_no_clash()
    {
        test.Import(test.Zip("a.zip", ("manifest.yaml", TestHome.Manifest("a")), ("extension.yaml", "name: b\n")));
        test.Import(test.Zip("a2.zip", ("manifest.yaml", TestHome.Manifest("a", "2.0.0")), ("extension.yaml", "name: b\n")));
        test.Import(test.ExtensionZip("b"));

        Assert.Empty(test.Log.Warnings);
    }

    [Theory]
    [InlineData("inputs:\n  type: object\n", "Gateway 0.9.1 does not load 'x': failed to parse YAML: yaml: unmarshal errors: line 8: cannot unmarshal !!map into []extensions.InputDefinition")]
    [InlineData("enabled: false\n", "The manifest.yaml of 'x' says 'enabled: false'. Gateway 0.9.1 follows the manifest, not the registry. Change the manifest as well.")]
    [InlineData("enabled: false\nbuiltin: true\n", null)]
    [InlineData("", null)]
    public void Enabling_tells_what_the_gateway_does(string more, string? warning)
    {
        test.Import(test.ExtensionZip("x", more: more));
        test.Log.Warnings.Clear();

        Enable("x");

        Assert.Equal(warning is null ? [] : new[] { warning }, test.Log.Warnings);
    }

    [Fact]
    public void Enabling_tells_of_a_name_that_is_another_id()
    {
        test.Import(test.ExtensionZip("taken"));
        test.Import(Named("mine", "taken"));
        test.Log.Warnings.Clear();

        Enable("mine");

        Assert.Contains("which is the id of another extension", Assert.Single(test.Log.Warnings), StringComparison.Ordinal);
    }

    private void Enable(string id)
    {
        using PackageStore store = test.Open();
        store.SetEnabled(store.FindItem(id, null), enabled: true, TestContext.Current.CancellationToken);
    }

    private string Named(string id, string name) => test.Zip(
        $"{id}-{Guid.NewGuid():N}.zip", ("manifest.yaml", TestHome.Manifest(name)), ("extension.yaml", $"id: {id}\n"));
}
