using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

using Xunit;

namespace LlamaGate.Tests.Hosting;

/// <summary>A PowerShell in a process of its own, for what one process can only do once: loading assemblies, and its environment.</summary>
internal static class ChildPowerShell
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>A YamlDotNet of another version than the module's.</summary>
    public static string OtherYamlDotNet { get; } = Path.Combine(AppContext.BaseDirectory, "other-module", "YamlDotNet.dll");

    /// <summary>Runs a script to its end; errors in it fail the test.</summary>
    /// <param name="folder">The folder to stand in and to write the script to.</param>
    /// <param name="script">The script.</param>
    /// <param name="environment">Variables to set.</param>
    /// <returns>The lines that it emitted.</returns>
    public static async Task<string[]> Run(string folder, string script, params (string Name, string Value)[] environment)
    {
        string file = Path.Combine(folder, "script.ps1");
        await File.WriteAllTextAsync(file, script);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LlamaGate.ModuleHost.dll"), file])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["PORT"] = TestEnvironment.DeadPort;
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // The runtime starts faster without it.
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The script did not end within {Limit}: {await output}{await errors}");
        }

        Assert.Empty(await errors);
        Assert.Equal(0, process.ExitCode);
        return (await output).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }
}
