using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace LlamaGate.Tests.Support;

/// <summary>Runs <c>dotnet</c> with a home, packages and settings of the test's own.</summary>
internal static class Dotnet
{
    /// <summary>Runs a command and gives what it prints.</summary>
    /// <param name="home">The folder of the test.</param>
    /// <param name="isSuccess">Whether it must succeed or fail; null for either.</param>
    /// <param name="arguments">The arguments of <c>dotnet</c>.</param>
    public static async Task<string> RunAsync(FeedHome home, bool? isSuccess, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home.Test.Root,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_HOME"] = home.Folder("dotnet-home");
        start.Environment["NUGET_PACKAGES"] = home.Folder("packages");
        start.Environment.Remove("SSL_CERT_FILE");
        start.Environment.Remove("SSL_CERT_DIR");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(isSuccess is null || isSuccess == (process.ExitCode == 0), output);
        return output;
    }
}
