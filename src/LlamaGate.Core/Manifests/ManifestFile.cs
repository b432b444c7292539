using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace LlamaGate.Manifests;

/// <summary>One manifest at the root, in the spelling that is there.</summary>
internal sealed class ManifestFile
{
    private ManifestFile(ManifestProblems problems, YamlMap? tree)
    {
        Problems = problems;
        Tree = tree;
        Root = tree is null ? null : new FieldReader(tree, problems);
    }

    /// <summary>What is wrong with it, as far as it is known.</summary>
    public ManifestProblems Problems { get; }

    /// <summary>Its fields as they stand in the file; null when it cannot be read.</summary>
    public YamlMap? Tree { get; }

    /// <summary>Its fields; null when it cannot be read, and a problem says why.</summary>
    public FieldReader? Root { get; }

    /// <summary>Opens a manifest and reads it as YAML.</summary>
    /// <param name="files">The files at the root.</param>
    /// <param name="present">Their names.</param>
    /// <param name="name">The name that ends in <c>.yaml</c>. <c>.yml</c> is read with a warning when only that is there.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The manifest; null when it is there in neither spelling.</returns>
    public static ManifestFile? Open(IManifestFiles files, ISet<string> present, string name, CancellationToken cancellationToken)
    {
        string shortName = ManifestNames.ShortSpelling(name);
        if (!present.Contains(name))
        {
            return present.Contains(shortName)
                ? Read(files, shortName, $"gateway 0.9.1 does not read a file with this name: rename the file to {name}", cancellationToken)
                : null;
        }

        string? warning = present.Contains(shortName) ? $"is used, and {shortName} beside it is ignored: remove {shortName}" : null;
        return Read(files, name, warning, cancellationToken);
    }

    private static ManifestFile Read(IManifestFiles files, string name, string? warning, CancellationToken cancellationToken)
    {
        var problems = new ManifestProblems(name);
        if (warning is not null)
        {
            problems.Warning(warning);
        }

        string? text = ReadText(files, name, problems, cancellationToken);
        return new ManifestFile(problems, text is null ? null : YamlTree.Parse(text, problems));
    }

    private static string? ReadText(IManifestFiles files, string name, ManifestProblems problems, CancellationToken cancellationToken)
    {
        try
        {
            using Stream stream = files.OpenRootFile(name);
            return ManifestText.Read(stream, problems, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Error("cannot be read: " + e.Message);
            return null;
        }
    }
}
