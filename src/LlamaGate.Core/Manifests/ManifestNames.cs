using System.Collections.Generic;
using System.IO;

namespace LlamaGate.Manifests;

/// <summary>The names of the manifests at the root of an item (contract, section 4).</summary>
internal static class ManifestNames
{
    /// <summary>Every name that is read, in either spelling.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "extension.yaml", "extension.yml", "manifest.yaml", "manifest.yml",
        "module.yaml", "module.yml", "agenticmodule.yaml", "agenticmodule.yml",
    ];

    /// <summary>The file that says how an item is packaged.</summary>
    /// <param name="type">The kind of item.</param>
    /// <returns><c>extension.yaml</c> or <c>module.yaml</c>.</returns>
    public static string Packaging(ItemType type) => type == ItemType.Extension ? "extension.yaml" : "module.yaml";

    /// <summary>The file that says what an item does; the only one that gateway 0.9.1 loads an item from.</summary>
    /// <param name="type">The kind of item.</param>
    /// <returns><c>manifest.yaml</c> or <c>agenticmodule.yaml</c>.</returns>
    public static string Definition(ItemType type) => type == ItemType.Extension ? "manifest.yaml" : "agenticmodule.yaml";

    /// <summary>The spelling that is accepted with a warning.</summary>
    /// <param name="name">A name that ends in <c>.yaml</c>.</param>
    /// <returns>The same name with <c>.yml</c>.</returns>
    public static string ShortSpelling(string name) => Path.ChangeExtension(name, ".yml");

    /// <summary>Whether a manifest of a kind of item is among some files.</summary>
    /// <param name="files">The names of the files at the root.</param>
    /// <param name="type">The kind of item.</param>
    /// <returns>Whether there is one, in either spelling.</returns>
    public static bool AnyOf(ISet<string> files, ItemType type) => Has(files, Packaging(type)) || Has(files, Definition(type));

    private static bool Has(ISet<string> files, string name) => files.Contains(name) || files.Contains(ShortSpelling(name));
}
