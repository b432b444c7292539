using System;
using System.Diagnostics;
using System.IO;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>A command where what it takes for granted is missing: its current folder, a place for temporary files.</summary>
public sealed class SurroundingsTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("import {zip}", 0)]
    [InlineData("list --home relative", 1)]
    [InlineData("migrate", 1)]
    [InlineData("startup", 1)]
    [InlineData("refresh", 1)]
    [InlineData("export one --out x.zip", 1)]
    public void A_current_folder_that_is_gone_is_told_where_it_matters(string line, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody delete a current folder.");
        sandbox.Done("import", sandbox.ExtensionZip("one.zip", "one"));
        string zip = sandbox.ExtensionZip("two.zip", "two");

        using Process process = sandbox.StartProgram(
            "/bin/sh",
            ["-c", "mkdir gone && cd gone && rmdir ../gone && exec \"$0\" \"$@\"", "{llamagate}", .. line.Replace("{zip}", zip, StringComparison.Ordinal).Split(' ')]);
        string error = process.StandardError.ReadToEnd();
        Sandbox.WaitForEnd(process);

        Assert.Equal(exitCode, process.ExitCode);
        Assert.DoesNotContain("Unhandled exception", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_on_standard_input_that_can_be_kept_nowhere_is_an_error_that_says_so()
    {
        Wine.SkipWhere("it uses another folder for temporary files where that of the environment is missing.");
        sandbox.Environment["TMPDIR"] = sandbox.Environment["TMP"] = sandbox.Environment["TEMP"] = Path.Combine(sandbox.Temp, "missing");

        CommandResult result = sandbox.Run("import", "-", "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("InstallFailed", result.Json.GetProperty("errors")[0].GetProperty("id").GetString());
        Assert.Empty(result.Error);
    }
}
