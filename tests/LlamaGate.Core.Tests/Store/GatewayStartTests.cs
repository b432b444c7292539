using System;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>What the report of a start foretells of gateway 0.9.1, item by item (contract, section 8).</summary>
public sealed class GatewayStartTests : IDisposable
{
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void What_the_gateway_cannot_parse_is_not_loaded()
    {
        Install("inputs", "inputs:\n  type: object\n");
        Install("outputs", "outputs:\n  type: object\n");
        Install("config", "config: [a]\n");
        Install("schema", "endpoints:\n  - path: /a\n    method: GET\n    request_schema: [a]\n");
        Install("braces", "config:\n  prompt: {{input}}\n");
        test.Write(
            "agentic-modules/installed/workflow/agenticmodule.yaml",
            "name: workflow\nversion: 1.0.0\ndescription: d\nworkflow:\n  steps:\n    - extension: inputs\n");

        StartupReport report = Start();

        Assert.Equal(
            [
                "workflow: failed to load module manifest: manifest validation failed: validation error: module 'workflow' must have at least one step",
                "braces: failed to load extension manifest: failed to parse YAML: yaml: invalid map key: map[string]interface {}{\"input\":interface {}(nil)}",
                "config: failed to load extension manifest: failed to parse YAML: yaml: unmarshal errors: line 7: cannot unmarshal !!seq into map[string]interface {}",
                "inputs: failed to load extension manifest: failed to parse YAML: yaml: unmarshal errors: line 8: cannot unmarshal !!map into []extensions.InputDefinition",
                "outputs: failed to load extension manifest: failed to parse YAML: yaml: unmarshal errors: line 8: cannot unmarshal !!map into []extensions.OutputDefinition",
                "schema: failed to load extension manifest: failed to parse YAML: yaml: unmarshal errors: line 10: cannot unmarshal !!seq into map[string]interface {}",
            ],
            report.Failed.Select(item => $"{item.Id}: {item.Reason}"));
        Assert.Equal((0, 0), (report.LoadedCount, report.ModuleCount));
    }

    /// <summary>The packages of the samples are of the kinds that users have: one has the packaging file alone.</summary>
    [Fact]
    public void The_kinds_of_packages_that_users_have_are_told_as_the_gateway_tells_them()
    {
        string samples = Path.Combine(Repository.Root, "samples", "packages");
        Assert.All(Directory.GetDirectories(samples), folder => test.Import(folder));
        using (PackageStore store = test.Open())
        {
            store.SetEnabled(store.FindItem("webhook-receiver", null), enabled: true, default);
        }

        StartupReport report = Start();

        Assert.Equal(
            [
                "AgenticModule ticket-triage Counted the gateway counts it, but runs modules only from ./agenticmodules/ticket-triage",
                "Extension request-logger Loaded ",
                "Extension summarize-text Loaded ",
                "Extension webhook-receiver Failed no extension manifest found: manifest.yaml is required",
            ],
            report.Items.Select(item => $"{item.Type} {item.Id} {item.Status} {item.Reason}"));
        Assert.Equal((2, 1, 1), (report.LoadedCount, report.ModuleCount, report.Failed.Count));
    }

