using System.IO;
using LlamaGate.Registry;

namespace LlamaGate.Transactions;

/// <summary>The places between which an install moves folders.</summary>
/// <param name="Item">Where the item lies.</param>
/// <param name="Staged">Where its new content was made; an exchange brings the old content there.</param>
/// <param name="Backup">Where the old content goes.</param>
/// <param name="StagedChecksums">The checksums of the new content, until they are recorded.</param>
/// <param name="Checksums">The recorded checksums of the item.</param>
/// <param name="StagedSource">Where the new content came from, until that is recorded; empty when nothing is to be recorded.</param>
/// <param name="Source">The record of where the item came from.</param>
internal sealed record ChangePlaces(
    string Item, string Staged, string Backup, string StagedChecksums, string Checksums, string StagedSource, string Source)
{
    public static ChangePlaces Of(LlamaGateHome home, JournalRecord install) => new(
        home.ItemFolder(install.Type, install.Id),
        StagingArea.FolderOf(home, install.Staging),
        Path.Combine(home.BackupFolder(install.Type, install.Id), install.Backup),
        StagingArea.ChecksumsOf(home, install.Staging),
        home.ChecksumsFile(install.Type, install.Id),
        StagingArea.SourceOf(home, install.Staging),
        home.SourceFile(install.Type, install.Id));
}
