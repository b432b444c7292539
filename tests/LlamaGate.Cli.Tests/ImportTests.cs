using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LlamaGate.Tests.Gateway;
using Xunit;

namespace LlamaGate.Tests;

public sealed class ImportTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("extension", "extension")]
    [InlineData("ext", "extension")]
    [InlineData("EXTENSIONS", "extension")]
    [InlineData("agentic-module", "agentic module")]
    [InlineData("module", "agentic module")]
    [InlineData("modules", "agentic module")]
    [InlineData("am", "agentic module")]
    public void The_kind_has_short_forms(string word, string noun)
    {
        sandbox.ExtensionZip("extension.zip", "one");
        sandbox.ModuleZip("agentic module.zip", "one");

        Assert.Equal($"Installed {noun} one (v1.0.0)\n", sandbox.Done("import", word, noun + ".zip"));
    }

    [Fact]
    public void Several_packages_go_in_one_call_and_a_bad_one_stops_none_of_the_others()
    {
        sandbox.ExtensionZip("one.zip", "one");
        sandbox.Write("bad.zip", "This is no zip.");
        sandbox.ModuleZip("two.zip", "two", "2.0.0-rc.1");

        CommandResult result = sandbox.Run("import", "one.zip", "bad.zip", "two.zip", "none.zip");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("Installed extension one (v1.0.0)\nInstalled agentic module two (v2.0.0-rc.1)\n", result.Output);
        string[] errors = result.Error.TrimEnd().Split('\n').Where(line => line.StartsWith("error", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, errors.Length);
        Assert.StartsWith("error PackageInvalid: ", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("error PackageNotFound: ", errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_says_from_where_and_the_same_again_changes_nothing()
    {
        sandbox.ExtensionZip("one.zip", "one");
        sandbox.ExtensionZip("one-2.zip", "one", "2.0.0");
        sandbox.Done("import", "one.zip");

        Assert.Equal("Updated extension one (v2.0.0) from v1.0.0\n", sandbox.Done("import", "one-2.zip"));
        string before = sandbox.Snapshot();
        Assert.Equal("Unchanged extension one (v2.0.0)\n", sandbox.Done("import", "one-2.zip"));
        Assert.Equal(before, sandbox.Snapshot());
        Assert.Equal("Updated extension one (v2.0.0)\n", sandbox.Done("import", "one-2.zip", "--force"));
    }

    [Fact]
    public void A_first_install_that_starts_disabled_says_so()
    {
        sandbox.ExtensionZip("one.zip", "one", more: "enabled_default: false\n");

        Assert.Equal("Installed extension one (v1.0.0) [disabled]\n", sandbox.Done("import", "one.zip"));
    }

    [Fact]
    public void A_folder_is_a_package_too()
    {
        sandbox.ExtensionZip("one.zip", "one");
        System.IO.Compression.ZipFile.ExtractToDirectory(Path.Combine(sandbox.Folder, "one.zip"), Path.Combine(sandbox.Folder, "one"));

        Assert.Equal("Installed extension one (v1.0.0)\n", sandbox.Done("import", "one"));
    }

    [Fact]
    public void A_zip_may_come_on_standard_input()
    {
        byte[] zip = File.ReadAllBytes(sandbox.ExtensionZip("one.zip", "one"));

        CommandResult result = sandbox.Run(zip, ["import", "extension", "-"]);

        Assert.Equal((0, "Installed extension one (v1.0.0)\n", string.Empty), (result.ExitCode, result.Output, result.Error));
        Assert.Empty(Directory.EnumerateFileSystemEntries(sandbox.Temp, "llamagate-*"));
    }

    [Fact]
    public void What_is_wrong_on_standard_input_is_said_of_a_dash()
    {
        CommandResult result = sandbox.Run("no zip"u8.ToArray(), ["import", "-", "--json"]);

        Assert.Equal(1, result.ExitCode);
        JsonElement error = Assert.Single(result.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal("-", error.GetProperty("target").GetString());
        Assert.DoesNotContain(sandbox.Temp, result.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(sandbox.Temp, "llamagate-*"));
    }

    [Fact]
    public void A_dry_run_checks_everything_and_writes_nothing()
    {
        sandbox.ExtensionZip("one.zip", "one");
        sandbox.Zip("bad.zip", ("manifest.yaml", "name: bad\n"));

        CommandResult result = sandbox.Run("import", "one.zip", "bad.zip", "--dry-run");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("Would install extension one (v1.0.0)\n", result.Output);
        Assert.StartsWith("error ManifestInvalid: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("version", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(sandbox.Home));
    }

    [Fact]
    public void A_package_of_another_kind_is_refused()
    {
        sandbox.ExtensionZip("one.zip", "one");

        CommandResult result = sandbox.Run("import", "agentic-module", "one.zip");

        Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
        Assert.StartsWith("error PackageTypeMismatch: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limits_of_a_package_can_be_set()
    {
        sandbox.ExtensionZip("one.zip", "one");

        foreach (string tooLittle in new[] { "--max-entry-count=1", "--max-unpacked-bytes=9" })
        {
            Assert.StartsWith("error PackageInvalid: ", sandbox.Run("import", "one.zip", tooLittle).Error, StringComparison.Ordinal);
        }

        sandbox.Done("import", "one.zip", "--max-entry-count", "2", "--max-unpacked-bytes", "1000");
    }

    [Fact]
    public void Json_tells_what_was_installed_and_what_was_not()
    {
        sandbox.ExtensionZip("one.zip", "one", name: "Über \\\"eins\\\"");
        sandbox.Zip("bad.zip", ("manifest.yaml", "name: bad\nversion: 1\n"));

        CommandResult result = sandbox.Run("--json", "import", "one.zip", "bad.zip");

        Assert.Equal((1, string.Empty), (result.ExitCode, result.Error));
        Assert.False(result.Json.GetProperty("dryRun").GetBoolean());
        JsonElement item = Assert.Single(result.Json.GetProperty("items").EnumerateArray());
        Assert.Equal("one", item.GetProperty("id").GetString());
        Assert.Equal("extension", item.GetProperty("type").GetString());
        Assert.Equal("Über \"eins\"", item.GetProperty("name").GetString());
        Assert.Equal("Installed", item.GetProperty("status").GetString());
        Assert.Equal("one.zip", item.GetProperty("sourcePath").GetString());
        Assert.True(item.GetProperty("enabled").GetBoolean());
        Assert.Equal(item.GetProperty("installedAt").GetDateTimeOffset(), item.GetProperty("lastUpdatedAt").GetDateTimeOffset());
        JsonElement error = Assert.Single(result.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal("ManifestInvalid", error.GetProperty("id").GetString());
        Assert.All(error.GetProperty("problems").EnumerateArray(), problem =>
        {
            Assert.Equal("manifest.yaml", problem.GetProperty("file").GetString());
            Assert.Equal("Error", problem.GetProperty("severity").GetString());
        });
        Assert.Contains(error.GetProperty("problems").EnumerateArray(), problem => problem.GetProperty("field").GetString() == "version");
    }

    [Fact]
    public void Quiet_leaves_errors_only_and_verbose_says_more()
    {
        sandbox.ExtensionZip("one.zip", "one");

        Assert.Equal(string.Empty, sandbox.Done("import", "one.zip", "--quiet"));
        Assert.StartsWith("error ", sandbox.Run("import", "none.zip", "-q").Error, StringComparison.Ordinal);
        CommandResult verbose = sandbox.Run("import", "one.zip", "-v");
        Assert.Equal("Unchanged extension one (v1.0.0)\n", verbose.Output);
        Assert.Contains("unchanged", verbose.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_running_gateway_is_told_once_and_only_of_a_change()
    {
        using var gateway = LoopbackServer.Answering(200);
        sandbox.Environment["PORT"] = null;
        sandbox.Write(".env", $"PORT={gateway.Port}\nLLAMAGATE_API_KEY=s3cret\n");
        sandbox.ExtensionZip("one.zip", "one");
        sandbox.ExtensionZip("two.zip", "two");
        sandbox.ExtensionZip("cold.zip", "cold", more: "hot_reload: false\n");

        sandbox.Done("import", "one.zip", "two.zip");
        Assert.Contains("\nX-API-Key: s3cret\n", Assert.Single(gateway.Requests), StringComparison.Ordinal);

        sandbox.Done("import", "one.zip");
        sandbox.Done("import", "cold.zip");
        sandbox.Done("import", "one.zip", "--force", "--dry-run");
        sandbox.Done("import", "one.zip", "--force", "--no-refresh");
        Assert.Single(gateway.Requests);

        JsonElement json = sandbox.Run("import", "one.zip", "--force", "--json").Json;
        Assert.Equal(2, gateway.Requests.Count);
        Assert.Equal("Refreshed", json.GetProperty("refresh").GetProperty("status").GetString());
    }

    [Fact]
    public void A_gateway_that_refuses_is_a_warning_and_fails_nothing()
    {
        using var gateway = LoopbackServer.Answering(401);
        sandbox.Environment["PORT"] = null;
        sandbox.Environment["LLAMAGATE_API_KEY"] = "s3cret";
        sandbox.Write(".env", $"PORT={gateway.Port}\n");
        sandbox.ExtensionZip("one.zip", "one");

        CommandResult result = sandbox.Run("import", "one.zip", "--verbose");

        Assert.Equal((0, "Installed extension one (v1.0.0)\n"), (result.ExitCode, result.Output));
        Assert.Contains("warning: The gateway at ", result.Error, StringComparison.Ordinal);
        Assert.Contains("HTTP 401", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_gateway_there_is_no_more_than_a_verbose_line()
    {
        sandbox.ExtensionZip("one.zip", "one");

        Assert.Contains("No gateway is running at ", sandbox.Run("import", "one.zip", "--verbose").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_work_shows_a_bar_on_a_terminal_and_nothing_elsewhere()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs util-linux's script for a terminal");
        sandbox.Zip("long.zip", ("manifest.yaml", Sandbox.Manifest("long")), ("zeros", new string('0', 400 * 1024 * 1024)));
        sandbox.Environment["TERM"] = "xterm";

        sandbox.Done("import", "long.zip", "--dry-run");
        string shown = OnTerminal("'{llamagate}' import long.zip --dry-run");
        string shownBeside = OnTerminal("'{llamagate}' import long.zip --dry-run > result.txt");

        Assert.All([shown, shownBeside], output => Assert.Contains("Importing packages long ", output, StringComparison.Ordinal));
        Assert.EndsWith("Would install extension long (v1.0.0)\r\n", shown, StringComparison.Ordinal);
        Assert.Equal("Would install extension long (v1.0.0)\n", File.ReadAllText(Path.Combine(sandbox.Folder, "result.txt")));

        string OnTerminal(string line)
        {
            using Process process = sandbox.StartProgram("script", "-qec", line, "/dev/null");
            string output = process.StandardOutput.ReadToEnd();
            Sandbox.WaitForEnd(process);
            return output;
        }
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_stops_the_command_and_leaves_nothing_behind(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        string[] command = ["{llamagate}", "import", "-", "--verbose"];

        // A shell that runs in the background ignores SIGINT, and so do all that it starts.
        using Process process = OperatingSystem.IsLinux()
            ? sandbox.StartProgram("env", ["--default-signal=INT", .. command])
            : sandbox.Start(command[1..]);
        Assert.Equal("Reading a package from standard input.", process.StandardError.ReadLine());

        using (Process kill = Process.Start("kill", ["-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Sandbox.WaitForEnd(process);

        string error = await errors;
        Assert.Equal(exitCode, process.ExitCode);
        Assert.StartsWith("error Canceled: ", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(sandbox.Temp, "llamagate-*"));
        Assert.False(Directory.Exists(sandbox.Home));
    }

    [Fact]
    public void Locks_that_keep_nobody_out_are_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Locks cannot be switched off on Windows.");
        sandbox.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "true";
        sandbox.ExtensionZip("one.zip", "one");

        CommandResult result = sandbox.Run("import", "one.zip");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("warning: File locks have no effect", result.Error, StringComparison.Ordinal);
        Assert.Equal("one\n", sandbox.Done("list", "-q"));
    }
}
