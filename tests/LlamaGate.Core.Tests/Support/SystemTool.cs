using System.ComponentModel;
using System.Diagnostics;
using System.Linq;

namespace LlamaGate.Tests;

/// <summary>Small tools of the system, for what .NET cannot do.</summary>
internal static class SystemTool
{
    /// <summary>Runs a small tool of the system to its end.</summary>
    /// <returns>Whether it is there and succeeded.</returns>
    public static bool TryRun(params string[] commandLine)
    {
        try
        {
            var start = new ProcessStartInfo(commandLine[0], commandLine.Skip(1))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            using Process tool = Process.Start(start)!;
            tool.StandardOutput.ReadToEnd();
            tool.WaitForExit();
            return tool.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
