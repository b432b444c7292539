using System;
using System.IO;
using LlamaGate.FileSystem;
using LlamaGate.Registry;

namespace LlamaGate.Transactions;

/// <summary>
/// Moves the folders of an install to where its record says, or back. What is to be done follows from the state that
/// <see cref="ChangeInspector"/> tells, so the writer of a record and whoever finishes it after a crash do the same:
/// <list type="table">
/// <listheader><term>state</term><description>to complete it; to undo it</description></listheader>
/// <item><term>Staged</term><description>exchange, keep the backup, record the checksums; nothing</description></item>
/// <item><term>SetAside</term><description>move in, record the checksums; move the backup back</description></item>
/// <item><term>Exchanged</term><description>keep the backup, record the checksums; exchange again</description></item>
/// <item><term>InPlace</term><description>record the checksums; take out, move the backup back</description></item>
/// <item><term>Gone</term><description>keep the backup; move what was replaced back</description></item>
/// <item><term>Lost</term><description>impossible; move the backup back if nothing is in its place</description></item>
/// </list>
/// </summary>
internal sealed class InstallMoves
{
    private readonly StoreSettings settings;

    public InstallMoves(StoreSettings settings)
    {
        this.settings = settings;
    }

    /// <summary>Completes an install.</summary>
    /// <exception cref="IOException">A folder cannot be moved, or the staged content is gone.</exception>
    public void Complete(JournalRecord install, ChangeState state)
    {
        var places = ChangePlaces.Of(settings.Home, install);
        switch (state)
        {
            case ChangeState.Lost:
                throw new IOException($"'{places.Staged}', the folder of the staged content, no longer exists or is incomplete.");
            case ChangeState.Staged or ChangeState.SetAside:
                MoveIn(places, install.Type);
                break;
        }

        if (StorePath.IsFolder(places.Staged))
        {
            KeepBackup(places);
        }

        if (state != ChangeState.Gone && StorePath.Probe(places.StagedSource) == PathKind.File)
        {
            RecordSource(places);
        }

        if (state != ChangeState.Gone && StorePath.Probe(places.StagedChecksums) == PathKind.File)
        {
            StorePath.Ensure(settings, Path.GetDirectoryName(places.Checksums)!);
            settings.Step("install.checksums");
            Durable.Replace(places.StagedChecksums, places.Checksums);
        }
    }

    /// <summary>Puts the folders back to how they were before an install.</summary>
    /// <exception cref="IOException">A folder cannot be moved.</exception>
    public void Undo(JournalRecord install, ChangeState state)
    {
        var places = ChangePlaces.Of(settings.Home, install);
        switch (state)
        {
            case ChangeState.Exchanged:
                TakeOut(places, places.Staged);
                break;
            case ChangeState.InPlace:
                TakeOut(places, places.Backup);
                break;
            case ChangeState.Gone when StorePath.IsFolder(places.Staged):
                Restore(places.Staged, places.Item);
                break;
            case ChangeState.Gone or ChangeState.SetAside or ChangeState.Lost:
                Restore(places.Backup, places.Item);
                break;
        }
    }

    private void RecordSource(ChangePlaces places)
    {
        StorePath.Ensure(settings, Path.GetDirectoryName(places.Source)!);
        settings.Step("install.source");
        if (new FileInfo(places.StagedSource).Length > 0)
        {
            Durable.Replace(places.StagedSource, places.Source);
        }
        else
        {
            File.Delete(places.Source);
        }
    }

    private void MoveIn(ChangePlaces places, ItemType type)
    {
        StorePath.Ensure(settings, settings.Home.InstalledFolder(type));
        if (StorePath.Probe(places.Item) != PathKind.Missing)
        {
            StorePath.Ensure(settings, Path.GetDirectoryName(places.Backup)!);
            settings.Step("install.exchange");
            if (settings.MayExchange && StorePath.IsFolder(places.Item) && Durable.TryExchange(places.Staged, places.Item))
            {
                return;
            }

            settings.Step("install.set-aside");
            Durable.Move(places.Item, places.Backup);
        }

        settings.Step("install.move-in");
        Durable.Move(places.Staged, places.Item);
    }

    private void KeepBackup(ChangePlaces places)
    {
        StorePath.Ensure(settings, Path.GetDirectoryName(places.Backup)!);
        settings.Step("install.keep-backup");
        Durable.Move(places.Staged, places.Backup);
    }

    // Takes the new content out and puts the old one, if there is one, back. New content that somebody has written to since becomes a backup.
    private void TakeOut(ChangePlaces places, string old)
    {
        bool isAsStaged = ContentCheck.Compare(places.Item, places.StagedChecksums) == ContentMatch.Whole;
        string backups = Path.GetDirectoryName(places.Backup)!;
        string kept = isAsStaged ? places.Staged : Path.Combine(backups, Backups.NextName(backups, settings.Clock()));
        if (!isAsStaged)
        {
            StorePath.Ensure(settings, backups);
        }

        settings.Step("undo.exchange");
        if (settings.MayExchange && StorePath.IsFolder(old) && Durable.TryExchange(old, places.Item))
        {
            if (!string.Equals(kept, old, StringComparison.Ordinal))
            {
                settings.Step("undo.take-out");
                Durable.Move(old, kept);
            }

            return;
        }

        if (string.Equals(kept, old, StringComparison.Ordinal))
        {
            // The old content is in staging, where the new one is to go: it steps aside first.
            StorePath.Ensure(settings, backups);
            settings.Step("undo.set-aside");
            Durable.Move(old, places.Backup);
            old = places.Backup;
        }

        settings.Step("undo.take-out");
        Durable.Move(places.Item, kept);
        Restore(old, places.Item);
    }

    private void Restore(string old, string item)
    {
        if (StorePath.IsFolder(old) && StorePath.Probe(item) == PathKind.Missing)
        {
            settings.Step("undo.restore");
            Durable.Move(old, item);
        }
    }
}
