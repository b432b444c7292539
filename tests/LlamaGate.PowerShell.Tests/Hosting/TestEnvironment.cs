using System;
using System.Runtime.CompilerServices;

namespace LlamaGate.Tests.Hosting;

/// <summary>Keeps the tests away from the home and the gateway of the user who runs them.</summary>
internal static class TestEnvironment
{
    /// <summary>A port that nobody listens at.</summary>
    public const string DeadPort = "1";

    /// <summary>Takes away what the user's environment says, and what only Windows asks for.</summary>
    [ModuleInitializer]
    internal static void Clear()
    {
        foreach (string name in new[] { "LLAMAGATE_HOME", "LLAMAGATE_API_KEY", "PORT" })
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        // Windows clients run no scripts until they are told to, and a module's views count as scripts.
        Environment.SetEnvironmentVariable("PSExecutionPolicyPreference", "RemoteSigned");
    }
}
