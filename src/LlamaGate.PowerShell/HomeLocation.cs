using System;
using System.Management.Automation;

namespace LlamaGate.PowerShell;

/// <summary>Finds the home that a command line means (contract, section 1).</summary>
internal static class HomeLocation
{
    /// <summary>The home that <c>-HomePath</c> names, else <c>$env:LLAMAGATE_HOME</c>, else the one in the user's profile.</summary>
    /// <param name="paths">The session's paths.</param>
    /// <param name="homePath">The parameter's value; null when not given.</param>
    /// <exception cref="RuntimeException">The path is not one of the file system.</exception>
    public static LlamaGateHome Find(PathIntrinsics paths, string? homePath)
    {
        string? named = homePath ?? Environment.GetEnvironmentVariable(LlamaGateHome.EnvironmentVariable);
        return string.IsNullOrWhiteSpace(named) ? LlamaGateHome.Default() : new LlamaGateHome(FileSystemPath.Resolve(paths, named!));
    }
}
