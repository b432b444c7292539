using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using LlamaGate.Tests.Gateway;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Each finding of <c>doctor</c>: made to arise, and ended by its remedy as it is printed.</summary>
public sealed class DoctorTests : IDisposable
{
    private const string Nothing = """{"extensions": [], "count": 0}""";

    private readonly Sandbox sandbox = new();
    private readonly List<IDisposable> servers = [];
    private string answer = string.Empty;

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
        "GatewayBackupLost", "GatewayBehind", "DotEnvUnreadable", "NoPermission", "NotVerified", "LookFailed", "LocksDoNotHold",
        "GatewayRejects", "GatewayWithoutExtensions", "GatewayAnswersOddly", "TemplatesElsewhere",
    ];

    [Theory]
    [MemberData(nameof(Findings))]
    public void A_finding_arises_and_its_remedy_ends_it(string id)
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "The remedies of the command line are for sh here.");
        sandbox.IsUnprivileged = id is "NoPermission" or "NotVerified" or "LookFailed";
        Assert.SkipUnless(Sandbox.CanBeUnprivileged || !sandbox.IsUnprivileged, "This needs setpriv (util-linux), so that something is forbidden to root.");
        Assert.DoesNotContain(Examine(), finding => finding.Id == id);
        Arrange(id);

        (string _, string item, string remedy) = Assert.Single(Examine().DistinctBy(finding => (finding.Id, finding.Item)), finding => finding.Id == id);

        Assert.DoesNotContain(ExamineAfter(remedy), finding => finding.Id == id && finding.Item == item);
    }

    /// <summary>A link in the place of a folder stops the looks as a missing permission does, and another remedy ends that.</summary>
    [Fact]
    public void A_link_in_the_home_that_stops_the_looks_is_moved_away_by_the_remedy()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "The remedies of the command line are for sh here.");
        Import("a");
        string installed = Path.GetDirectoryName(ItemFolder("a"))!;
        Directory.Move(installed, Path.Combine(sandbox.Folder, "elsewhere"));
        Directory.CreateSymbolicLink(installed, Path.Combine(sandbox.Folder, "elsewhere"));

        string remedy = Examine().First(finding => finding.Id == "LookFailed").Remedy;

        Assert.DoesNotContain(ExamineAfter(remedy), finding => finding.Id == "LookFailed");
        Assert.True(File.Exists(Path.Combine(sandbox.Folder, "elsewhere", "a", "manifest.yaml")));
        Assert.True(Directory.Exists(installed + ".off"));
    }

    [Fact]
    public void Every_finding_that_the_help_names_has_a_test()
    {
        string help = File.ReadAllText(Path.Combine(Repository.Root, "docs", "Test-LlamaGateHome.md"));
        string notes = help[help.IndexOf("The ids of findings:", StringComparison.Ordinal)..help.IndexOf("## RELATED LINKS", StringComparison.Ordinal)];

        // Two need a store in the middle of its work: see the tests of LlamaGate.Core.
        Assert.Equal(
            Findings.Select(row => row.Data).Concat(["InterruptedChange", "RegistryBehind"]).Order(StringComparer.Ordinal),
            notes.Split('`').Where((_, index) => index % 2 == 1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_home_that_is_well_has_no_findings()
    {
        Import("a");
        string before = sandbox.Snapshot();

        Assert.Equal("No problems found.\n", sandbox.Done("doctor"));
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
        Assert.EndsWith("\nErrors: 1; warnings: 1; information: 0\n", result.Output, StringComparison.Ordinal);
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
            case "TemplatesElsewhere":
                sandbox.Zip("t.zip", ("manifest.yaml", Sandbox.Manifest("t") + "  - uses: template.load\n"), ("templates/greeting.txt", "Hello"));
                Assert.Equal(0, sandbox.Run("import", "t.zip").ExitCode);
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
                Gateway(200, Nothing, afterRefresh: """{"extensions": [{"name": "new", "version": "1.0.0", "enabled": true}]}""");
                break;
            case "DotEnvUnreadable":
                sandbox.Write(".env", "PORT\n");
                break;
            case "NoPermission":
                Import("a");
                Forbid(Path.Combine(sandbox.Home, "tmp", "import"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
                break;
            case "NotVerified":
                Import("a");
                Forbid(Path.Combine(ItemFolder("a"), "extension.yaml"), UnixFileMode.None);
                break;
            case "LookFailed":
                Import("a");
                Forbid(Path.GetDirectoryName(ItemFolder("a"))!, UnixFileMode.None);
                break;
            case "LocksDoNotHold":
                Import("a");
                sandbox.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "true";
                break;
            case "GatewayRejects":
                Gateway(401, Nothing, afterKey: 200);
                answer = "s3cret";
                break;
            case "GatewayWithoutExtensions" or "GatewayAnswersOddly":
                answer = sandbox.Environment["PORT"] = Gateway(200, Nothing).Port.ToString(CultureInfo.InvariantCulture);
                Gateway(id == "GatewayWithoutExtensions" ? 404 : 500, "{}");
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

    private static void Forbid(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    // A gateway that answers otherwise once it was asked to refresh, or when the key comes with the request.
    private LoopbackServer Gateway(int statusCode, string body, string? afterRefresh = null, int? afterKey = null)
    {
        LoopbackServer? server = null;
        server = LoopbackServer.Doing(async (stream, token) =>
        {
            bool isRefreshed = server!.Requests.Any(request => request.StartsWith("POST", StringComparison.Ordinal));
            string content = isRefreshed && afterRefresh is not null ? afterRefresh : body;
            bool hasKey = server.Requests[^1].Contains("X-API-Key: s3cret", StringComparison.Ordinal);
            byte[] bytes = Encoding.UTF8.GetBytes(
                $"HTTP/1.1 {(hasKey ? afterKey ?? statusCode : statusCode)} X\r\nContent-Type: application/json\r\nContent-Length: {content.Length}\r\n"
                    + $"Connection: close\r\n\r\n{content}");
            await stream.WriteAsync(bytes, token);
        });
        servers.Add(server);
        sandbox.Environment["PORT"] = server.Port.ToString(CultureInfo.InvariantCulture);
        return server;
    }

    private List<(string Id, string Item, string Remedy)> Examine() => Read(sandbox.Run("doctor", "--json").Json);

    // Pastes the remedy into a shell, in which 'llamagate' is the program under test, answers what it asks, and looks again there.
    private List<(string Id, string Item, string Remedy)> ExamineAfter(string remedy)
    {
        const string Separator = "--- again ---";
        using Process shell = sandbox.StartProgram(
            "/bin/sh", "-c", $"llamagate() {{ '{{llamagate}}' \"$@\"; }}\n{remedy} || exit 9\necho '{Separator}'\nllamagate doctor --json\n");
        shell.StandardInput.WriteLine(answer);
        shell.StandardInput.Close();
        Task<string> error = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = shell.StandardOutput.ReadToEnd();
        Sandbox.WaitForEnd(shell);
        Assert.True(shell.ExitCode is 0 or 1, $"{remedy}\n{error.Result}");
        using var document = JsonDocument.Parse(output[(output.IndexOf(Separator, StringComparison.Ordinal) + Separator.Length)..]);
        return Read(document.RootElement);
    }

    private static List<(string Id, string Item, string Remedy)> Read(JsonElement report) =>
    [
        .. report.GetProperty("findings").EnumerateArray().Select(finding => (
            finding.GetProperty("id").GetString()!, finding.GetProperty("item").GetString()!, finding.GetProperty("commandLine").GetString()!)),
    ];
}
