using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>Makes the registry agree with the disk, which is the truth (contract, section 8).</summary>
internal sealed class RegistrySync
{
    private readonly StoreSettings settings;
    private readonly RegistryCache cache;
    private readonly LlamaGateHome home;

    public RegistrySync(StoreSettings settings, RegistryCache cache)
    {
        this.settings = settings;
        this.cache = cache;
        home = settings.Home;
    }

    /// <summary>Compares registry and disk; see <see cref="PackageStore.PlanSync"/>.</summary>
    public SyncComparison Plan(CancellationToken token)
    {
        RegistrySnapshot registry;
        bool isCorrupt = false;
        try
        {
            registry = cache.Read();
        }
        catch (LlamaGateException exception) when (string.Equals(exception.ErrorId, ErrorIds.RegistryCorrupt, StringComparison.Ordinal))
        {
            settings.Log.Verbose(exception.Message);
            registry = RegistrySnapshot.Salvage(home);
            isCorrupt = true;
        }

        var differences = new List<SyncDifference>();
        foreach (ItemType type in new[] { ItemType.AgenticModule, ItemType.Extension })
        {
            // What lies behind a link, or a file in a folder's place, is not looked at, and not forgotten either.
            StorePath.RefuseObstacles(home, Path.Combine(home.InstalledFolder(type), "*"));
            differences.AddRange(Compare(registry, type, isCorrupt, token));
        }

        return new SyncComparison(isCorrupt, [.. registry.Problems], differences);
    }

    /// <summary>Settles the differences; see <see cref="PackageStore.Sync"/>.</summary>
    public IReadOnlyList<SyncChange> Apply(SyncPlan plan, Func<SyncChange, bool> approve, CancellationToken token)
    {
        List<SyncChange> approved = plan.Changes
            .Where(change => string.Equals(change.Status, SyncChange.Skipped, StringComparison.Ordinal) || approve(change)).ToList();
        bool repairs = plan.RegistryIsCorrupt || plan.RegistryProblems.Count > 0;
        bool hasChanges = approved.Exists(change => !string.Equals(change.Status, SyncChange.Skipped, StringComparison.Ordinal));
        bool declinedAll = approved.Count == 0 && plan.Changes.Count > 0;
        bool onlyTidies = !hasChanges && !repairs;
        if (declinedAll || (onlyTidies && !HasLeftovers()))
        {
            return approved;
        }

        try
        {
            return cache.Write(transaction => Settle(transaction, (SyncComparison)plan, approved), token, rebuild: plan.RegistryIsCorrupt);
        }
        catch (Exception exception) when (onlyTidies && exception is IOException or UnauthorizedAccessException)
        {
            // Registry and disk agree: what an interrupted command left behind is for a command that may write.
            settings.Log.Verbose($"Files of an interrupted command in '{home.Path}' were not deleted: {exception.Sentence()}");
            return approved;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LlamaGateException(
                ErrorIds.ChangeFailed,
                $"The registry of '{home.Path}' cannot be synchronized: {exception.Sentence()} Check disk space and permissions, then try again.",
                home.Path,
                innerException: exception);
        }
    }

    private bool HasLeftovers() =>
        StorePath.Probe(home.JournalFile) != PathKind.Missing
        || (StorePath.IsFolder(home.StagingFolder) && Directory.EnumerateFileSystemEntries(home.StagingFolder).Any(IsOurs))
        || Leftovers.Find(home, cache.Read(), settings.Clock()).Any(leftover => leftover.IsCleared);

    // What the gateway left is cleared when it is old enough.
    private static bool IsOurs(string path) => !Path.GetFileName(path).StartsWith(Leftovers.GatewayStagingPrefix, StringComparison.Ordinal);

    // Gives what was settled, and what is to be told in any case.
    private List<SyncChange> Settle(Transaction transaction, SyncComparison comparison, List<SyncChange> approved)
    {
        bool rebuilds = transaction.Registry.Unreadable.Count > 0;
        DateTimeOffset now = settings.Clock();
        var settled = new List<SyncChange>();
        var records = new List<JournalRecord>();
        foreach (SyncChange change in approved)
        {
            if (change.Status is SyncChange.Skipped)
            {
                settled.Add(change);
            }
            else if (Record(transaction.Registry, comparison.For(change), now) is { } record)
            {
                settled.Add(change);
                records.Add(record);
                transaction.Tell($"{change.Status} {change.ItemType.ToToken()} '{change.Id}': {change.Reason}.");
                foreach (Problem warning in comparison.For(change).Manifest?.Warnings ?? [])
                {
                    transaction.Warn($"{change.Path}: {warning}");
                }
            }
            else
            {
                transaction.Tell($"{change.ItemType.ToToken()} '{change.Id}' was changed during the sync and was left alone. Run the sync again.");
            }
        }

        bool heals = transaction.Registry.Problems.Count > 0;
        if (heals)
        {
            transaction.Warn(
                $"'{home.RegistryFile}' was rewritten, because gateway 0.9.1 could not read it: {string.Join("; ", transaction.Registry.Problems)}.");
            transaction.Heal();
        }

        if (rebuilds)
        {
            transaction.Rebuild(records);
        }
        else if (records.Count > 0)
        {
            transaction.Commit(records);
        }

        if (heals && !rebuilds)
        {
            transaction.Save();
        }

        Leftovers.Clear(settings, transaction);
        return settled;
    }

