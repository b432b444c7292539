using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Xunit;

namespace LlamaGate.Tests;

/// <summary><c>new</c>, <c>test</c>, <c>inspect</c>, <c>pack</c> and <c>schema</c>.</summary>
public sealed class AuthoringTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("new my-item", "extension my-item (v0.1.0)")]
    [InlineData("new ext my-item --template observer", "extension my-item (v0.1.0)")]
    [InlineData("new agentic-module my-item", "agentic module my-item (v0.1.0)")]
    public void From_nothing_to_an_installed_item_are_four_commands(string create, string item)
    {
        Assert.StartsWith($"Created {item} in {Path.Combine(sandbox.Folder, "my-item")}\n", sandbox.Done(create.Split(' ')), StringComparison.Ordinal);
        Assert.Equal($"Valid: {item} in my-item\n", sandbox.Done("test", "my-item", "--strict"));
        string zip = Path.Combine(sandbox.Folder, "dist", "my-item-0.1.0.zip");
        Assert.Equal($"Packed {item} into {zip}\n", sandbox.Done("pack", "my-item", "--out", "dist/"));
        Assert.False(Directory.Exists(sandbox.Home));
        Assert.Equal($"Installed {item}\n", sandbox.Done("import", zip));
    }

    [Fact]
    public void A_new_package_has_what_was_asked_for()
    {
        sandbox.Done("new", "folder", "--id", "my-ext", "--name", "My: extension", "--description", "It helps.", "--template", "middleware");

        JsonElement item = Assert.Single(sandbox.Run("inspect", "folder", "--json").Json.GetProperty("items").EnumerateArray());
        Assert.Equal(
            ["my-ext", "My: extension", "It helps.", "middleware", "eager"],
            new[] { "id", "name", "description", "kind", "loadMode" }.Select(name => item.GetProperty(name).GetString()));
        Assert.Equal("http.request", Assert.Single(item.GetProperty("hooks").EnumerateArray()).GetString());
    }

    [Fact]
    public void A_folder_that_is_not_empty_is_left_alone()
    {
        sandbox.Write("my-ext/manifest.yaml", "mine");

        CommandResult result = sandbox.Run("new", "my-ext");

        Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
        Assert.StartsWith("error DestinationExists: ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("  extension.yaml\n", sandbox.Done("new", "my-ext", "--force"), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(sandbox.Folder, "my-ext", "manifest.yaml")));
    }

    [Theory]
    [InlineData("new my-ext --dry-run")]
    [InlineData("pack valid --out dist/ --dry-run")]
    [InlineData("test valid invalid")]
    [InlineData("inspect valid invalid")]
    public void Nothing_is_written(string line)
    {
        WritePackages();
        string before = string.Join('\n', Directory.EnumerateFileSystemEntries(sandbox.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));

        sandbox.Run(line.Split(' '));

        Assert.Equal(
            before, string.Join('\n', Directory.EnumerateFileSystemEntries(sandbox.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(sandbox.Profile));
    }

    [Fact]
    public void A_test_of_many_packages_has_a_summary_and_the_exit_code_of_the_worst()
    {
        WritePackages();

        CommandResult result = sandbox.Run("test", "valid", "invalid", "missing");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            """
            Valid: extension valid (v1.0.0) in valid
            Invalid: invalid
              error: manifest.yaml(2,10): version: 'one' is not a semantic version: write MAJOR.MINOR.PATCH, such as 1.0.0
            3 packages: 1 valid, 1 invalid, 1 not found.

            """.ReplaceLineEndings("\n"),
            result.Output);
        Assert.StartsWith("error PackageNotFound: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, sandbox.Run("test", "valid", "valid").ExitCode);
    }

    [Fact]
    public void A_warning_counts_in_a_strict_test_alone()
    {
        sandbox.Write("alone/extension.yaml", "name: alone\nversion: 1.0.0\n");

        Assert.Contains("\n  warning: manifest.yaml: does not exist", sandbox.Done("test", "alone"), StringComparison.Ordinal);
        Assert.Equal(1, sandbox.Run("test", "alone", "--strict").ExitCode);
        Assert.Equal(string.Empty, sandbox.Done("test", "alone", "--quiet"));
        Assert.NotEmpty(sandbox.Run("test", "alone", "--quiet", "--strict").Output);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--format json")]
    public void Json_has_every_problem(string option)
    {
        WritePackages();

        CommandResult result = sandbox.Run(["test", "invalid", .. option.Split(' ')]);

        Assert.Equal((1, string.Empty), (result.ExitCode, result.Error));
        JsonElement item = Assert.Single(result.Json.GetProperty("items").EnumerateArray());
        Assert.False(item.GetProperty("isValid").GetBoolean());
        JsonElement problem = Assert.Single(item.GetProperty("problems").EnumerateArray());
        Assert.Equal(("manifest.yaml", 2, 10), (problem.GetProperty("file").GetString(), problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()));
    }

    [Fact]
    public void Annotations_name_the_line_of_the_file()
    {
        WritePackages();
        sandbox.Write("odd, name/extension.yaml", "name: \"100%\\n::error::injected\"\nversion: 1.0.0\nid: odd\n");

        CommandResult result = sandbox.Run("test", "valid", "invalid", "odd, name", "--format", "github");

        Assert.Equal((1, string.Empty), (result.ExitCode, result.Error));
        string[] lines = result.Output.Split('\n');
        Assert.Contains(
            "::error file=invalid/manifest.yaml,line=2,col=10::version: 'one' is not a semantic version: write MAJOR.MINOR.PATCH, such as 1.0.0", lines);
        string odd = Assert.Single(lines, line => line.StartsWith("::error file=odd%2C name/extension.yaml,line=1", StringComparison.Ordinal));
        Assert.Contains("100%25", odd, StringComparison.Ordinal);
        Assert.Equal(2, lines.Count(line => line.StartsWith("::error", StringComparison.Ordinal)));
        Assert.Contains("3 packages: 1 valid, 2 invalid.", lines);
    }

    [Fact]
    public void A_path_that_is_not_there_cannot_be_an_annotation_of_its_own()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows holds no such name.");

        CommandResult result = sandbox.Run("test", "none\n::error::injected", "--format", "github");

        Assert.Equal(1, result.ExitCode);
        string line = Assert.Single(result.Output.TrimEnd().Split('\n'));
        Assert.StartsWith("::error title=PackageNotFound::", line, StringComparison.Ordinal);
        Assert.Contains("%0A::error::injected", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Sarif_obeys_its_schema()
    {
        WritePackages();
        sandbox.Write("with space/extension.yaml", "name: x\nversion: 1.0.0\n");
        sandbox.Zip("broken.zip", ("manifest.yaml", "name: x\n"));

        CommandResult result = sandbox.Run("test", "valid", "invalid", "missing", "with space", "broken.zip", "--format", "sarif");

        Assert.Equal((1, string.Empty), (result.ExitCode, result.Error));
        var sarif = JsonNode.Parse(result.Output)!;
        using Stream stream = typeof(AuthoringTests).Assembly.GetManifestResourceStream("sarif-2.1.0.json")!;
        using var reader = new StreamReader(stream);
        EvaluationResults validation = JsonSchema.FromText(reader.ReadToEnd()).Evaluate(
            sarif, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        Assert.True(validation.IsValid, string.Join("; ", validation.Details.Where(detail => detail.HasErrors).Select(detail => detail.InstanceLocation.ToString())));

        JsonNode run = sarif["runs"]![0]!;
        JsonNode first = run["results"]![0]!;
        Assert.Equal("ManifestInvalid", first["ruleId"]!.GetValue<string>());
        JsonNode place = first["locations"]![0]!["physicalLocation"]!;
        Assert.Equal("invalid/manifest.yaml", place["artifactLocation"]!["uri"]!.GetValue<string>());
        Assert.Equal(2, place["region"]!["startLine"]!.GetValue<int>());
        Assert.Equal(
            ["invalid/manifest.yaml", "with%20space/manifest.yaml", "broken.zip"],
            run["results"]!.AsArray().Select(each => each!["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!.GetValue<string>()).Distinct());
        Assert.False(run["invocations"]![0]!["executionSuccessful"]!.GetValue<bool>());
        Assert.Equal("PackageNotFound", run["invocations"]![0]!["toolExecutionNotifications"]![0]!["descriptor"]!["id"]!.GetValue<string>());
    }

    [Fact]
    public void Sarif_of_valid_packages_has_no_results()
    {
        WritePackages();

        JsonElement run = sandbox.Run("test", "valid", "--format", "sarif").Json.GetProperty("runs")[0];

        Assert.Equal(0, run.GetProperty("results").GetArrayLength());
        Assert.True(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
    }

    [Fact]
    public void An_inspection_lists_the_files_with_their_hashes()
    {
        WritePackages();

        string text = sandbox.Done("inspect", "valid");

        Assert.StartsWith("extension valid (v1.0.0)\n  ID: valid\n", text, StringComparison.Ordinal);
        Assert.Matches("\n    [0-9a-f]{64} +[0-9]+  manifest.yaml\n", text);
        Assert.Equal(1, sandbox.Run("inspect", "invalid").ExitCode);
    }

    [Fact]
    public void Packing_several_folders_needs_a_folder_and_goes_on_after_an_invalid_one()
    {
        WritePackages();
        sandbox.Done("new", "other");

        CommandResult one = sandbox.Run("pack", "valid", "other", "--out", "all.zip");
        Assert.StartsWith("error DestinationExists: ", one.Error, StringComparison.Ordinal);
        CommandResult many = sandbox.Run("pack", "invalid", "valid", "other", "--out", "dist/");

        Assert.Equal(1, many.ExitCode);
        Assert.StartsWith("error ManifestInvalid: ", many.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["other-0.1.0.zip", "valid-1.0.0.zip"],
            Directory.GetFiles(Path.Combine(sandbox.Folder, "dist")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_package_goes_into_the_current_folder_unless_another_is_named()
    {
        WritePackages();

        sandbox.Done("pack", "valid");

        Assert.True(File.Exists(Path.Combine(sandbox.Folder, "valid-1.0.0.zip")));
    }

    [Fact]
    public void The_schema_is_the_file_of_the_repository()
    {
        string schema = sandbox.Done("schema", "manifest.yaml");

        Assert.Equal(schema, sandbox.Done("schema", "my-ext/Manifest.yml"));
        Assert.Equal("manifest.yaml", JsonDocument.Parse(schema).RootElement.GetProperty("title").GetString());
    }

    private void WritePackages()
    {
        sandbox.Write("valid/manifest.yaml", Sandbox.Manifest("valid"));
        sandbox.Write("invalid/manifest.yaml", Sandbox.Manifest("invalid", "one"));
    }
}
