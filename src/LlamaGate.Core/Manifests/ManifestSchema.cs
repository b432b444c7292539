using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LlamaGate.Manifests;

/// <summary>The JSON schemas of the manifests, which are resources of this assembly and files of the repository (contract, section 10).</summary>
internal static class ManifestSchema
{
    private const string Folder = "https://raw.githubusercontent.com/llamagate/llamagate-powershell/main/schemas/";

    /// <summary>The manifests that have a schema, ordinal.</summary>
    public static IReadOnlyList<string> Manifests { get; } =
        [.. ManifestNames.All.Where(name => name.EndsWith(".yaml", StringComparison.Ordinal)).OrderBy(name => name, StringComparer.Ordinal)];

    /// <summary>The first line of a manifest, which names its schema to editors.</summary>
    /// <param name="manifest">One of <see cref="Manifests"/>.</param>
    /// <returns>The line, without its end.</returns>
    public static string Modeline(string manifest) => "# yaml-language-server: $schema=" + AddressOf(manifest);

    /// <summary>The address under which editors find a schema.</summary>
    /// <param name="manifest">One of <see cref="Manifests"/>.</param>
    public static string AddressOf(string manifest) => Folder + FileOf(manifest);

    /// <summary>Reads a schema.</summary>
    /// <param name="file">The name or the path of a manifest. Case and the spelling of <c>.yaml</c> do not matter.</param>
    /// <returns>The text of the schema.</returns>
    /// <exception cref="LlamaGateException">ItemNotFound: that is not a manifest.</exception>
    public static string Read(string file)
    {
        using Stream stream = typeof(ManifestSchema).Assembly.GetManifestResourceStream(FileOf(Find(file)))!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Find(string file)
    {
        string name = file.Substring(file.LastIndexOfAny(['/', '\\']) + 1);
        return Manifests.FirstOrDefault(manifest => string.Equals(name, manifest, StringComparison.OrdinalIgnoreCase)
                || string.Equals(name, ManifestNames.ShortSpelling(manifest), StringComparison.OrdinalIgnoreCase))
            ?? throw new LlamaGateException(
                ErrorIds.ItemNotFound,
                $"There is no schema for '{Printable.Of(file)}'. Specify one of {string.Join(", ", Manifests)}.",
                file);
    }

    private static string FileOf(string manifest) => Path.ChangeExtension(manifest, ".schema.json");
}