    [Theory]
    [InlineData("1.0.0.0", "", "version: '1.0.0.0' is not a semantic version")]
    [InlineData("1.0.0", "---\nname: second\n", "a second YAML document begins here")]
    [InlineData("1.0.0", "more: {a: 1, a: 2}\n", "occurs more than once")]
    public void What_import_refuses_is_loaded_where_the_gateway_is_looser(string version, string more, string reason)
    {
        test.Write("extensions/installed/loose/manifest.yaml", TestHome.Manifest("loose", version, more));

        StartupItem item = Assert.Single(Start().Items);

        Assert.Equal((StartupItem.Loaded, version), (item.Status, item.Version));
        Assert.StartsWith("loaded by the gateway, refused by import: ", item.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, item.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packaging_file_that_is_broken_is_ignored()
    {
        test.Write("extensions/installed/loose/manifest.yaml", TestHome.Manifest("loose"));
        test.Write("extensions/installed/loose/extension.yaml", "id: [");

        StartupItem item = Assert.Single(Start().Items);

        Assert.Equal(StartupItem.Loaded, item.Status);
        Assert.StartsWith("loaded by the gateway, refused by import: extension.yaml", item.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_of_two_parts_is_refused_for_extensions_and_not_for_modules()
    {
        test.Write("extensions/installed/e/manifest.yaml", TestHome.Manifest("e", "1.0"));
        test.Write("agentic-modules/installed/m/agenticmodule.yaml", "name: m\nversion: 1.0\ndescription: d\nsteps:\n  - extension: e\n");

        StartupReport report = Start();

        Assert.Contains("'version' field '1.0' should follow semantic versioning", Assert.Single(report.Failed).Reason, StringComparison.Ordinal);
        Assert.Equal("m", Assert.Single(report.Items, item => item.Status is StartupItem.Counted).Id);
    }

    [Fact]
    public void Installed_modules_are_counted_and_not_run_and_their_extensions_not_loaded()
    {
        test.Import(test.ModuleZip("mod"));
        test.Write("agentic-modules/installed/mod/extensions/own/manifest.yaml", TestHome.Manifest("own"));

        StartupItem item = Assert.Single(Start().Items);

        Assert.Equal(StartupItem.Counted, item.Status);
        Assert.Equal("the gateway counts it, but runs modules only from ./agenticmodules/mod", item.Reason);
    }

    [Fact]
    public void Legacy_modules_are_ignored_and_their_extensions_loaded()
    {
        MarkMigrated();
        string legacy = test.Folder(
            "extensions",
            ("mod/agenticmodule.yaml", "name: mod\nversion: 1.0.0\ndescription: d\nsteps:\n  - extension: own\n"),
            ("mod/extensions/own/manifest.yaml", TestHome.Manifest("own")));

        StartupReport report = Start(legacy);

        Assert.Equal(["own Loaded", "mod Ignored"], report.Items.Select(item => $"{item.Id} {item.Status}"));
        Assert.Empty(report.Failed);
    }

    [Fact]
    public void A_disabled_or_removed_item_with_a_legacy_copy_comes_back()
    {
        MarkMigrated();
        test.Import(test.ExtensionZip("off"));
        test.Import(test.ExtensionZip("gone"));
        test.Import(test.ExtensionZip("on"));
        string legacy = test.Folder(
            "extensions",
            ("off/manifest.yaml", TestHome.Manifest("off")),
            ("gone/manifest.yaml", TestHome.Manifest("gone")),
            ("on/manifest.yaml", TestHome.Manifest("on")));
        using (PackageStore store = test.Open())
        {
            store.SetEnabled(store.FindItem("off", null), enabled: false, default);
            store.Remove(store.FindItem("gone", null), default);
        }

        Assert.Equal(
            [
                "Installed off Disabled ",
                "Installed on Loaded ",
                "Legacy gone Loaded ",
                "Legacy off Loaded 'off' is disabled in the home, and this copy is loaded instead",
                $"Legacy on Shadowed the extension in '{test.Home.ItemFolder(ItemType.Extension, "on")}' has the same name and is loaded",
            ],
            Start(legacy).Items.Select(item => $"{item.Source} {item.Id} {item.Status} {item.Reason}"));
    }

    [Fact]
    public void Of_two_items_with_one_name_one_is_served()
    {
        test.Import(test.Zip("a.zip", ("manifest.yaml", TestHome.Manifest("same")), ("extension.yaml", "id: first\n")));
        test.Import(test.Zip("b.zip", ("manifest.yaml", TestHome.Manifest("same")), ("extension.yaml", "id: second\n")));

        StartupReport report = Start();

        Assert.Equal(["first Shadowed", "second Loaded"], report.Items.Select(item => $"{item.Id} {item.Status}"));
        Assert.Contains("'second' has the same name", report.Items[0].Reason, StringComparison.Ordinal);
        Assert.Contains("'first' has the same name", report.Items[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Builtin_extensions_are_those_in_a_folder_of_exactly_that_name()
    {
        MarkMigrated();
        string legacy = test.Folder(
            "extensions",
            ("builtin/core/manifest.yaml", TestHome.Manifest("core")),
            ("deeper/builtin/x/manifest.yaml", TestHome.Manifest("x")),
            ("says/manifest.yaml", TestHome.Manifest("says", more: "builtin: true\n")),
            ("manifest.yaml", TestHome.Manifest("root")));

        Assert.Equal(
            ["BuiltIn core Loaded", "Legacy x Loaded", "Legacy root Loaded", "Legacy says Failed"],
            Start(legacy).Items.Select(item => $"{item.Source} {item.Id} {item.Status}"));
    }

    [Fact]
    public void An_installed_extension_takes_the_place_of_a_builtin_one_until_a_refresh()
    {
        MarkMigrated();
        test.Import(test.ExtensionZip("core"));
        string legacy = test.Folder("extensions", ("builtin/core/manifest.yaml", TestHome.Manifest("core")));

        StartupReport report = Start(legacy);

        Assert.Equal(["BuiltIn Shadowed", "Installed Loaded"], report.Items.Select(item => $"{item.Source} {item.Status}"));
        Assert.Contains("until the next refresh", report.Items[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_extension_whose_manifest_says_that_it_is_not_enabled_is_loaded_and_not_served()
    {
        Install("quiet", "enabled: false\n");
        using (PackageStore store = test.Open())
        {
            store.SetEnabled(store.FindItem("quiet", null), enabled: true, default);
        }

        StartupItem item = Assert.Single(Start().Items);

        Assert.Equal(StartupItem.Loaded, item.Status);
        Assert.Contains("the gateway lists it, but does not serve it", item.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disabled_item_comes_back_under_the_name_that_its_manifest_gives_it()
    {
        test.Write("extensions/installed/folder/manifest.yaml", TestHome.Manifest("other"));
        Start();
        using (PackageStore store = test.Open())
        {
            store.SetEnabled(store.FindItem("folder", null), enabled: false, default);
        }

        StartupItem item = Assert.Single(Start().Items);

        Assert.Equal((StartupItem.Loaded, "folder", "other"), (item.Status, item.Id, item.Name));
        Assert.Contains("also reads it as the item 'other'", item.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_migrated_by_us_is_migrated_by_the_gateway()
    {
        string legacy = test.Folder("extensions", ("loose/manifest.yaml", TestHome.Manifest("loose", "1.0.0.0")));

        StartupReport report = Start(legacy);

        StartupItem item = Assert.Single(report.Installed);
        Assert.Equal(("loose", test.Home.ItemFolder(ItemType.Extension, "loose")), (item.Id, item.Path));
        Assert.Contains("the gateway copies it from", item.Reason, StringComparison.Ordinal);
        Assert.Contains("refused by import", item.Reason, StringComparison.Ordinal);
        Assert.StartsWith("it cannot be migrated: ", Assert.Single(report.Failed).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_legacy_folder_that_cannot_be_read_hides_all_of_them()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName != "root", "needs permissions that count");
        MarkMigrated();
        string legacy = test.Folder("extensions", ("a/manifest.yaml", TestHome.Manifest("a")), ("b/manifest.yaml", TestHome.Manifest("b")));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(legacy, "a"), UnixFileMode.None);
        }

        StartupReport report = Start(legacy);

        Assert.Equal(0, report.LoadedCount);
        Assert.Contains("loads nothing from this directory", Assert.Single(report.Failed).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_without_its_definition_file_is_not_loaded()
    {
        test.Write("extensions/installed/bare/extension.yaml", "name: bare\nversion: 1.0.0\n");

        Assert.Equal("no extension manifest found: manifest.yaml is required", Assert.Single(Start().Failed).Reason);
    }

    private void Install(string id, string more) => test.Import(test.ExtensionZip(id, more: more));

    private void MarkMigrated() => test.Write(".migration_complete", "done\n");

    private StartupReport Start(string? legacy = null)
    {
        using PackageStore store = test.Open();
        return store.Startup(legacy ?? Path.Combine(test.Root, "none"), checkOnly: false, TestContext.Current.CancellationToken);
    }
}
