using System;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Authoring;

/// <summary>A new package from a template.</summary>
public sealed class CreateTests : AuthoringTest
{
    public static TheoryData<ItemType, PackageTemplate> Kinds => new()
    {
        { ItemType.Extension, PackageTemplate.Workflow },
        { ItemType.Extension, PackageTemplate.Middleware },
        { ItemType.Extension, PackageTemplate.Observer },
        { ItemType.AgenticModule, PackageTemplate.Workflow },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_passes_a_strict_check_and_is_what_was_asked_for(ItemType type, PackageTemplate template)
    {
        CreatedPackage created = Create("my-item", new CreateOptions(type, template, name: "My item: \"one\"", description: "- yes: #1 \u2028 \\"));

        PackageTestResult result = Check(created.Path, strict: true);
        Assert.Equal((true, "my-item", type.ToDisplayName(), "My item: \"one\"", "0.1.0"), (result.IsValid, result.Id, result.Type, result.Name, result.Version));
        Assert.Equal(created.Files.Order(StringComparer.Ordinal), ReadTree(created.Path).Keys.Where(path => !path.EndsWith('/')).Order(StringComparer.Ordinal));
        PackageDetails details = Inspect(created.Path);
        Assert.Equal("- yes: #1 \u2028 \\", details.Description);
        Assert.Equal(type == ItemType.Extension ? template.ToString().ToLowerInvariant() : null, details.Kind);
        Assert.NotEmpty(template == PackageTemplate.Workflow ? details.Steps : details.Hooks);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_gateway_loads_it_when_it_is_imported(ItemType type, PackageTemplate template)
    {
        CreatedPackage created = Create("my-item", new CreateOptions(type, template));
        using var home = new TestHome();
        ImportedItem item = home.Import(Pack(created.Path, Scratch).Path);
        using PackageStore store = home.Open();

        StartupReport report = store.Startup(InScratch("none"), checkOnly: false, TestContext.Current.CancellationToken);

        Assert.True(item.Enabled);
        StartupItem loaded = Assert.Single(report.Items);
        Assert.Equal(("my-item", type.ToDisplayName(), "0.1.0"), (loaded.Id, loaded.Type, loaded.Version));
        Assert.Equal(
            type == ItemType.Extension ? (StartupItem.Loaded, string.Empty) : (StartupItem.Counted, "the gateway counts it, but runs modules only from ./agenticmodules/my-item"),
            (loaded.Status, loaded.Reason));
        Assert.Empty(report.Failed);
        Assert.Empty(home.Log.Warnings);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_manifest_names_its_schema_and_obeys_it(ItemType type, PackageTemplate template)
    {
        CreatedPackage created = Create("my-item", new CreateOptions(type, template));

        foreach (string file in created.Files)
        {
            string text = File.ReadAllText(Path.Combine(created.Path, file));
            Assert.StartsWith("# yaml-language-server: $schema=https://", text, StringComparison.Ordinal);
            Assert.DoesNotContain('\r', text);
            string manifest = file.Contains('/', StringComparison.Ordinal) ? "manifest.yaml" : file;
            Assert.Equal(
                System.Text.Json.Nodes.JsonNode.Parse(PackageAuthoring.ReadSchema(manifest))!["$id"]!.GetValue<string>(),
                text.Split('\n')[0].Split("$schema=")[1]);
        }
    }

    [Fact]
    public void A_module_has_an_extension_of_its_own_that_its_step_runs()
    {
        CreatedPackage created = Create("my-module", new CreateOptions(ItemType.AgenticModule));

        string step = Assert.Single(Inspect(created.Path).Steps);
        string extension = Path.Combine(created.Path, "extensions", step + ".yaml");
        string package = NewFolder();
        File.Copy(extension, Path.Combine(package, "manifest.yaml"));
        Assert.Equal(step, Inspect(package).Id);
    }

    [Fact]
    public void The_longest_id_leaves_room_for_the_extension_of_a_module() =>
        Assert.True(Check(Create("x", new CreateOptions(ItemType.AgenticModule, id: new string('a', 128))).Path, strict: true).IsValid);

    [Theory]
    [InlineData("no")]
    [InlineData("123")]
    [InlineData("1e3")]
    [InlineData("-x")]
    [InlineData("null")]
    public void Ids_that_YAML_would_take_for_something_else_stay_text(string id) =>
        Assert.Equal(id, Inspect(Create("x", new CreateOptions(id: id)).Path).Id);

    [Theory]
    [InlineData("not an id", null, "Specify another folder")]
    [InlineData("x", "con", "device name")]
    [InlineData("x", "", "not a valid id")]
    public void An_id_that_is_not_valid_is_refused_and_nothing_is_written(string folder, string? id, string reason)
    {
        LlamaGateException refusal = Assert.Throws<LlamaGateException>(() => Create(folder, new CreateOptions(id: id)));

        Assert.Equal(ErrorIds.ManifestInvalid, refusal.ErrorId);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Scratch));
    }

    [Fact]
    public void A_name_that_no_manifest_may_have_is_refused()
    {
        LlamaGateException refusal = Assert.Throws<LlamaGateException>(() => Create("x", new CreateOptions(name: "a\nb")));

        Assert.Equal(ErrorIds.ManifestInvalid, refusal.ErrorId);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Scratch));
    }

    [Fact]
    public void A_folder_that_is_not_empty_is_left_alone()
    {
        WriteFile(InScratch("x"), "notes.txt", "mine");
        string before = Snapshot();

        LlamaGateException refusal = Assert.Throws<LlamaGateException>(() => Create("x"));

        Assert.Equal(ErrorIds.DestinationExists, refusal.ErrorId);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Force_adds_what_is_missing_and_overwrites_nothing()
    {
        WriteFile(InScratch("x"), "manifest.yaml", "mine");

        CreatedPackage created = Create("x", new CreateOptions(addMissing: true));

        Assert.Equal(["extension.yaml"], created.Files);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(created.Path, "manifest.yaml")));
        Assert.Empty(Create("x", new CreateOptions(addMissing: true)).Files);
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_refused()
    {
        WriteFile(Scratch, "x", "a file");

        Assert.Equal(ErrorIds.DestinationExists, Assert.Throws<LlamaGateException>(() => Create("x")).ErrorId);
    }

    [Fact]
    public void What_is_not_approved_is_not_written()
    {
        Assert.Null(Authoring.Create(InScratch("x"), new CreateOptions(), _ => false, TestContext.Current.CancellationToken));

        Assert.Empty(Directory.EnumerateFileSystemEntries(Scratch));
    }

    [Fact]
    public void What_was_written_before_a_failure_is_deleted()
    {
        // The module's own folder of extensions cannot be made.
        WriteFile(InScratch("x"), "extensions", "a file");

        LlamaGateException refusal = Assert.Throws<LlamaGateException>(
            () => Create("x", new CreateOptions(ItemType.AgenticModule, addMissing: true)));

        Assert.Equal(ErrorIds.ExportFailed, refusal.ErrorId);
        Assert.Equal(["extensions"], Directory.EnumerateFileSystemEntries(InScratch("x")).Select(Path.GetFileName));
    }
}
