using System;

namespace LlamaGate.Manifests;

/// <summary>What the id of an item is (contract, sections 2 and 4).</summary>
internal static class ManifestId
{
    /// <summary>
    /// For an item on disk the name of its folder. For a package the <c>id</c> of the packaging file, else the <c>name</c> of the
    /// definition file or of the packaging file, whichever is a valid id.
    /// </summary>
    /// <param name="packaging">The packaging file, when there is one.</param>
    /// <param name="definition">The definition file, when there is one.</param>
    /// <param name="folderId">The name of the item's folder; null for a package.</param>
    /// <returns>The id; null when there is none, and a problem says so.</returns>
    public static string? Choose(ManifestFields? packaging, ManifestFields? definition, string? folderId)
    {
        (FieldReader Source, string Field, string Id)? said = packaging?.Id is { } id
            ? (packaging.Source, "id", id)
            : NameAsId(definition) ?? NameAsId(packaging);
        if (folderId is not null)
        {
            if (said is { } other && !string.Equals(other.Id, folderId, StringComparison.Ordinal))
            {
                other.Source.Warning(
                    other.Field, $"{ManifestProblems.Quote(other.Id)} is ignored: the id is '{folderId}', the name of the item's folder");
            }

            return folderId;
        }

        if (said is not { } chosen)
        {
            ReportMissing(packaging, definition);
            return null;
        }

        if (!ItemId.IsValid(chosen.Id))
        {
            chosen.Source.Error(chosen.Field, $"{ManifestProblems.Quote(chosen.Id)} is not a valid id. {ItemId.Rule}");
            return null;
        }

        return chosen.Id;
    }

    private static (FieldReader Source, string Field, string Id)? NameAsId(ManifestFields? manifest) =>
        ItemId.IsValid(manifest?.Name) ? (manifest!.Source, "name", manifest.Name!) : null;

    // Where there is no name either, the rule of the name has said so.
    private static void ReportMissing(ManifestFields? packaging, ManifestFields? definition)
    {
        if ((definition?.Name ?? packaging?.Name) is not { } name)
        {
            return;
        }

        string message = $"the name {ManifestProblems.Quote(name)} is not a valid id: add an 'id' to ";
        if (packaging is not null)
        {
            packaging.Source.Error("id", message + $"this file. {ItemId.Rule}");
        }
        else
        {
            // The name of an extension's definition is a valid id or a separate problem: this is a module's.
            definition!.Source.Error("name", message + $"{ManifestNames.Packaging(ItemType.AgenticModule)}. {ItemId.Rule}");
        }
    }
}
