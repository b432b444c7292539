using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Xunit;

namespace LlamaGate.Tests.Reliability;

/// <summary>Another process that works on a home: LlamaGate.CrashHost.</summary>
internal sealed class Child : IDisposable
{
    /// <summary>What the system says of a process that <see cref="Process.Kill()"/> ended.</summary>
    private static readonly int KilledExitCode = OperatingSystem.IsWindows() ? -1 : 128 + 9;

    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);
    private readonly Process process;

    private Child(Process process)
    {
        this.process = process;
    }

    /// <summary>The program.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("LLAMAGATE_CRASH_HOST")
        ?? typeof(Child).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "CrashHost").Value!;

    /// <summary>Starts the program on a home.</summary>
    public static Child Start(LlamaGateHome home, params string[] words) => Start([Program, home.Path, .. words]);

    /// <summary>Starts any command line.</summary>
    public static Child Start(IReadOnlyList<string> commandLine)
    {
        var start = new ProcessStartInfo(commandLine[0], commandLine.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // The runtime starts faster without it.
        return new Child(Process.Start(start)!);
    }

    /// <summary>Waits until the program has said a line.</summary>
    public Child WaitFor(string line)
    {
        string? said;
        while ((said = process.StandardOutput.ReadLine()) != line)
        {
            Assert.True(said is not null, $"The process ended before it said '{line}'.");
        }

        return this;
    }

    /// <summary>Kills the program, which has no chance to clean up. It may have ended by itself.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Ends the program's input, waits for its end and returns what it said last.</summary>
    public IReadOnlyList<string> End()
    {
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(LongestLife), "The process does not end.");
        return [.. output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(line => line is not ("ready" or "watching"))];
    }

    /// <summary>Waits for the end of the program, and says how it ended.</summary>
    public int ExitCode
    {
        get
        {
            End();
            return process.ExitCode;
        }
    }

    /// <summary>Waits for the end of a program that has killed itself.</summary>
    public void AssertKilled()
    {
        IReadOnlyList<string> output = End();
        Assert.True(process.ExitCode == KilledExitCode, $"It was not killed but ended with {process.ExitCode}: {string.Join(' ', output)}");
    }

    /// <summary>Waits for the end of a program that must succeed.</summary>
    public void AssertSucceeded()
    {
        IReadOnlyList<string> output = End();
        Assert.True(process.ExitCode == 0, $"It ended with {process.ExitCode}: {string.Join(' ', output)}");
    }

    /// <summary>Waits for the end of a program that may fail, but only as commands do.</summary>
    /// <returns>The error's id and message; null when it succeeded.</returns>
    public (string ErrorId, string Message)? GetError()
    {
        IReadOnlyList<string> output = End();
        Assert.True(process.ExitCode is 0 or 1, $"It ended with {process.ExitCode}: {string.Join(' ', output)}");
        return process.ExitCode == 0 ? null : (output[0], string.Join('\n', output.Skip(1)));
    }

    /// <summary>Waits for the end of a program that watched, and returns how often it looked; nothing may have been wrong.</summary>
    public long AssertSawNothingWrong()
    {
        IReadOnlyList<string> output = End();
        long looks = long.Parse(Assert.Single(output), CultureInfo.InvariantCulture);
        Assert.InRange(looks, 1, long.MaxValue);
        return looks;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
    }
}
