using System;
using System.IO;
using System.Reflection;

namespace LlamaGate.Loader;

/// <summary>
/// Serves the module's libraries on .NET Framework, which has no load contexts: to the module's own assemblies only, and whatever
/// version they ask for, because Windows PowerShell has no configuration file to redirect versions in.
/// </summary>
internal sealed class FrameworkResolver
{
    private readonly string moduleFolder;
    private readonly string libraries;

    private FrameworkResolver(string moduleFolder, string libraries)
    {
        this.moduleFolder = moduleFolder + Path.DirectorySeparatorChar;
        this.libraries = libraries;
    }

    /// <summary>Makes a resolver answer for what the runtime does not find itself.</summary>
    /// <param name="moduleFolder">The folder of the module: who lies in or below it is one of ours.</param>
    /// <param name="libraries">The folder that holds the libraries.</param>
    public static void Register(string moduleFolder, string libraries) =>
        AppDomain.CurrentDomain.AssemblyResolve += new FrameworkResolver(moduleFolder, libraries).Resolve;

    private Assembly? Resolve(object sender, ResolveEventArgs request)
    {
        string path = Path.Combine(libraries, new AssemblyName(request.Name).Name + ".dll");
        return IsOurs(request.RequestingAssembly) && File.Exists(path) ? Assembly.LoadFile(path) : null;
    }

    private bool IsOurs(Assembly? assembly) =>
        assembly is { IsDynamic: false } && assembly.Location.StartsWith(moduleFolder, StringComparison.OrdinalIgnoreCase);
}
