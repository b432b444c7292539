using System.Collections.Generic;
using System.IO;
using LlamaGate.Registry;

namespace LlamaGate.Transactions;

/// <summary>
/// Settles the changes that an interrupted command left in the journal, and deletes the staging that it left behind. Touches only what
/// the journal names: a recovery is no sync (contract, section 6).
/// </summary>
internal static class Recovery
{
    /// <summary>Settles what is unfinished; the caller holds the store's lock.</summary>
    /// <exception cref="IOException">A change can neither be completed nor be taken back.</exception>
    public static void Run(Transaction transaction, StoreSettings settings, LockState state)
    {
        if (transaction.Registry.Unfinished.Count > 0)
        {
            Settle(transaction, settings);
            state.HasSwept = state.LocksHold == false;
        }

        if (!state.HasSwept)
        {
            state.HasSwept = true;
            foreach (string complaint in StagingArea.Sweep(settings))
            {
                transaction.Warn(complaint);
            }
        }
    }

    private static void Settle(Transaction transaction, StoreSettings settings)
    {
        var runner = new ChangeRunner(settings);
        var outcomes = new List<JournalRecord>();
        foreach (UnfinishedChange change in transaction.Registry.Unfinished)
        {
            string what = $"the interrupted change of {change.Record.Type.ToToken()} '{change.Record.Id}'";

            // It was committed: one failure of the disk, or of a file that another program holds for a moment, does not take it back.
            ChangeResult result = runner.Run(change, transaction.Registry, isTrusted: false);
            if (result.Error is not null)
            {
                result = runner.Run(change, transaction.Registry, isTrusted: false);
            }

            if (result.UndoError is { } undoError)
            {
                throw new IOException(
                    $"{what} can be neither completed ({result.Error!.Message}) nor undone ({undoError.Message}). Correct the cause, then "
                        + "run the command again.");
            }

            if (result.Outcome is { } outcome)
            {
                outcomes.Add(outcome);
            }

            if (result.Error is { } error)
            {
                transaction.Warn($"Undid {what}, because it cannot be completed: {error.Sentence()}");
            }
            else
            {
                transaction.Tell($"Completed {what}.");
                if (change.Record.Operation == JournalOperation.Install)
                {
                    transaction.PruneBackups(change.Record);
                }
            }
        }

        transaction.Finish(outcomes);
    }
}
