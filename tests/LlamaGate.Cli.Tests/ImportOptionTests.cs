using System;
using System.IO;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Which packages an import takes, in which order, and in which state they end.</summary>
public sealed class ImportOptionTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void Wildcards_are_expanded_where_no_shell_has_done_it()
    {
        sandbox.ExtensionZip("b.zip", "two");
        sandbox.ExtensionZip("a.zip", "one");
        sandbox.ExtensionZip(".hidden.zip", "hidden");
        Directory.CreateDirectory(Path.Combine(sandbox.Folder, "sub"));
        sandbox.ExtensionZip(Path.Combine("sub", "c.zip"), "three");

        Assert.Equal(
            "Installed extension one (v1.0.0)\nInstalled extension two (v1.0.0)\nInstalled extension three (v1.0.0)\n",
            sandbox.Done("import", "*.zip", Path.Combine("sub", "?.zip")));
    }

    [Fact]
    public void A_wildcard_that_matches_nothing_is_no_package()
    {
        CommandResult result = sandbox.Run("import", "*.zip");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error PackageNotFound: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_wildcard_that_is_there_is_that_package()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows holds no such name.");
        sandbox.ExtensionZip("*.zip", "star");
        sandbox.ExtensionZip("a.zip", "one");

        Assert.Equal("Installed extension star (v1.0.0)\n", sandbox.Done("import", "*.zip"));
    }

    [Fact]
    public void Items_are_disabled_with_their_import_and_told_so()
    {
        string zip = sandbox.ExtensionZip("a.zip", "one");

        Assert.Equal("Installed extension one (v1.0.0) [disabled]\n", sandbox.Done("import", zip, "--disabled"));
        sandbox.Done("enable", "one");
        Assert.Equal("Unchanged extension one (v1.0.0) [disabled]\n", sandbox.Done("import", zip, "--disabled"));
        Assert.Equal("one\n", sandbox.Done("list", "-q", "--disabled"));
    }

    [Fact]
    public void Several_versions_that_end_on_an_older_one_are_a_warning()
    {
        sandbox.ExtensionZip("a-1.10.0.zip", "a", "1.10.0");
        sandbox.ExtensionZip("a-1.9.0.zip", "a", "1.9.0");

        CommandResult result = sandbox.Run("import", "a-*.zip");

        Assert.Equal("Installed extension a (v1.10.0)\nDowngraded extension a (v1.9.0) from v1.10.0\n", result.Output);
        Assert.Contains("warning: Several versions of extension 'a' were imported", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("Would downgrade extension a (v1.8.0) from v1.9.0\n", sandbox.Done("import", sandbox.ExtensionZip("x.zip", "a", "1.8.0"), "--dry-run"));
    }

    [Fact]
    public void Json_has_the_warnings_and_says_that_nothing_was_changed_and_quiet_leaves_them_out()
    {
        sandbox.Zip("a.zip", ("extension.yaml", "id: one\nname: one\nversion: 1.0.0\n"));

        CommandResult text = sandbox.Run("import", "a.zip", "--dry-run");
        CommandResult json = sandbox.Run("import", "a.zip", "--dry-run", "--json");

        Assert.Equal((0, string.Empty), (json.ExitCode, json.Error));
        Assert.True(json.Json.GetProperty("dryRun").GetBoolean());
        string warning = Assert.Single(json.Json.GetProperty("warnings").EnumerateArray()).GetString()!;
        Assert.Contains("manifest.yaml", warning, StringComparison.Ordinal);
        Assert.Equal($"warning: {warning}\n", text.Error);
        Assert.Equal(string.Empty, sandbox.Done("import", "a.zip", "--dry-run", "--quiet"));
    }

    [Fact]
    public void A_package_is_not_exported_to_standard_output()
    {
        sandbox.Done("import", sandbox.ExtensionZip("a.zip", "one"));

        CommandResult result = sandbox.Run("export", "one", "--out", "-");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("standard output", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(sandbox.Folder, "-")));
    }

    [Theory]
    [InlineData("out.zip", "DestinationExists")]
    [InlineData("ok.zip", null)]
    [InlineData("out.zip --force", null)]
    public void A_dry_run_of_an_export_gives_the_answer_of_the_real_one(string rest, string? errorId)
    {
        sandbox.Done("import", sandbox.ExtensionZip("a.zip", "one"));
        sandbox.Write("out.zip", "mine");
        string[] args = ["export", "one", "--json", "--out", .. rest.Split(' ')];

        CommandResult dry = sandbox.Run([.. args, "--dry-run"]);
        CommandResult real = sandbox.Run(args);

        Assert.Equal(real.ExitCode, dry.ExitCode);
        Assert.Equal(errorId, errorId is null ? null : dry.Json.GetProperty("errors")[0].GetProperty("id").GetString());
    }

    [Fact]
    public void A_dry_run_of_an_export_finds_what_no_package_may_hold()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        sandbox.Done("import", sandbox.ExtensionZip("a.zip", "one"));
        File.CreateSymbolicLink(Path.Combine(sandbox.Home, "extensions", "installed", "one", "link"), "nowhere");

        Assert.Equal(1, sandbox.Run("export", "one", "--out", "x.zip", "--dry-run").ExitCode);
    }
}
