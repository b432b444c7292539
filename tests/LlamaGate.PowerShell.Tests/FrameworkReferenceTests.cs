using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>
/// What Windows PowerShell 5.1 has to load the module with: .NET Framework 4.7.2 and itself, no configuration file with binding
/// redirects, and the module's resolver, which serves the libraries that are shipped.
/// </summary>
public sealed class FrameworkReferenceTests
{
    private static readonly AssemblyName WindowsPowerShell = new("System.Management.Automation, Version=3.0.0.0");

    public static TheoryData<string> Shipped =>
        [.. Directory.EnumerateFiles(StagedModule.Folder, "*.dll").Concat(Directory.EnumerateFiles(Libraries, "*.dll"))
            .Select(file => Path.GetRelativePath(StagedModule.Folder, file))];

    private static string Libraries => Path.Combine(StagedModule.Folder, "lib", "netstandard2.0");

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_reference_is_to_what_is_shipped_or_in_the_framework(string library)
    {
        Dictionary<string, Version> shipped = Names(Libraries);
        Dictionary<string, Version> framework = Names(StagedModule.NetFramework);
        foreach ((string name, Version version) in Names(Path.Combine(StagedModule.NetFramework, "Facades")))
        {
            framework.TryAdd(name, version);
        }

        framework.Add(WindowsPowerShell.Name!, WindowsPowerShell.Version!);

        AssemblyName[] references = References(Path.Combine(StagedModule.Folder, library));

        Assert.NotEmpty(references);
        Assert.All(references, reference =>
        {
            // Only the loader runs on both kinds of .NET, and what it needs of the other kind is in a method that 5.1 never compiles.
            if (reference.Name == "System.Runtime.Loader" && library == "LlamaGate.Loader.dll")
            {
                return;
            }

            // The resolver hands out the shipped version, whatever older one is asked for; of the framework's the version has to be right.
            bool isShipped = shipped.TryGetValue(reference.Name!, out Version? version);
            Assert.True(
                isShipped || framework.TryGetValue(reference.Name!, out version),
                $"{reference.Name} is neither shipped nor a part of .NET Framework 4.7.2.");
            Assert.True(
                isShipped ? reference.Version <= version : reference.Version == version,
                $"{reference.Name} {reference.Version} is asked for, and there is {version}.");
        });
    }

    // Two libraries of the framework are no assemblies.
    private static Dictionary<string, Version> Names(string folder) => Directory.EnumerateFiles(folder, "*.dll")
        .SelectMany(file => Read(file, metadata => metadata.IsAssembly ? [metadata.GetAssemblyDefinition().GetAssemblyName()] : []))
        .ToDictionary(name => name.Name!, name => name.Version!, StringComparer.OrdinalIgnoreCase);

    private static AssemblyName[] References(string file) => Read(
        file, metadata => [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())]);

    private static AssemblyName[] Read(string file, Func<MetadataReader, AssemblyName[]> read)
    {
        using var image = new PEReader(File.OpenRead(file));
        return image.HasMetadata ? read(image.GetMetadataReader()) : [];
    }
}
