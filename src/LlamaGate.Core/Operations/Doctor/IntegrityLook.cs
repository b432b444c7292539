using System;
using System.Collections.Generic;
using System.Linq;
using LlamaGate.Registry;

namespace LlamaGate.Operations.Doctor;

/// <summary>Which items are no longer what was installed (contract, section 11).</summary>
internal static class IntegrityLook
{
    public static void Look(Examination examination)
    {
        var check = new IntegrityCheck(examination.Settings, examination.Cache);
        foreach (RegistryEntry entry in examination.Registry?.Entries ?? [])
        {
            try
            {
                ItemIntegrity integrity = check.Verify(entry.ToItem(examination.Home), examination.Token);
                if (integrity.Status is ItemIntegrity.Modified)
                {
                    examination.Add(
                        "Modified",
                        HomeFinding.Warning,
                        entry.Id,
                        $"It is not what was installed (files: {Differences(integrity)}). If you did not change it, import its package again; the remedy "
                            + "accepts what is there.",
                        Remedy.AcceptContent(examination.Home),
                        entry.Type);
                }
            }
            catch (LlamaGateException exception)
            {
                examination.Add(
                    "NotVerified", HomeFinding.Error, entry.Id, exception.Message, Remedy.Permit(examination.Home.ItemFolder(entry.Type, entry.Id)), entry.Type);
            }
        }
    }

    private static string Differences(ItemIntegrity integrity) => string.Join(
        ", ",
        new (IReadOnlyList<string> Files, string Word)[]
            {
                (integrity.ModifiedFiles, "modified"), (integrity.MissingFiles, "missing"), (integrity.AddedFiles, "added"),
            }
            .Where(part => part.Files.Count > 0)
            .Select(part => FormattableString.Invariant($"{part.Files.Count} {part.Word}")));
}
