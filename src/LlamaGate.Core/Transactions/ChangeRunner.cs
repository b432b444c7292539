using System;
using System.IO;
using LlamaGate.FileSystem;
using LlamaGate.Registry;

namespace LlamaGate.Transactions;

/// <summary>Completes a journalled change on the disk, or takes it back when that fails (contract, section 6).</summary>
internal sealed class ChangeRunner
{
    private readonly StoreSettings settings;
    private readonly InstallMoves installs;
    private readonly RemovalMoves removals;

    public ChangeRunner(StoreSettings settings)
    {
        this.settings = settings;
        installs = new InstallMoves(settings);
        removals = new RemovalMoves(settings);
    }

    /// <summary>Moves the folders of a change.</summary>
    /// <param name="change">The change to complete.</param>
    /// <param name="registry">The registry, which says whether somebody has registered a removed item again since.</param>
    /// <param name="isTrusted">Whether this process has just staged the content.</param>
    public ChangeResult Run(UnfinishedChange change, RegistrySnapshot registry, bool isTrusted)
    {
        JournalRecord record = change.Record;
        try
        {
            StorePath.RefuseObstacles(settings.Home, StagingArea.FolderOf(settings.Home, record.Staging));
            if (record.Operation != JournalOperation.Install)
            {
                removals.Complete(record, isInstalledAgain: registry.Find(record.Type, record.Id) is not null);
                return new ChangeResult(null, null, null);
            }

            ChangeState state = ChangeInspector.StateOf(settings.Home, change, isTrusted);
            installs.Complete(record, state);
            return new ChangeResult(null, null, UnfinishedChanges.OutcomeOf(settings.Home, change, state, Now(change)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            try
            {
                Undo(change, isTrusted);
                return new ChangeResult(error, null, UnfinishedChanges.TakenBack(change, Now(change)));
            }
            catch (Exception undoError) when (undoError is IOException or UnauthorizedAccessException)
            {
                return new ChangeResult(error, undoError, null);
            }
        }
    }

    private void Undo(UnfinishedChange change, bool isTrusted)
    {
        if (change.Record.Operation == JournalOperation.Install)
        {
            installs.Undo(change.Record, ChangeInspector.StateOf(settings.Home, change, isTrusted));
        }
        else
        {
            removals.Undo(change.Record);
        }
    }

    private string Now(UnfinishedChange change) => Rfc3339.Next(settings.Clock(), change.Record.Entry?.LastUpdatedAt);
}
