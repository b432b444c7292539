using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace LlamaGate.Tests;

public sealed class ListTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void Nothing_installed_is_said_and_nothing_is_made()
    {
        Assert.Equal("No extensions found.\n", sandbox.Done("list", "extensions"));
        Assert.Equal("No agentic modules found.\n", sandbox.Done("list", "agentic-modules"));
        Assert.Equal("No extensions found.\n\nNo agentic modules found.\n", sandbox.Done("list"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(sandbox.Profile));
    }

    [Fact]
    public void Without_a_kind_both_are_listed()
    {
        sandbox.Register(("one", "extension", true), ("two", "agentic-module", false));

        Assert.Equal(
            """
            Found 1 extension:

              Name of one (v1.0.0) [enabled]
                ID: one
                Path: ~/.llamagate/extensions/installed/one

            Found 1 agentic module:

              Name of two (v1.0.0) [disabled]
                ID: two
                Path: ~/.llamagate/agentic-modules/installed/two

            """,
            sandbox.Done("list").Replace('\\', '/'));
    }

    [Theory]
    [InlineData("ext", "one,two")]
    [InlineData("extension", "one,two")]
    [InlineData("am", "three")]
    [InlineData("module", "three")]
    [InlineData("modules", "three")]
    public void Quiet_prints_ids_of_the_kind(string word, string ids)
    {
        sandbox.Register(("one", "extension", true), ("three", "agentic-module", true), ("two", "extension", false));

        Assert.Equal(ids.Replace(',', '\n') + "\n", sandbox.Done("list", word, "--quiet"));
    }

    [Theory]
    [InlineData("--enabled", "one\nthree\n")]
    [InlineData("--disabled", "two\n")]
    [InlineData("--enabled --disabled", "one\ntwo\nthree\n")]
    public void The_state_chooses(string options, string ids)
    {
        sandbox.Register(("one", "extension", true), ("three", "agentic-module", true), ("two", "extension", false));

        Assert.Equal(ids, sandbox.Done(["list", "-q", .. options.Split(' ')]));
    }

    [Fact]
    public void Json_holds_every_field_of_the_items()
    {
        sandbox.Register(("one", "extension", true));

        JsonElement json = sandbox.Run("list", "--json").Json;

        Assert.Equal("dryRun items warnings errors", string.Join(' ', json.EnumerateObject().Select(property => property.Name)));
        JsonElement item = Assert.Single(json.GetProperty("items").EnumerateArray());
        Assert.Equal(
            "id type name version enabled installedAt lastUpdatedAt path homePath",
            string.Join(' ', item.EnumerateObject().Select(property => property.Name)));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), item.GetProperty("installedAt").GetDateTimeOffset());
        Assert.Equal(Path.Combine(sandbox.Home, "extensions", "installed", "one"), item.GetProperty("path").GetString());
        Assert.Equal(sandbox.Home, item.GetProperty("homePath").GetString());
    }

    [Fact]
    public void A_hundred_items_are_counted()
    {
        sandbox.Register([.. Enumerable.Range(0, 100).Select(i => ($"item{i}", "extension", true))]);

        string[] lines = sandbox.Done("list", "extensions").Split('\n');

        Assert.Equal("Found 100 extensions:", lines[0]);
        Assert.Equal(100, lines.Count(line => line.StartsWith("    ID: item", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_name_cannot_steer_the_terminal()
    {
        sandbox.Register(("one", "extension", true));
        string registry = Path.Combine(sandbox.Home, "registry", "installed.json");
        File.WriteAllText(registry, File.ReadAllText(registry).Replace("Name of one", "\\u001b[31mred\\u0007", StringComparison.Ordinal));

        string output = sandbox.Done("list", "extensions");

        Assert.Contains("  \\u001b[31mred\\u0007 (v1.0.0) [enabled]\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registry_that_cannot_be_read_is_an_error()
    {
        Directory.CreateDirectory(Path.Combine(sandbox.Home, "registry"));
        File.WriteAllText(Path.Combine(sandbox.Home, "registry", "installed.json"), "[{");

        CommandResult text = sandbox.Run("list");
        CommandResult json = sandbox.Run("list", "--json");

        Assert.Equal((1, string.Empty), (text.ExitCode, text.Output));
        Assert.StartsWith("error RegistryCorrupt: ", text.Error, StringComparison.Ordinal);
        Assert.Contains("llamagate sync", text.Error, StringComparison.Ordinal);
        Assert.Equal((1, string.Empty), (json.ExitCode, json.Error));
        Assert.Equal("RegistryCorrupt", Assert.Single(json.Json.GetProperty("errors").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public void The_home_is_the_options_else_the_environments_else_the_profiles()
    {
        sandbox.Register(("one", "extension", true));
        sandbox.Environment["LLAMAGATE_HOME"] = Path.Combine(sandbox.Folder, "other");

        Assert.Equal(string.Empty, sandbox.Done("list", "-q"));
        Assert.Equal("one\n", sandbox.Done("list", "-q", "--home", sandbox.Home));
        Assert.Equal("one\n", sandbox.Done("--home=../user/.llamagate", "list", "-q"));
        string path = Path.Combine("~", ".llamagate", "extensions", "installed", "one");
        Assert.EndsWith($"    Path: {path}\n", sandbox.Done("list", "ext", "--home", sandbox.Home), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "xterm", true)]
    [InlineData("", "xterm", true)]
    [InlineData("1", "xterm", false)]
    [InlineData(null, "dumb", false)]
    public void A_terminal_shows_colours_unless_it_is_told_not_to(string? noColor, string terminal, bool coloured)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs util-linux's script for a terminal");
        sandbox.Register(("one", "extension", true));
        sandbox.Environment["NO_COLOR"] = noColor;
        sandbox.Environment["TERM"] = terminal;

        using System.Diagnostics.Process process = sandbox.StartProgram("script", "-qec", "'{llamagate}' list ext", "/dev/null");
        string output = process.StandardOutput.ReadToEnd();
        Sandbox.WaitForEnd(process);

        Assert.Contains(coloured ? "\e[32m[enabled]\e[0m" : " [enabled]", output, StringComparison.Ordinal);
    }
}
