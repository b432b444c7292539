using System;
using System.IO;
using System.Text.Json;
using Xunit;

namespace LlamaGate.Tests;

/// <summary><c>verify</c>, <c>backups</c>, <c>restore</c>, and what <c>sync</c> says of content.</summary>
public sealed class IntegrityTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public IntegrityTests()
    {
        sandbox.ExtensionZip("a1.zip", "a");
        sandbox.ExtensionZip("a2.zip", "a", "2.0.0");
        sandbox.Done("import", "a1.zip");
        sandbox.Done("import", "a2.zip");
    }

    private string Folder => Path.Combine(sandbox.Home, "extensions", "installed", "a");

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void What_was_changed_is_named_and_the_exit_code_is_1()
    {
        Assert.Equal("Intact: extension a (v2.0.0)\n", sandbox.Done("verify"));
        File.AppendAllText(Path.Combine(Folder, "manifest.yaml"), "# mine\n");
        File.WriteAllText(Path.Combine(Folder, "notes.txt"), "mine");

        CommandResult result = sandbox.Run("verify", "extension", "a");

        Assert.Equal(
            (1, "Modified: extension a (v2.0.0)\n  modified: manifest.yaml\n  added: notes.txt\n", string.Empty),
            (result.ExitCode, result.Output, result.Error));
        JsonElement item = Assert.Single(sandbox.Run("verify", "--json").Json.GetProperty("items").EnumerateArray());
        Assert.Equal("Modified", item.GetProperty("status").GetString());
        Assert.Equal("notes.txt", Assert.Single(item.GetProperty("addedFiles").EnumerateArray()).GetString());
    }

    [Fact]
    public void An_item_without_checksums_is_no_finding()
    {
        File.Delete(Path.Combine(sandbox.Home, "registry", "checksums", "extension", "a.sha256"));

        Assert.Equal("Unrecorded: extension a (v2.0.0)\n", sandbox.Done("verify"));
        Assert.Equal(string.Empty, sandbox.Done("verify", "--quiet"));
    }

    [Fact]
    public void A_sync_tells_drift_and_accepts_it_on_request()
    {
        File.AppendAllText(Path.Combine(Folder, "manifest.yaml"), "# mine\n");

        Assert.Contains("'a' differs from what was installed: 1 modified (manifest.yaml)", sandbox.Run("sync", "--verbose").Error, StringComparison.Ordinal);
        Assert.Contains("Would update extension a (v2.0.0): its checksums are recorded", sandbox.Done("sync", "--accept-content", "--dry-run"), StringComparison.Ordinal);
        Assert.Equal(1, sandbox.Run("verify").ExitCode);
        Assert.Contains("Updated extension a (v2.0.0): its checksums are recorded", sandbox.Done("sync", "--accept-content"), StringComparison.Ordinal);
        Assert.Equal(0, sandbox.Run("verify").ExitCode);
    }

    [Fact]
    public void A_backup_is_listed_and_restored_and_back_again()
    {
        string name = sandbox.Done("backups", "--quiet").TrimEnd();
        Assert.Equal($"{name}  extension a (v1.0.0), 2 files, ", sandbox.Done("backups", "a")[..(name.Length + 33)]);

        Assert.Equal("Would restore extension a (v1.0.0) in place of v2.0.0\n", sandbox.Done("restore", "a", "--dry-run"));
        Assert.Equal("Restored extension a (v1.0.0) in place of v2.0.0\n", sandbox.Done("restore", "extension", "a", "--backup", name));
        Assert.Equal("Restored extension a (v2.0.0) in place of v1.0.0\n", sandbox.Done("restore", "a"));
        CommandResult result = sandbox.Run("restore", "a", "--backup", name);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error ItemNotFound: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("No backups found.\n", sandbox.Done("backups", "b"));
    }

    [Fact]
    public void The_number_of_backups_is_an_option_or_the_environments()
    {
        sandbox.ExtensionZip("a3.zip", "a", "3.0.0");
        sandbox.Environment["LLAMAGATE_BACKUP_COUNT"] = "1";
        sandbox.Done("import", "a3.zip");
        Assert.Single(sandbox.Done("backups", "--quiet").TrimEnd().Split('\n'));

        sandbox.Done("import", "a2.zip", "--backup-count", "0");
        Assert.Empty(sandbox.Done("backups", "--quiet"));
    }
}
