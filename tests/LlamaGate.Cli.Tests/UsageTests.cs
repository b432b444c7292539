using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace LlamaGate.Tests;

public sealed class UsageTests : IDisposable
{
    public static readonly TheoryData<string> Commands =
    [
        "import", "export", "list", "remove", "enable", "disable", "migrate", "sync", "startup", "refresh", "new", "test", "inspect", "pack",
        "schema", "dsc", "completion", "help",
    ];

    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("lst", "There is no command 'lst'. Did you mean 'list'?")]
    [InlineData("isntall x", "There is no command 'isntall'. Did you mean 'install'?")]
    [InlineData("qwertyuiop x", "There is no command 'qwertyuiop'.")]
    [InlineData("imprt extension x.zip", "There is no command 'imprt'. Did you mean 'import'?")]
    [InlineData("--frce", "There is no option '--frce'.")]
    [InlineData("import x.zip --frce", "There is no option '--frce'. Did you mean '--force'?")]
    [InlineData("list --dry-run", "There is no option '--dry-run'.")]
    [InlineData("list foo", "'foo' cannot be listed. Specify 'extensions' or 'agentic-modules'.")]
    [InlineData("import extension", "'import' needs a package, such as 'llamagate import extension my-extension.zip'.")]
    [InlineData("import - -", "Standard input ('-') can provide only one package.")]
    [InlineData("remove am", "'remove' needs the id of an item, such as 'llamagate remove extension my-ext'.")]
    [InlineData("export ext x", "Option '--out' is required.")]
    [InlineData("sync --lock-timeout -1", "--lock-timeout needs a whole number from 0 to 2147483647, not '-1'.")]
    [InlineData("import x --max-entry-count 0", "--max-entry-count needs a whole number from 1 to 2147483647, not '0'.")]
    [InlineData("refresh --uri llama", "--uri needs an address such as http://localhost:11435, not 'llama'.")]
    [InlineData("new", "Required argument 'folder' missing for command: 'new'.")]
    [InlineData("new extension", "'new' needs one folder, such as 'llamagate new extension my-ext'.")]
    [InlineData("new a b", "'new' needs one folder, such as 'llamagate new extension my-ext'.")]
    [InlineData("new a --template x", "'x' is not a template. Specify one of workflow, middleware, observer.")]
    [InlineData("test extension", "'test' needs a package, such as 'llamagate test my-ext'.")]
    [InlineData("test x --format xml", "'xml' is not a format. Specify one of text, json, github, sarif.")]
    [InlineData("schema x.yaml", "There is no schema for 'x.yaml'. Specify one of agenticmodule.yaml, extension.yaml, manifest.yaml, module.yaml.")]
    [InlineData("completion tcsh", "There is no completion script for 'tcsh'. Specify one of bash, fish, pwsh, zsh.")]
    [InlineData("help exprot", "There is no command 'exprot'. Did you mean 'export'?")]
    public void A_line_that_makes_no_sense_is_refused_with_a_hint(string line, string message)
    {
        string[] words = line.Split(' ');
        string help = Commands.Any(row => row.Data == words[0]) ? $"llamagate {words[0]} --help" : "llamagate --help";

        CommandResult result = sandbox.Run(words);

        Assert.Equal((2, string.Empty), (result.ExitCode, result.Output));
        Assert.Equal($"error Usage: {message} See '{help}'.\n", result.Error);
    }

    [Theory]
    [InlineData("list --home")]
    [InlineData("import")]
    [InlineData("list extensions more")]
    [InlineData("sync now")]
    public void A_line_that_lacks_something_or_has_too_much_is_refused(string line)
    {
        CommandResult result = sandbox.Run(line.Split(' '));

        Assert.Equal((2, string.Empty), (result.ExitCode, result.Output));
        Assert.StartsWith("error Usage: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void With_json_the_refusal_is_a_document_too()
    {
        CommandResult result = sandbox.Run("lst", "--json");

        Assert.Equal((2, string.Empty), (result.ExitCode, result.Error));
        JsonElement error = Assert.Single(result.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal("Usage", error.GetProperty("id").GetString());
        Assert.Empty(result.Json.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_explains_itself_in_three_ways(string command)
    {
        string help = sandbox.Done(command, "--help");

        Assert.Contains($"\nUsage:\n  llamagate {command}", help, StringComparison.Ordinal);
        Assert.Contains($"\nExamples:\n  ", help, StringComparison.Ordinal);
        Assert.Contains("  --home <folder> ", help, StringComparison.Ordinal);
        Assert.Equal(help, sandbox.Done(command, "-h"));
        Assert.Equal(help, sandbox.Done("help", command));
    }

    [Fact]
    public void Without_a_command_the_commands_are_listed()
    {
        string help = sandbox.Done();

        Assert.All(Commands, row => Assert.Contains($"\n  {row.Data} ", help, StringComparison.Ordinal));
        Assert.Equal(help, sandbox.Done("--help"));
        Assert.Equal(help, sandbox.Done("help"));
        Assert.True(help.Split('\n').Max(line => line.Length) <= 120);
    }

    [Fact]
    public void The_help_goes_before_what_is_wrong_with_the_line() =>
        Assert.Equal(sandbox.Done("export", "--help"), sandbox.Done("export", "ext", "--help"));

    [Fact]
    public void The_version_is_a_semantic_one() => Assert.Matches(@"^\d+\.\d+\.\d+\n$", sandbox.Done("--version"));

    [Theory]
    [InlineData("export extension my-ext --out out.zip --quiet --home h")]
    [InlineData("export --out out.zip extension my-ext -q --home=h")]
    [InlineData("--home h -q export extension --out=out.zip my-ext")]
    [InlineData("--quiet export -o out.zip --home h ext my-ext")]
    public void Options_may_stand_anywhere(string line)
    {
        sandbox.ExtensionZip("my-extension.zip", "my-ext");
        sandbox.Done("import", "my-extension.zip", "--home", "h");

        Assert.Equal(string.Empty, sandbox.Done(line.Split(' ')));
        Assert.True(File.Exists(Path.Combine(sandbox.Folder, "out.zip")));
    }

    [Fact]
    public void What_comes_after_a_double_dash_is_no_option_and_an_at_sign_is_no_response_file()
    {
        sandbox.ExtensionZip("-one.zip", "-one");
        sandbox.ExtensionZip("@two.zip", "two");

        Assert.Equal(
            "Installed extension -one (v1.0.0)\nInstalled extension two (v1.0.0)\n", sandbox.Done("import", "--", "-one.zip", "@two.zip"));
        Assert.Equal("Removed extension -one (v1.0.0)\n", sandbox.Done("remove", "--", "-one"));
        Assert.Equal("Removed extension two (v1.0.0)\n", sandbox.Done("remove", "two"));
    }

    [Theory]
    [InlineData(">/dev/full", 1)]
    [InlineData(">&-", 1)]
    [InlineData(">/dev/full 2>&-", 1)]
    [InlineData("2>&-", 0)]
    [InlineData("2>/dev/full --verbose", 0)]
    public void Output_that_has_nowhere_to_go_stops_no_command(string redirection, int exitCode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /dev/full");
        sandbox.ExtensionZip("one.zip", "one");
        sandbox.ExtensionZip("two.zip", "two");

        using Process process = sandbox.StartProgram("/bin/sh", "-c", $"'{{llamagate}}' import one.zip two.zip {redirection}; echo $?");
        string output = process.StandardOutput.ReadToEnd();
        string error = process.StandardError.ReadToEnd();
        Sandbox.WaitForEnd(process);

        Assert.Equal(exitCode, int.Parse(output.TrimEnd().Split('\n')[^1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(redirection is ">/dev/full" or ">&-", error.Contains("error OutputFailed: ", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal("one\ntwo\n", sandbox.Done("list", "-q"));
    }

    [Fact]
    public void Results_and_errors_that_go_to_one_place_keep_their_order()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        sandbox.ExtensionZip("one.zip", "one");
        sandbox.ExtensionZip("two.zip", "two");

        using Process process = sandbox.StartProgram("/bin/sh", "-c", "'{llamagate}' import one.zip none.zip two.zip 2>&1");
        string[] lines = process.StandardOutput.ReadToEnd().TrimEnd().Split('\n');
        Sandbox.WaitForEnd(process);

        Assert.Equal(3, lines.Length);
        Assert.Equal("Installed extension one (v1.0.0)", lines[0]);
        Assert.StartsWith("error PackageNotFound: ", lines[1], StringComparison.Ordinal);
        Assert.Equal("Installed extension two (v1.0.0)", lines[2]);
    }

    [Fact]
    public void A_profile_that_is_not_there_is_made_and_the_current_folder_left_alone()
    {
        sandbox.Environment["HOME"] = Path.Combine(sandbox.Profile, "missing");
        sandbox.Environment["USERPROFILE"] = Path.Combine(sandbox.Profile, "missing");
        sandbox.ExtensionZip("one.zip", "one");

        Assert.Equal("No extensions found.\n", sandbox.Done("list", "extensions"));
        sandbox.Done("import", "one.zip");

        Assert.True(Directory.Exists(Path.Combine(sandbox.Profile, "missing", ".llamagate", "extensions", "installed", "one")));
        Assert.False(Directory.Exists(Path.Combine(sandbox.Folder, ".llamagate")));
    }
}
