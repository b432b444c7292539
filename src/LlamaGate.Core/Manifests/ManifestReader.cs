using System;
using System.Collections.Generic;
using System.Threading;
using LlamaGate.Manifests.GatewayRules;

namespace LlamaGate.Manifests;

/// <summary>Reads and validates the manifests of an item (contract, section 4).</summary>
internal static class ManifestReader
{
    /// <summary>Reads whatever manifests are at the root.</summary>
    /// <param name="files">The files at the root.</param>
    /// <param name="namedType">
    /// The type that the caller named, or the kind of the folder that contains the item; null to tell from the files.
    /// </param>
    /// <param name="folderId">For an item on disk the name of its folder, which is its id; null for a package.</param>
    /// <param name="target">The path to name in errors.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The manifest, with warnings.</returns>
    /// <exception cref="LlamaGateException">
    /// PackageInvalid (no manifest, or both kinds), PackageTypeMismatch or ManifestInvalid (every problem listed, a manifest that cannot
    /// be opened among them).
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ItemManifest Read(
        IManifestFiles files, ItemType? namedType, string? folderId, string target, CancellationToken cancellationToken)
    {
        var present = new HashSet<string>(files.RootFiles, StringComparer.Ordinal);
        ItemType type = ChooseType(present, namedType, target);
        ManifestFile? packagingFile = ManifestFile.Open(files, present, ManifestNames.Packaging(type), cancellationToken);
        ManifestFile? definitionFile = ManifestFile.Open(files, present, ManifestNames.Definition(type), cancellationToken);

        ManifestFields? packaging = packagingFile?.Root is { } packagingRoot
            ? PackagingManifest.Read(packagingRoot, type, isAlone: definitionFile is null)
            : null;
        ManifestFields? definition = definitionFile?.Root is { } definitionRoot
            ? type == ItemType.Extension ? ExtensionDefinition.Read(definitionRoot) : ModuleDefinition.Read(definitionRoot)
            : null;

        // An id is missing only if every file that may give it could be read.
        bool allRead = (packagingFile is null || packaging is not null) && (definitionFile is null || definition is not null);
        string? id = allRead ? ManifestId.Choose(packaging, definition, folderId) : null;

        List<Problem> problems = [.. packagingFile?.Problems.InOrder ?? [], .. definitionFile?.Problems.InOrder ?? []];
        List<Problem> errors = problems.FindAll(problem => problem.Severity is Problem.Error);
        if (errors.Count > 0)
        {
            string message = $"manifest validation failed for '{target}'. Correct what is listed and try again:";
            throw LlamaGateException.WithProblems(ErrorIds.ManifestInvalid, message, target, errors);
        }

        if (definitionFile?.Tree is { } tree)
        {
            problems.AddRange(GatewayWarnings.Of(tree, type, ManifestNames.Definition(type)));
        }
        else
        {
            problems.Add(new Problem(
                Problem.Warning, ManifestNames.Definition(type), "does not exist, and gateway 0.9.1 loads definitions only from this file"));
        }

        return new ItemManifest(
            type,
            id!,
            packaging?.Name ?? definition!.Name!,
            packaging?.Version ?? definition!.Version!,
            packaging?.Description ?? definition?.Description ?? string.Empty,
            packaging?.Enabled ?? definition?.Enabled ?? true,
            definition?.Enabled ?? true,
            packaging?.HotReload ?? true,
            problems)
        {
            Packaging = packaging,
            Definition = definition,
            DefinitionName = definition?.Name,
        };
    }

    private static ItemType ChooseType(HashSet<string> present, ItemType? namedType, string target)
    {
        bool isExtension = ManifestNames.AnyOf(present, ItemType.Extension);
        bool isModule = ManifestNames.AnyOf(present, ItemType.AgenticModule);
        switch (isExtension, isModule)
        {
            case (false, false):
                throw new LlamaGateException(
                    ErrorIds.PackageInvalid,
                    $"item not found: no manifest in the package '{target}'. An extension has manifest.yaml or extension.yaml at its "
                        + "root. An agentic module has agenticmodule.yaml or module.yaml.",
                    target);
            case (true, true):
                return namedType ?? throw new LlamaGateException(
                    ErrorIds.PackageInvalid,
                    $"The package '{target}' is ambiguous: it has the manifests of an extension and of an agentic module. Specify the "
                        + "type with -Type (on the command line: extension or agentic-module), or remove the manifests of the other type.",
                    target);
        }

        ItemType type = isExtension ? ItemType.Extension : ItemType.AgenticModule;
        return namedType is null || namedType == type
            ? type
            : throw new LlamaGateException(
                ErrorIds.PackageTypeMismatch,
                $"The package '{target}' is of type {type.ToDisplayName()}, not {namedType.Value.ToDisplayName()}. Specify "
                    + $"{type.ToDisplayName()}, or no type.",
                target);
    }
}
