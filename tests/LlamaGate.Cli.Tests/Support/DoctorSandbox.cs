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

/// <summary>A sandbox in which findings of <c>doctor</c> are made to arise, and whose user pastes remedies into a shell: sh, or cmd on Windows.</summary>
internal sealed class DoctorSandbox : IDisposable
{
    private const string Separator = "--- again ---";
    private const string Nothing = """{"extensions": [], "count": 0}""";

    private readonly List<IDisposable> servers = [];
    private string answer = string.Empty;

    /// <summary>The user's surroundings.</summary>
    public Sandbox Sandbox { get; } = new();

    public void Dispose()
    {
        servers.ForEach(server => server.Dispose());
        Sandbox.Dispose();
    }

    /// <summary>Makes a finding arise.</summary>
    /// <param name="id">Its id.</param>
    public void Arrange(string id)
    {
        switch (id)
        {
            case "RegistryUnreadable":
                Import("a");
                File.WriteAllText(Registry, "{ no json");
                break;
            case "JournalUnreadable":
                Import("a");
                File.WriteAllText(Path.Combine(Sandbox.Home, "registry", "journal.jsonl"), "nonsense\nmore nonsense\n");
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
                Sandbox.Run("sync");
                Sandbox.Run("disable", "folder");
                break;
            case "DisabledByManifest":
                Import("quiet", "enabled: false\n");
                Sandbox.Run("enable", "quiet");
                break;
            case "LegacyCopyLoaded":
                Import("twice");
                Sandbox.Run("disable", "twice");
                Sandbox.Write("extensions/twice/manifest.yaml", Sandbox.Manifest("twice"));
                break;
            case "LegacyCopy":
                Import("twice");
                Sandbox.Write("extensions/twice/manifest.yaml", Sandbox.Manifest("twice"));
                break;
            case "LegacyOnly":
                Write(Path.Combine(Sandbox.Home, ".migration_complete"), "done\n");
                Sandbox.Write("extensions/old/manifest.yaml", Sandbox.Manifest("old"));
                break;
            case "LegacyModule" or "LegacyModuleRuns":
                Sandbox.ModuleZip("mod.zip", "mod");
                Sandbox.Run("import", "mod.zip");
                Sandbox.Write("agenticmodules/mod/agenticmodule.yaml", "name: mod\n");
                if (id == "LegacyModuleRuns")
                {
                    Sandbox.Run("disable", "mod");
                }

                break;
            case "StepDisabled":
                Sandbox.ModuleZip("mod.zip", "mod");
                Import("first");
                Sandbox.Run("import", "mod.zip");
                Sandbox.Run("disable", "first");
                break;
            case "StepMissing":
                Sandbox.ModuleZip("mod.zip", "mod");
                Sandbox.Run("import", "mod.zip");
                break;
            case "TemplatesElsewhere":
                Sandbox.Zip("t.zip", ("manifest.yaml", Sandbox.Manifest("t") + "  - uses: template.load\n"), ("templates/greeting.txt", "Hello"));
                Assert.Equal(0, Sandbox.Run("import", "t.zip").ExitCode);
                break;
            case "StaleChecksums":
                Write(Path.Combine(Sandbox.Home, "registry", "checksums", "extension", "gone.sha256"), "");
                break;
            case "StaleBackups":
                Write(Path.Combine(Sandbox.Home, "extensions", "backups", "gone", "20260101-000000-000", "manifest.yaml"), Sandbox.Manifest("gone"));
                break;
            case "StaleStaging":
                Write(Path.Combine(Sandbox.Home, "tmp", "import", "import-123", "manifest.yaml"), "");
                Directory.SetLastWriteTimeUtc(Path.Combine(Sandbox.Home, "tmp", "import", "import-123"), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
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
                Sandbox.Write(".env", "PORT\n");
                break;
            case "NoPermission":
                Import("a");
                Forbid(Path.Combine(Sandbox.Home, "tmp", "import"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
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
                Sandbox.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "true";
                break;
            case "GatewayRejects":
                Gateway(401, Nothing, afterKey: 200);
                answer = "s3cret";
                break;
            case "GatewayWithoutExtensions" or "GatewayAnswersOddly":
                answer = Sandbox.Environment["PORT"] = Gateway(200, Nothing).Port.ToString(CultureInfo.InvariantCulture);
                Gateway(id == "GatewayWithoutExtensions" ? 404 : 500, "{}");
                break;
            default:
                Assert.Fail("There is no home for " + id);
                break;
        }
    }

    /// <summary>The path of the registry.</summary>
    public string Registry => Path.Combine(Sandbox.Home, "registry", "installed.json");

    /// <summary>The folder of an installed extension.</summary>
    public string ItemFolder(string id) => Path.Combine(Sandbox.Home, "extensions", "installed", id);

    /// <summary>Writes a file, and the folder that it lies in.</summary>
    public static void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    /// <summary>Imports an extension, whose manifest may have another name than its id, and fields of the test's own.</summary>
    public void Import(string id, string more = "", string? name = null)
    {
        Sandbox.Zip(id + ".zip", ("manifest.yaml", Sandbox.Manifest(name ?? id) + more), ("extension.yaml", $"id: {id}\n"));
        Assert.Equal(0, Sandbox.Run("import", id + ".zip").ExitCode);
    }

    /// <summary>Changes the permissions of a file or folder.</summary>
    public static void Forbid(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    /// <summary>Starts a gateway that answers otherwise once it was asked to refresh, or when the key comes with the request.</summary>
    public LoopbackServer Gateway(int statusCode, string body, string? afterRefresh = null, int? afterKey = null)
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
        Sandbox.Environment["PORT"] = server.Port.ToString(CultureInfo.InvariantCulture);
        return server;
    }

    /// <summary>What <c>doctor</c> finds, with the remedies of the command line.</summary>
    public List<(string Id, string Item, string Remedy)> Examine() => Read(Sandbox.Run("doctor", "--json").Json);

    /// <summary>
    /// Pastes a remedy into a shell, in which 'llamagate' is the program under test, answers what it asks, and looks again there.
    /// </summary>
    public List<(string Id, string Item, string Remedy)> ExamineAfter(string remedy)
    {
        using Process shell = OperatingSystem.IsWindows() ? StartCmd(remedy) : StartSh(remedy);
        Sandbox.CloseInput(shell, Encoding.ASCII.GetBytes(answer + Environment.NewLine));
        Task<string> error = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = shell.StandardOutput.ReadToEnd();
        Sandbox.WaitForEnd(shell);
        int again = output.LastIndexOf(Separator, StringComparison.Ordinal);
        Assert.True(again >= 0, $"{remedy}\n{output}\n{error.Result}");
        string report = output[(again + Separator.Length)..];
        using var document = JsonDocument.Parse(report[report.IndexOf('{', StringComparison.Ordinal)..(report.LastIndexOf('}') + 1)]);
        return Read(document.RootElement);
    }

    private Process StartSh(string remedy) => Sandbox.StartProgram(
        "/bin/sh", "-c", $"llamagate() {{ '{{llamagate}}' \"$@\"; }}\n{remedy} || exit 9\necho '{Separator}'\nllamagate doctor --json\n");

    // A batch file in UTF-8, so that standard input has only what is asked for.
    private Process StartCmd(string remedy)
    {
        string path = Environment.GetEnvironmentVariable("PATH")!;
        Sandbox.Environment["PATH"] = Path.GetDirectoryName(Sandbox.CommandLinePath) + ";" + path;
        string file = Path.Combine(Sandbox.Temp, "remedy.cmd");
        File.WriteAllLines(file, ["@echo off", "chcp 65001 >nul", remedy, "if errorlevel 1 exit /b 9", $"echo {Separator}", "llamagate doctor --json"]);
        return Sandbox.StartProgram("cmd", "/d", "/c", file);
    }

    private static List<(string Id, string Item, string Remedy)> Read(JsonElement report) =>
    [
        .. report.GetProperty("findings").EnumerateArray().Select(finding => (
            finding.GetProperty("id").GetString()!, finding.GetProperty("item").GetString()!, finding.GetProperty("commandLine").GetString()!)),
    ];
}