    // The registry may have changed since the plan was made: what no longer applies is not done.
    private JournalRecord? Record(RegistrySnapshot registry, SyncDifference difference, DateTimeOffset now)
    {
        SyncChange change = difference.Change;
        RegistryEntry? entry = registry.Find(change.ItemType, change.Id);
        string folder = home.ItemFolder(change.ItemType, change.Id);
        string time = Rfc3339.Next(now, entry?.LastUpdatedAt);
        switch (change.Status)
        {
            case SyncChange.Removed when entry is not null && !StorePath.IsFolder(folder):
                return JournalRecord.Drop(change.ItemType, change.Id, time);
            case SyncChange.Added or SyncChange.Updated when StorePath.IsFolder(folder) && SaysTheSame(entry, difference.Entry):
                ItemManifest manifest = difference.Manifest!;
                return JournalRecord.Set(entry?.WithContent(manifest.Name, manifest.Version, folder, time)
                    ?? new RegistryEntry(
                        change.ItemType, change.Id, manifest.Name, manifest.Version, manifest.EnabledByDefault, time, time, folder));
            default:
                return null;
        }
    }

    // Whether an entry says the same of an item's content as another one; a state that was switched meanwhile stays.
    private static bool SaysTheSame(RegistryEntry? entry, RegistryEntry? other) =>
        string.Equals(entry?.Name, other?.Name, StringComparison.Ordinal)
        && string.Equals(entry?.Version, other?.Version, StringComparison.Ordinal)
        && string.Equals(entry?.SourcePath, other?.SourcePath, StringComparison.Ordinal);

    private List<SyncDifference> Compare(RegistrySnapshot registry, ItemType type, bool isCorrupt, CancellationToken token)
    {
        // What a dead writer left half done is completed before anything is settled: it is compared as it will be then.
        var unfinished = new UnfinishedChanges(settings, registry);
        string[] names =
        [
            .. ItemFolders.Names(home, type)
                .Where(name => !unfinished.IsLeaving(type, name))
                .Concat(registry.Unfinished.Where(change => change.Record.Type == type && unfinished.IsArriving(change))
                    .Select(change => change.Record.Id))
                .Distinct(StringComparer.Ordinal),
        ];
        var differences = new SyncDifference?[names.Length];
        var work = new Workload(settings.Log, "Comparing the registry with the disk", type.ToDisplayName(), names.Length, token);
        ParallelLoop.Run(names.Length, work, isSmall: names.Length < 16, i =>
        {
            differences[i] = Compare(registry, type, names[i], isCorrupt);
            work.Add(1);
        });
        work.Complete();

        var present = new HashSet<string>(names, StringComparer.Ordinal);
        IEnumerable<SyncDifference> removed = registry.Entries
            .Where(entry => entry.Type == type && !present.Contains(entry.Id))
            .Select(entry => Change(type, entry.Id, SyncChange.Removed, entry.Version, "its folder is gone", null, entry));
        return [.. differences.OfType<SyncDifference>().Concat(removed).OrderBy(difference => difference.Change.Id, StringComparer.Ordinal)];
    }

    private SyncDifference? Compare(RegistrySnapshot registry, ItemType type, string name, bool isCorrupt)
    {
        if (!ItemId.IsValid(name))
        {
            return Change(type, name, SyncChange.Skipped, null, $"the name of the folder is not a valid id. {ItemId.Rule}", null, null);
        }

        RegistryEntry? entry = registry.Find(type, name);
        string content = new UnfinishedChanges(settings, registry).ContentOf(type, name);
        if (!StorePath.IsFolder(content))
        {
            return Change(type, name, SyncChange.Skipped, null, "it is a link, and links are not followed", null, entry);
        }

        ItemManifest manifest;
        try
        {
            manifest = ItemFinder.ReadManifest(content, type, name);
        }
        catch (Exception exception) when (exception is LlamaGateException or IOException or UnauthorizedAccessException)
        {
            return Change(type, name, SyncChange.Skipped, null, Reason(exception), null, entry);
        }

        if (entry is null)
        {
            string state = manifest.EnabledByDefault ? "enabled" : "disabled";
            string reason = isCorrupt
                ? $"the registry could not be read, and the state of the item is lost: it is now {state}, as its manifest says"
                : "it was not registered";
            return Change(type, name, SyncChange.Added, manifest.Version, reason, manifest, entry);
        }

        string[] differences =
        [
            .. Difference("name", entry.Name, manifest.Name),
            .. Difference("version", entry.Version, manifest.Version),
            .. registry.CorrectionsOf(type, name),
            .. SourcePath.IsFolderOf(entry, home) ? Array.Empty<string>() : Difference("path", entry.SourcePath, home.ItemFolder(type, name)),
        ];
        return differences.Length == 0
            ? null
            : Change(type, name, SyncChange.Updated, manifest.Version, string.Join("; ", differences), manifest, entry);
    }

    private static string[] Difference(string field, string registered, string actual) =>
        string.Equals(registered, actual, StringComparison.Ordinal)
            ? []
            : [string.Format(CultureInfo.InvariantCulture, "{0}: '{1}' in the registry, '{2}' on disk", field, registered, actual)];

    private static string Reason(Exception exception) => exception is LlamaGateException { Problems: { Count: > 0 } problems }
        ? string.Join("; ", problems.Where(problem => string.Equals(problem.Severity, Problem.Error, StringComparison.Ordinal)))
        : exception.Message;

    private SyncDifference Change(
        ItemType type, string id, string status, string? version, string reason, ItemManifest? manifest, RegistryEntry? entry) =>
        new(new SyncChange(id, type, status, version, reason, home.ItemFolder(type, id), home.Path), manifest, entry);
}
