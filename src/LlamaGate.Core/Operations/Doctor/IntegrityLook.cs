using System;
using System.Collections.Generic;
using System.Linq;
using LlamaGate.Packages;
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
                (ItemIntegrity integrity, IReadOnlyList<FileDigest> files, _) = check.Compare(entry.ToItem(examination.Home), examination.Token);
                if (files.Where(file => file.Sha256.Length == 0).Select(file => file.Path).FirstOrDefault() is { } unreadable)
                {
                    NotVerified(entry, $"It is not known whether it was changed since it was installed: '{unreadable}' cannot be read.");
                }
                else if (integrity.Status is ItemIntegrity.Modified)
                {
                    examination.Add(
                        "Modified",
                        HomeFinding.Warning,
                        entry.Id,
                        $"It differs from what was installed (files: {Differences(integrity)}). If you did not change it, import its package again. The "
                            + "remedy accepts the present content.",
                        Remedy.AcceptContent(examination.Home),
                        entry.Type);
                }
            }
            catch (LlamaGateException exception)
            {
                NotVerified(entry, exception.Message);
            }
        }

        void NotVerified(RegistryEntry entry, string message) => examination.Add(
            "NotVerified", HomeFinding.Error, entry.Id, message, Remedy.Permit(examination.Home.ItemFolder(entry.Type, entry.Id)), entry.Type);
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
