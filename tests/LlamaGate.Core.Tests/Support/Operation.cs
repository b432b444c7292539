using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace LlamaGate.Tests;

/// <summary>One command on a home, as words: run in the test's own process, or in a child that is killed while it is at it.</summary>
internal static class Operation
{
    /// <summary>Runs a command in a store of its own, saving at the end as every command does.</summary>
    /// <param name="context">The store's; the caller is notified of every step through it.</param>
    /// <param name="words">The command and what it takes.</param>
    /// <exception cref="LlamaGateException">What the command, or the last package of it that failed, says.</exception>
    public static void Run(StoreSettings context, params string[] words)
    {
        LlamaGateException? error = null;
        using (var store = new PackageStore(context))
        {
            string subject = words.Length > 1 ? words[1] : string.Empty;
            switch (words[0])
            {
                case "import" or "reinstall":
                    var options = new ImportOptions(force: words[0] == "reinstall");
                    foreach (ImportOutcome outcome in store.Import(words.Skip(1), options, _ => true, CancellationToken.None))
                    {
                        error = outcome.Error ?? error;
                    }

                    break;
                case "list":
                    store.GetItems();
                    break;
                case "remove":
                    store.Remove(store.FindItem(subject, null), CancellationToken.None);
                    break;
                case "restore":
                    store.Restore(store.FindBackup(subject, null, words.ElementAtOrDefault(2), CancellationToken.None), _ => true, CancellationToken.None);
                    break;
                case "accept":
                    foreach (SyncChange change in store.AcceptContent(_ => true, CancellationToken.None))
                    {
                        context.Log.Verbose(change.Reason);
                    }

                    break;
                case "enable" or "disable":
                    store.SetEnabled(store.FindItem(subject, null), words[0] == "enable", CancellationToken.None);
                    break;
                case "sync":
                    IReadOnlyList<SyncChange> changes = store.Sync(store.PlanSync(CancellationToken.None), _ => true, CancellationToken.None);
                    if (changes.LastOrDefault(change => change.Status == SyncChange.Skipped) is { } skipped)
                    {
                        error = new LlamaGateException(ErrorIds.ChangeFailed, skipped.Reason, skipped.Id);
                    }

                    break;
                case "migrate":
                    IEnumerable<MigratedItem> results = store.Migrate(subject, force: false, checkOnly: false, _ => true, CancellationToken.None);
                    if (results.LastOrDefault(item => item.Status == MigratedItem.Failed) is { } failed)
                    {
                        error = new LlamaGateException(ErrorIds.InstallFailed, failed.Reason, failed.Id);
                    }

                    break;
                case "export":
                    store.Export(store.FindItem(subject, null), words[2], overwrite: true, CancellationToken.None);
                    break;
                default:
                    throw new ArgumentException($"There is no operation '{words[0]}'.", nameof(words));
            }
        }

        if (error is not null)
        {
            throw error;
        }
    }
}
