using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace LlamaGate.Tests.Hosting;

/// <summary>The module as the build staged it.</summary>
internal static class StagedModule
{
    /// <summary>The module's folder.</summary>
    public static string Folder { get; } = GetMetadata("StagedModule");

    /// <summary>The module's manifest: what a script imports.</summary>
    public static string Manifest { get; } = Path.Combine(Folder, "LlamaGate.psd1");

    /// <summary>The file that tells what is new in it.</summary>
    public static string Changelog { get; } = GetMetadata("Changelog");

    /// <summary>The folder of the reference assemblies of .NET Framework 4.7.2.</summary>
    public static string NetFramework { get; } = GetMetadata("NetFramework");

    private static string GetMetadata(string key) => Path.GetFullPath(typeof(StagedModule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => string.Equals(data.Key, key, StringComparison.Ordinal)).Value!);
}
