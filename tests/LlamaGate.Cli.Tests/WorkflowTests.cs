using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>The workflow of the samples: its commands, run word for word in a repository of two extensions.</summary>
public sealed class WorkflowTests : IDisposable
{
    // What the machine of GitHub has besides; here they only say what they were asked for.
    private const string Others = "dotnet() { echo \"dotnet $*\"; }\ngh() { echo \"gh $*\"; }\nllamagate() { '{llamagate}' \"$@\"; }\n";

    private const string Run = "run: ";

    private static readonly string[] Workflow = File.ReadAllLines(Path.Combine(Repository.Root, "samples", "workflows", "packages.yml"));

    private readonly Sandbox sandbox = new();

    public WorkflowTests()
    {
        sandbox.Environment["GITHUB_REF_NAME"] = "v1.0.0";
        foreach (string[] setting in Workflow.SkipWhile(line => line != "env:").Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Split(": ", 2)))
        {
            sandbox.Environment[setting[0].Trim()] = setting[1];
        }

        sandbox.Done("new", "extensions/one");
        sandbox.Done("new", "agentic-module", "extensions/two");
    }

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void Every_command_does_its_work()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The workflow runs on Linux.");
        string[] commands = Commands();
        Assert.Equal(5, commands.Length);

        List<(int ExitCode, string Output, string Error)> results = [.. commands.Select(Execute)];

        Assert.All(results, result => Assert.Equal((0, string.Empty), (result.ExitCode, result.Error)));
        Assert.Equal("dotnet tool install LlamaGate.Cli --global\n", results[0].Output);
        Assert.Contains("2 packages: 2 valid, 0 invalid.", results[1].Output, StringComparison.Ordinal);
        Assert.DoesNotContain("::error", results[1].Output, StringComparison.Ordinal);
        Assert.Equal(0, Findings());
        Assert.Equal("gh release create v1.0.0 dist/one-0.1.0.zip dist/two-0.1.0.zip --verify-tag --generate-notes\n", results[4].Output);
        Assert.Equal(
            "Installed extension one (v0.1.0)\nInstalled agentic module two (v0.1.0)\n",
            sandbox.Done("import", "dist/one-0.1.0.zip", "dist/two-0.1.0.zip"));
    }

    [Fact]
    public void An_invalid_package_fails_the_job_and_is_in_the_findings()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The workflow runs on Linux.");
        sandbox.Write("extensions/three/manifest.yaml", Sandbox.Manifest("three", "latest"));
        string[] commands = Commands();

        (int exitCode, string output, _) = Execute(commands[1]);

        Assert.Equal(1, exitCode);
        Assert.Contains("::error file=extensions/three/manifest.yaml,line=2,", output, StringComparison.Ordinal);
        Assert.Equal(0, Execute(commands[2]).ExitCode);
        Assert.Equal(1, Findings());
    }

    private static string[] Commands() => [.. Workflow.Select(line => line.Trim()).Where(line => line.StartsWith(Run, StringComparison.Ordinal)).Select(line => line[Run.Length..])];

    private int Findings() => JsonDocument.Parse(File.ReadAllText(Path.Combine(sandbox.Folder, "packages.sarif"))).RootElement
        .GetProperty("runs")[0].GetProperty("results").GetArrayLength();

    private (int ExitCode, string Output, string Error) Execute(string command)
    {
        using Process shell = sandbox.StartProgram("/bin/sh", "-e", "-c", Others + command);
        shell.StandardInput.Close();
        Task<string> error = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = shell.StandardOutput.ReadToEnd();
        Sandbox.WaitForEnd(shell);
        return (shell.ExitCode, output, error.Result);
    }
}
