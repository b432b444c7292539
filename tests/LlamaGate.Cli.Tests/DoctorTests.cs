using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using LlamaGate.Tests.Gateway;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Each finding of <c>doctor</c>: made to arise, and ended by its remedy as it is printed.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly Sandbox sandbox = new();
    private readonly List<IDisposable> servers = [];

    public void Dispose()
    {
        servers.ForEach(server => server.Dispose());
        sandbox.Dispose();
    }

    public static TheoryData<string> Findings =>
    [
        "RegistryUnreadable", "JournalUnreadable", "RegistryUnreadableByGateway", "NotRegistered", "FolderMissing", "RegistryDiffers", "NotAnItem", "Modified",
        "GatewayRefuses", "NameShadowed", "DisabledAndLoaded", "DisabledByManifest", "LegacyCopyLoaded", "LegacyCopy", "LegacyOnly",
        "LegacyModuleRuns", "LegacyModule", "StepDisabled", "StepMissing", "StaleChecksums", "StaleBackups", "StaleStaging", "GatewayBackup",
        "GatewayBackupLost", "GatewayBehind", "DotEnvUnreadable", "NoPermission",
    ];

    [Theory]
    [MemberData(nameof(Findings))]
    public void A_finding_arises_and_its_remedy_ends_it(string id)
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "The remedies of the command line are for sh here.");
        Assert.SkipWhen(id == "NoPermission" && Environment.UserName == "root", "Nothing is forbidden to root.");
        Assert.DoesNotContain(Examine(), finding => finding.Id == id);
        Arrange(id);

        (string _, string item, string remedy) = Assert.Single(Examine(), finding => finding.Id == id);
        Paste(remedy);

        Assert.DoesNotContain(Examine(), finding => finding.Id == id && finding.Item == item);
    }

    [Fact]
    public void A_home_that_is_well_has_no_findings()
    {
        Import("a");
        string before = sandbox.Snapshot();

        Assert.Equal("Nothing was found.\n", sandbox.Done("doctor"));
        Assert.Equal(before, sandbox.Snapshot());
    }

    [Fact]
    public void The_exit_code_is_1_for_errors_and_0_for_all_else()
    {
        Import("a");
        Directory.Move(ItemFolder("a"), ItemFolder("b"));

        CommandResult result = sandbox.Run("doctor");

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.EndsWith("\nErrors: 1; warnings: 1; to know: 0\n", result.Output, StringComparison.Ordinal);
        sandbox.Run("sync");
        Arrange("LegacyCopy");
        Assert.Equal(0, sandbox.Run("doctor").ExitCode);
    }

    [Fact]
    public void No_line_is_longer_than_80_characters_but_for_paths_and_commands()
    {
        Arrange("GatewayRefuses");
        Arrange("StepMissing");

        string[] lines = sandbox.Run("doctor").Output.TrimEnd().Split('\n');

        Assert.Contains("warning GatewayRefuses: extension refused", lines);
        Assert.All(lines, line => Assert.True(line.Length <= 80 || line.Split(' ').Any(word => word.Length > 40) || line.Contains("Remedy: ", StringComparison.Ordinal), line));
    }

    [Theory]
    [InlineData(401, "GatewayRejects")]
    [InlineData(404, "GatewayWithoutExtensions")]
    [InlineData(500, "GatewayAnswersOddly")]
    public void A_gateway_that_does_not_tell_is_told(int statusCode, string id)
    {
        Gateway(statusCode, "{}");

        (string _, string _, string remedy) = Assert.Single(Examine(), finding => finding.Id == id);

        Assert.NotEmpty(remedy);
    }

    [Fact]
    public void A_gateway_of_another_home_is_not_asked()
    {
        LoopbackServer server = Gateway(404, "{}");

        sandbox.Run("doctor", "--home", "other");

        Assert.Empty(server.Requests);
    }

    private void Arrange(string id)
    {
        switch (id)
        {
            case "RegistryUnreadable":
                Import("a");
                File.WriteAllText(Registry, "{ no json");
                break;
            case "JournalUnreadable":
                Import("a");
                File.WriteAllText(Path.Combine(sandbox.Home, "registry", "journal.jsonl"), "nonsense\nmore nonsense\n");
                break;
            case "RegistryUnreadableByGateway":
                Import("a");
                File.WriteAllText(Registry, "\uFEFF" + File.ReadAllText(Registry), new UTF8Encoding(false));
                Directory.Move(ItemFolder("a"), ItemFolder("b")); // So that the sync has something to write.
                break;
            case "NotRegistered":
                Write(Path.Combine(ItemFolder("found"), "manifest.yaml"), Sandbox.Manifest("found"));
                break;
            case "FolderMissing":
                Import("a");
                Directory.Delete(ItemFolder("a"), recursive: true);
                break;
            case "RegistryDiffers":
                Import("a");
                Write(Path.Combine(ItemFolder("a"), "manifest.yaml"), Sandbox.Manifest("a", "2.0.0"));
                File.Delete(Path.Combine(ItemFolder("a"), "extension.yaml"));
                break;
            case "NotAnItem":
                Write(Path.Combine(ItemFolder("broken"), "manifest.yaml"), "name: [");
                break;
            case "Modified":
                Import("a");
                Write(Path.Combine(ItemFolder("a"), "notes.txt"), "mine");
                break;
            case "GatewayRefuses":
                Import("refused", "outputs:\n  type: object\n");
                break;
            case "NameShadowed":
                Import("first", name: "same");
                Import("second", name: "same");
                break;
            case "DisabledAndLoaded":
                Write(Path.Combine(ItemFolder("folder"), "manifest.yaml"), Sandbox.Manifest("other"));
                sandbox.Run("sync");
                sandbox.Run("disable", "folder");
                break;
            case "DisabledByManifest":
                Import("quiet", "enabled: false\n");
                sandbox.Run("enable", "quiet");
                break;
            case "LegacyCopyLoaded":
                Import("twice");
                sandbox.Run("disable", "twice");
                sandbox.Write("extensions/twice/manifest.yaml", Sandbox.Manifest("twice"));
                break;
            case "LegacyCopy":
                Import("twice");
                sandbox.Write("extensions/twice/manifest.yaml", Sandbox.Manifest("twice"));
                break;
            case "LegacyOnly":
                Write(Path.Combine(sandbox.Home, ".migration_complete"), "done\n");
                sandbox.Write("extensions/old/manifest.yaml", Sandbox.Manifest("old"));
                break;
            case "LegacyModule" or "LegacyModuleRuns":
                sandbox.ModuleZip("mod.zip", "mod");
                sandbox.Run("import", "mod.zip");
                sandbox.Write("agenticmodules/mod/agenticmodule.yaml", "name: mod\n");
                if (id == "LegacyModuleRuns")
                {
                    sandbox.Run("disable", "mod");
                }

                break;
            case "StepDisabled":
                sandbox.ModuleZip("mod.zip", "mod");
                Import("first");
                sandbox.Run("import", "mod.zip");
                sandbox.Run("disable", "first");
                break;
            case "StepMissing":
                sandbox.ModuleZip("mod.zip", "mod");
                sandbox.Run("import", "mod.zip");
                break;
            case "StaleChecksums":
                Write(Path.Combine(sandbox.Home, "registry", "checksums", "extension", "gone.sha256"), "");
                break;
            case "StaleBackups":
                Write(Path.Combine(sandbox.Home, "extensions", "backups", "gone", "20260101-000000-000", "manifest.yaml"), Sandbox.Manifest("gone"));
                break;
            case "StaleStaging":
                Write(Path.Combine(sandbox.Home, "tmp", "import", "import-123", "manifest.yaml"), "");
                Directory.SetLastWriteTimeUtc(Path.Combine(sandbox.Home, "tmp", "import", "import-123"), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
                break;
            case "GatewayBackup" or "GatewayBackupLost":
                Write(Path.Combine(ItemFolder("backups"), "lost", "20260101-000000", "manifest.yaml"), Sandbox.Manifest("lost"));
                if (id == "GatewayBackup")
                {
                    Import("lost");
                }

                break;
            case "GatewayBehind":
                Import("new");
                Gateway(200, """{"extensions": [], "count": 0}""", afterRefresh: """{"extensions": [{"name": "new", "version": "1.0.0", "enabled": true}]}""");
                break;
            case "DotEnvUnreadable":
                sandbox.Write(".env", "PORT\n");
                break;
            case "NoPermission":
                Import("a");
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(Path.Combine(sandbox.Home, "tmp", "import"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
                }

                break;
            default:
                Assert.Fail("There is no home for " + id);
                break;
        }
    }

    private string Registry => Path.Combine(sandbox.Home, "registry", "installed.json");

    private string ItemFolder(string id) => Path.Combine(sandbox.Home, "extensions", "installed", id);

    private static void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private void Import(string id, string more = "", string? name = null)
    {
        sandbox.Zip(id + ".zip", ("manifest.yaml", Sandbox.Manifest(name ?? id) + more), ("extension.yaml", $"id: {id}\n"));
        Assert.Equal(0, sandbox.Run("import", id + ".zip").ExitCode);
    }

    private LoopbackServer Gateway(int statusCode, string body, string? afterRefresh = null)
    {
        LoopbackServer? server = null;
        server = LoopbackServer.Doing(async (stream, token) =>
        {
            bool isRefreshed = server!.Requests.Any(request => request.StartsWith("POST", StringComparison.Ordinal));
            string answer = isRefreshed && afterRefresh is not null ? afterRefresh : body;
            byte[] bytes = Encoding.UTF8.GetBytes(
                $"HTTP/1.1 {statusCode} X\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\nConnection: close\r\n\r\n{answer}");
            await stream.WriteAsync(bytes, token);
        });
        servers.Add(server);
        sandbox.Environment["PORT"] = server.Port.ToString(CultureInfo.InvariantCulture);
        return server;
    }

    private List<(string Id, string Item, string Remedy)> Examine() =>
    [
        .. sandbox.Run("doctor", "--json").Json.GetProperty("findings").EnumerateArray().Select(finding => (
            finding.GetProperty("id").GetString()!, finding.GetProperty("item").GetString()!, finding.GetProperty("commandLine").GetString()!)),
    ];

    // A shell in the sandbox, in which 'llamagate' is the program under test.
    private void Paste(string command)
    {
        using Process shell = sandbox.StartProgram("/bin/sh", "-c", "llamagate() { '{llamagate}' \"$@\"; }\n" + command);
        shell.StandardInput.Close();
        string error = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.True(shell.ExitCode == 0, $"{command}\n{error}");
    }
}
