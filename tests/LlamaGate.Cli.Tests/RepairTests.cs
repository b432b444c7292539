using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using LlamaGate.Tests.Gateway;
using Xunit;

namespace LlamaGate.Tests;

/// <summary><c>sync</c>, <c>migrate</c> and <c>startup</c>.</summary>
public sealed class RepairTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void Sync_says_what_it_changed()
    {
        sandbox.ExtensionZip("gone.zip", "gone");
        sandbox.Done("import", "gone.zip");
        Directory.Delete(Path.Combine(sandbox.Home, "extensions", "installed", "gone"), recursive: true);
        Legacy(Path.Combine(sandbox.Home, "extensions", "installed"), "found");
        Directory.CreateDirectory(Path.Combine(sandbox.Home, "extensions", "installed", "empty"));
        string before = sandbox.Snapshot();

        string[] planned = sandbox.Done("sync", "--dry-run").TrimEnd().Split('\n');
        Assert.Equal(before, sandbox.Snapshot());
        string[] done = sandbox.Done("sync").TrimEnd().Split('\n');

        Assert.Equal("Would skip extension empty: ", planned[0][.."Would skip extension empty: ".Length]);
        Assert.StartsWith("Would add extension found (v1.0.0): ", planned[1], StringComparison.Ordinal);
        Assert.StartsWith("Would remove extension gone (v1.0.0): ", planned[2], StringComparison.Ordinal);
        Assert.StartsWith("Skipped extension empty: ", done[0], StringComparison.Ordinal);
        Assert.StartsWith("Added extension found (v1.0.0): ", done[1], StringComparison.Ordinal);
        Assert.StartsWith("Removed extension gone (v1.0.0): ", done[2], StringComparison.Ordinal);
        Assert.Equal("found\n", sandbox.Done("list", "-q"));
    }

    [Fact]
    public void Sync_says_of_an_item_that_may_not_be_read_that_access_is_denied()
    {
        sandbox.IsUnprivileged = true;
        Assert.SkipUnless(!OperatingSystem.IsWindows() && Sandbox.CanBeUnprivileged, "This needs permissions that count: as root also setpriv (util-linux).");
        sandbox.ExtensionZip("one.zip", "one");
        sandbox.Done("import", "one.zip");
        string folder = Path.Combine(sandbox.Home, "extensions", "installed", "one");
        DoctorSandbox.Forbid(folder, UnixFileMode.None);

        string output = sandbox.Done("sync");

        DoctorSandbox.Forbid(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.StartsWith("Skipped extension one: ", output, StringComparison.Ordinal);
        Assert.Contains("is denied", output, StringComparison.Ordinal);
        Assert.Equal("one\n", sandbox.Done("list", "-q"));
    }

    [Fact]
    public void Sync_rebuilds_a_registry_that_cannot_be_read()
    {
        sandbox.ExtensionZip("one.zip", "one");
        sandbox.Done("import", "one.zip");
        File.WriteAllText(Path.Combine(sandbox.Home, "registry", "installed.json"), "garbage");

        CommandResult dry = sandbox.Run("sync", "--dry-run");
        Assert.Equal(0, dry.ExitCode);
        Assert.Contains("warning: The registry cannot be read", dry.Error, StringComparison.Ordinal);

        CommandResult json = sandbox.Run("sync", "--json");
        Assert.Equal(0, json.ExitCode);
        Assert.Equal("Added", Assert.Single(json.Json.GetProperty("items").EnumerateArray()).GetProperty("status").GetString());
        Assert.Equal("one\n", sandbox.Done("list", "-q"));
    }

    [Fact]
    public void Migrate_goes_on_after_a_failure_and_tells_the_gateway()
    {
        using var gateway = LoopbackServer.Answering(200);
        sandbox.Environment["PORT"] = gateway.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Legacy(Path.Combine(sandbox.Folder, "extensions"), "good");
        sandbox.Write(Path.Combine("extensions", "bad", "manifest.yaml"), "name: bad\n");

        CommandResult dry = sandbox.Run("migrate", "--dry-run");
        Assert.Equal((1, "Failed bad\nWould migrate extension good (v1.0.0)\n"), (dry.ExitCode, dry.Output));
        Assert.False(Directory.Exists(sandbox.Home));

        CommandResult result = sandbox.Run("migrate");
        Assert.Equal((1, "Failed bad\nMigrated extension good (v1.0.0)\n"), (result.ExitCode, result.Output));
        Assert.StartsWith("error InstallFailed: ", result.Error, StringComparison.Ordinal);
        Assert.Single(gateway.Requests);
        Assert.False(File.Exists(Path.Combine(sandbox.Home, ".migration_complete")));

        CommandResult again = sandbox.Run("migrate", "extensions");
        Assert.Contains("Skipped extension good (v1.0.0): ", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Migrate_runs_once_unless_it_is_forced()
    {
        Legacy(Path.Combine(sandbox.Folder, "extensions"), "good");
        sandbox.Done("migrate");

        CommandResult again = sandbox.Run("migrate");
        Assert.Equal((0, "Nothing was migrated.\n"), (again.ExitCode, again.Output));
        Assert.Contains("--force", again.Error, StringComparison.Ordinal);

        Assert.StartsWith("Skipped extension good (v1.0.0): ", sandbox.Done("migrate", "--force"), StringComparison.Ordinal);
    }

    [Fact]
    public void Migrate_wants_a_directory_that_is_there()
    {
        CommandResult result = sandbox.Run("migrate", "nowhere", "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("SourcePathMissing", Assert.Single(result.Json.GetProperty("errors").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public void Startup_migrates_syncs_and_counts()
    {
        Legacy(Path.Combine(sandbox.Folder, "old"), "good");
        Legacy(Path.Combine(sandbox.Home, "extensions", "installed"), "found");

        string dry = sandbox.Done("startup", "--legacy", "old", "--dry-run");
        Assert.StartsWith("Would be loaded: 2 (2 installed, 0 legacy, 0 builtin); ", dry, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(sandbox.Home, "registry")));

        JsonElement startup = sandbox.Run("startup", "--legacy", "old", "--json").Json.GetProperty("startup");
        Assert.Equal(2, startup.GetProperty("loadedCount").GetInt32());
        Assert.Equal(
            ["found Loaded", "good Loaded"],
            startup.GetProperty("installed").EnumerateArray().Select(item => $"{item.GetProperty("id")} {item.GetProperty("status")}"));
        Assert.StartsWith("Loaded: 2 (2 installed, 0 legacy, 0 builtin); ", sandbox.Done("startup"), StringComparison.Ordinal);
    }

    [Fact]
    public void Startup_tells_that_one_legacy_folder_that_cannot_be_read_hides_all_of_them()
    {
        sandbox.IsUnprivileged = true;
        Assert.SkipUnless(!OperatingSystem.IsWindows() && Sandbox.CanBeUnprivileged, "This needs permissions that count: as root also setpriv (util-linux).");
        string hidden = Path.GetDirectoryName(sandbox.Write("extensions/a/manifest.yaml", Sandbox.Manifest("a")))!;
        sandbox.Write("extensions/b/manifest.yaml", Sandbox.Manifest("b"));
        Directory.CreateDirectory(sandbox.Home);
        File.WriteAllText(Path.Combine(sandbox.Home, ".migration_complete"), "done\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(hidden, UnixFileMode.None);
        }

        JsonElement startup = sandbox.Run("startup", "--json").Json.GetProperty("startup");

        Assert.Equal(0, startup.GetProperty("loadedCount").GetInt32());
        Assert.Contains(
            "loads nothing from this directory",
            Assert.Single(startup.GetProperty("failed").EnumerateArray()).GetProperty("reason").GetString()!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Startup_reports_what_fails_and_does_the_rest()
    {
        Legacy(Path.Combine(sandbox.Home, "extensions", "installed"), "good");
        Directory.CreateDirectory(Path.Combine(sandbox.Home, "extensions", "installed", "bad"));

        CommandResult result = sandbox.Run("startup");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Loaded: 1 (1 installed, 0 legacy, 0 builtin); modules: 0; disabled: 0; shadowed: 0; failed: 1\n", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("error StartupFailed: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Startup_warns_of_a_legacy_directory_that_was_named_and_is_not_there()
    {
        CommandResult result = sandbox.Run("startup", "--legacy", "old");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("warning: There is no legacy directory 'old'", result.Error, StringComparison.Ordinal);
        Assert.Empty(sandbox.Run("startup").Error);
    }

    [Fact]
    public void Modules_are_migrated_from_agenticmodules_when_no_folder_is_named()
    {
        sandbox.Write("agenticmodules/m/agenticmodule.yaml", "name: m\nversion: 1.0.0\ndescription: d\nsteps:\n  - extension: e\n");

        Assert.Equal("Migrated agentic module m (v1.0.0)\n", sandbox.Done("migrate"));
    }

    private static void Legacy(string folder, string id)
    {
        string path = Path.Combine(folder, id);
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "manifest.yaml"), Sandbox.Manifest(id));
    }
}
