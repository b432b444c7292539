using System;
using System.IO;
using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace LlamaGate.Loader;

/// <summary>
/// Runs when the module is imported, before PowerShell looks at the cmdlet assembly, and makes <c>LlamaGate.Core</c> and the
/// libraries that it needs come from the module's own <c>lib</c> folder, apart from those of other modules.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <summary>The major version of every .NET Framework, whose <see cref="Environment.Version"/> is 4.0.30319.</summary>
    private const int NetFramework = 4;

    /// <summary>The .NET of PowerShell 7.4, the oldest that is supported.</summary>
    private const int OldestModern = 8;

    private static readonly object Gate = new();
    private static bool isRegistered;

    /// <summary>Registers the module's libraries, once a process however often and in however many runspaces it is imported.</summary>
    public void OnImport()
    {
        lock (Gate)
        {
            if (!isRegistered)
            {
                Register(Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!);
                isRegistered = true;
            }
        }
    }

    private static void Register(string moduleFolder)
    {
        if (Environment.Version.Major == NetFramework)
        {
            FrameworkResolver.Register(moduleFolder, Path.Combine(moduleFolder, "lib", "netstandard2.0"));
            return;
        }

        if (Environment.Version.Major < OldestModern)
        {
            throw new PlatformNotSupportedException(
                "LlamaGate needs PowerShell 7.4 or later, or Windows PowerShell 5.1. Update PowerShell: https://aka.ms/powershell");
        }

        RegisterContext(Path.Combine(moduleFolder, "lib", "net8.0"));
    }

    /// <summary>A method of its own, so that .NET Framework never compiles a call of a type whose base it does not have.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RegisterContext(string libraries) => ModuleLoadContext.Register(libraries);
}
