using System;
using System.IO;
using LlamaGate.FileSystem;

namespace LlamaGate.Gateway;

/// <summary>The home that the gateway of this user reads (contract, section 1): it knows no other.</summary>
internal static class GatewayHome
{
    /// <summary>Whether a home is the gateway's: <c>.llamagate</c> in the user's profile, by this or any other name.</summary>
    /// <param name="home">The home to compare; it does not have to exist.</param>
    /// <param name="environment">Looks up a variable of the environment.</param>
    /// <returns>Whether a gateway of this user reads it.</returns>
    public static bool Is(LlamaGateHome home, Func<string, string?> environment)
    {
        string? profile = environment(Platform.IsWindows ? "USERPROFILE" : "HOME");
        return !string.IsNullOrEmpty(profile) && Path.IsPathRooted(profile)
            && StorePath.IsSame(home.Path, Path.GetFullPath(Path.Combine(profile, ".llamagate")));
    }
}
