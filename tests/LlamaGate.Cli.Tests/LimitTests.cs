using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>A process that may open few files, write short ones, or has nowhere to print to.</summary>
public sealed class LimitTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("--help")]
    [InlineData("help import")]
    [InlineData("--version")]
    [InlineData("completion bash")]
    [InlineData("list")]
    public void Output_that_has_nowhere_to_go_is_told_without_a_trace(string line)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "This needs /dev/full.");

        (int exitCode, string error) = Shell($"'{{llamagate}}' {line} >/dev/full");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("error OutputFailed: Some output could not be written: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(45)]
    [InlineData(60)]
    [InlineData(70)]
    [InlineData(76)]
    [InlineData(80)]
    public void Where_few_files_may_be_open_a_command_says_so_or_succeeds(int files)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit.");
        sandbox.Done("import", sandbox.ExtensionZip("one.zip", "one"));
        sandbox.ExtensionZip("two.zip", "two");

        (int exitCode, string error) = Shell($"ulimit -n {files}; '{{llamagate}}' import two.zip --no-refresh");

        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.InRange(exitCode, 0, 1);
        if (exitCode == 0)
        {
            // A registry that cannot be rewritten now is a warning: the journal has the change.
            Assert.True(error.Length == 0 || error.StartsWith("warning: ", StringComparison.Ordinal), error);
        }
        else
        {
            Assert.StartsWith("error ", error, StringComparison.Ordinal);
        }

        Assert.Contains(sandbox.Done("list", "-q"), exitCode == 0 ? ["one\ntwo\n"] : new[] { "one\n", "one\ntwo\n" });
    }

    [Fact]
    public void A_file_that_may_not_become_so_large_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit.");
        sandbox.Done("import", sandbox.ExtensionZip("one.zip", "one"));
        string large = string.Concat(Enumerable.Range(0, 50_000).Select(i => i.ToString(CultureInfo.InvariantCulture)));
        sandbox.Zip("two.zip", ("manifest.yaml", Sandbox.Manifest("two")), ("large.txt", large));
        sandbox.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // The runtime itself makes a large file in memory otherwise.

        (int exitCode, string error) = Shell("ulimit -f 100; '{llamagate}' import two.zip");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("error InstallFailed: failed to install 'two': ", error, StringComparison.Ordinal);
        Assert.Equal("one\n", sandbox.Done("list", "-q"));
        Assert.False(Directory.Exists(Path.Combine(sandbox.Home, "tmp", "import"))
            && Directory.EnumerateFileSystemEntries(Path.Combine(sandbox.Home, "tmp", "import")).Any());
    }

    private (int ExitCode, string Error) Shell(string script)
    {
        using Process process = sandbox.StartProgram("/bin/sh", "-c", script);
        process.StandardInput.Close();
        string error = process.StandardError.ReadToEnd();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
