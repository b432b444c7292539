using System;
using System.IO;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace LlamaGate.Tests;

public sealed class ExportTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public ExportTests()
    {
        sandbox.ExtensionZip("a.zip", "a");
        sandbox.ModuleZip("b.zip", "b", "2.0.0");
        sandbox.Done("import", "a.zip", "b.zip");
    }

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void What_is_exported_can_be_imported()
    {
        sandbox.Done("export", "--out", "exported.zip", "extension", "a");
        sandbox.Done("remove", "a");

        Assert.Equal("Installed extension a (v1.0.0)\n", sandbox.Done("import", "exported.zip"));
    }

    [Fact]
    public void A_folder_gets_a_zip_for_each_item()
    {
        string folder = Path.Combine(sandbox.Folder, "backup");

        Assert.Equal(
            $"Exported agentic module b (v2.0.0) to {Path.Combine(folder, "b-2.0.0.zip")}\n"
            + $"Exported extension a (v1.0.0) to {Path.Combine(folder, "a-1.0.0.zip")}\n",
            sandbox.Done("export", "*", "--out", "backup/"));
        Assert.Equal(2, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public void Several_items_do_not_go_into_one_file()
    {
        CommandResult result = sandbox.Run("export", "*", "--out", "all.zip", "--force");

        Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
        Assert.StartsWith("error DestinationExists: ", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(sandbox.Folder, "all.zip")));
    }

    [Fact]
    public void A_file_that_is_there_stays_unless_it_is_forced()
    {
        string path = sandbox.Write("out.zip", "mine");

        CommandResult result = sandbox.Run("export", "a", "-o", "out.zip");

        Assert.Equal((1, "mine"), (result.ExitCode, File.ReadAllText(path)));
        Assert.StartsWith("error DestinationExists: ", result.Error, StringComparison.Ordinal);
        Assert.Equal($"Exported extension a (v1.0.0) to {path}\n", sandbox.Done("export", "a", "-o", "out.zip", "--force"));
    }

    [Fact]
    public void A_dry_run_writes_nothing()
    {
        string path = Path.Combine(sandbox.Folder, "out", "a.zip");

        Assert.Equal($"Would export extension a (v1.0.0) to {path}\n", sandbox.Done("export", "a", "--out", "out/a.zip", "--dry-run"));
        Assert.False(Directory.Exists(Path.Combine(sandbox.Folder, "out")));
    }

    [Fact]
    public void Json_describes_the_package()
    {
        JsonElement json = sandbox.Run("export", "a", "--out", "a-out.zip", "--json").Json;

        JsonElement item = Assert.Single(json.GetProperty("items").EnumerateArray());
        string path = Path.Combine(sandbox.Folder, "a-out.zip");
        Assert.Equal(path, item.GetProperty("path").GetString());
        Assert.Equal(new FileInfo(path).Length, item.GetProperty("length").GetInt64());
        Assert.Equal(2, item.GetProperty("fileCount").GetInt32());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), item.GetProperty("sha256").GetString());
    }
}
