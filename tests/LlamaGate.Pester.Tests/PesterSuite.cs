using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>Runs the Pester suite in a process of its own.</summary>
public static class PesterSuite
{
    /// <summary>A run that takes longer is stuck: it takes five minutes on an idle machine, and many times as long on a busy one.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromHours(3);

    /// <summary>Runs the whole suite, and gives one row for each of its tests.</summary>
    /// <param name="pester">The name of the metadata with the path of the Pester module.</param>
    /// <exception cref="InvalidOperationException">PowerShell wrote no results; the message has its output.</exception>
    /// <exception cref="TimeoutException">PowerShell did not end in time; the message has its output.</exception>
    public static async Task<IEnumerable<TheoryDataRow<PesterTest>>> Run(string pester)
    {
        string folder = Directory.CreateTempSubdirectory("llamagate-pester-").FullName;
        try
        {
            string results = Path.Combine(folder, "results.json");
            string names = Environment.GetEnvironmentVariable("LLAMAGATE_PESTER_FILES") is { Length: > 0 } some ? some : "*";
            string output = await RunPowerShell(
                folder, "-File", GetMetadata("Suite"), "-Pester", GetMetadata(pester), "-ResultPath", results, "-Name", names);
            if (!File.Exists(results))
            {
                throw new InvalidOperationException($"PowerShell wrote no results:{Environment.NewLine}{output}");
            }

            using FileStream stream = File.OpenRead(results);
            PesterTest[] tests = (await JsonSerializer.DeserializeAsync<PesterTest[]>(stream))!;
            return tests.Select(test => new TheoryDataRow<PesterTest>(test) { TestDisplayName = $"{pester}: {test.Name}" });
        }
        finally
        {
            DeleteFolder(folder);
        }
    }

    // PowerShell writes its caches in the background, for a moment after it has ended.
    private static void DeleteFolder(string folder)
    {
        for (int attempt = 1; Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (attempt < 20)
            {
                System.Threading.Thread.Sleep(attempt * 50);
            }
        }
    }

    private static async Task<string> RunPowerShell(string folder, params string[] arguments)
    {
        string shell = Path.Combine(GetMetadata("PowerShell"), OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll");
        var start = new ProcessStartInfo("dotnet", [shell, "-NoProfile", "-NonInteractive", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };

        // Away from what the user of this machine has in the profile folder, and without asking for news of PowerShell.
        start.Environment["HOME"] = start.Environment["USERPROFILE"] = folder;
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["PSExecutionPolicyPreference"] = "RemoteSigned";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // The runtime starts faster without it.

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        using var timer = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(timer.Token);
        }
        catch (OperationCanceledException reason)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The suite did not end within {Limit}:{Environment.NewLine}{await output}{await errors}", reason);
        }

        return await output + await errors;
    }

    private static string GetMetadata(string key) => Path.GetFullPath(typeof(PesterSuite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == key).Value!);
}
