using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace LlamaGate.Loader;

/// <summary>
/// Holds <c>LlamaGate.Core</c> and its libraries privately: another version of one of them in the session neither disturbs the
/// module nor is disturbed by it. Not public, because Windows PowerShell looks at public types and has no such base.
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    /// <summary>The assemblies that code outside the context may ask for.</summary>
    private static readonly string[] Doors = ["LlamaGate.Core", "LlamaGate.Feeds"];

    private readonly string libraries;

    private ModuleLoadContext(string libraries) => this.libraries = libraries;

    /// <summary>Makes a context serve <c>LlamaGate.Core</c> to the default one.</summary>
    /// <param name="libraries">The folder that holds it and all that it needs.</param>
    public static void Register(string libraries)
    {
        var context = new ModuleLoadContext(libraries);
        Default.Resolving += (_, name) =>
            Array.Exists(Doors, door => string.Equals(name.Name, door, StringComparison.OrdinalIgnoreCase)) ? context.LoadFromAssemblyName(name) : null;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(libraries, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
