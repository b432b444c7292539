using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Packages;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>Tells which items are no longer what was installed, and records their checksums anew on request (contract, section 11).</summary>
internal sealed class ContentAcceptance
{
    private const int MostAttempts = 20;

    private readonly StoreSettings settings;
    private readonly RegistryCache cache;
    private readonly IntegrityCheck check;

    public ContentAcceptance(StoreSettings settings, RegistryCache cache)
    {
        this.settings = settings;
        this.cache = cache;
        check = new IntegrityCheck(settings, cache);
    }

    /// <summary>Tells of each item that is not what was installed.</summary>
    public void TellDrift(IEnumerable<InstalledItem> items, CancellationToken token)
    {
        foreach (InstalledItem item in items)
        {
            ItemIntegrity integrity = check.Verify(item, token);
            if (string.Equals(integrity.Status, ItemIntegrity.Modified, StringComparison.Ordinal))
            {
                settings.Log.Verbose(
                    $"{item.ItemType.ToToken()} '{item.Id}' differs from what was installed: {Differences(integrity)}. The recorded "
                        + "checksums are unchanged.");
            }
        }
    }

    /// <summary>Records the checksums of what is there; see <see cref="PackageStore.AcceptContent"/>.</summary>
    public IEnumerable<SyncChange> Accept(IEnumerable<InstalledItem> items, Func<SyncChange, bool> approve, CancellationToken token)
    {
        foreach (InstalledItem item in items)
        {
            if (TryAccept(item, approve, token) is { } change)
            {
                yield return change;
            }
        }
    }

    private SyncChange? TryAccept(InstalledItem item, Func<SyncChange, bool> approve, CancellationToken token)
    {
        SyncChange? approved = null;
        for (int attempt = 1; ; attempt++)
        {
            (ItemIntegrity integrity, IReadOnlyList<FileDigest> files, string identity) = check.Compare(item, token);
            if (integrity.Status is ItemIntegrity.Intact or ItemIntegrity.Missing)
            {
                return null;
            }

            if (files.Any(file => file.Sha256.Length == 0))
            {
                settings.Log.Warning($"The checksums of '{item.Id}' cannot be recorded, because a file in '{item.Path}' cannot be read.");
                return null;
            }

            if (approved is null)
            {
                approved = new SyncChange(
                    item.Id, item.ItemType, SyncChange.Updated, item.Version, $"its checksums are recorded: {Differences(integrity)}", item.Path, item.HomePath);
                if (!approve(approved))
                {
                    return null;
                }
            }

            if (TryRecord(item, files, identity, token))
            {
                settings.Log.Verbose($"Recorded the checksums of {item.ItemType.ToToken()} '{item.Id}'.");
                return approved;
            }

            if (attempt == MostAttempts)
            {
                throw Failed(item, new IOException($"It was replaced {MostAttempts} times during the operation."));
            }
        }
    }

    private bool TryRecord(InstalledItem item, IReadOnlyList<FileDigest> files, string identity, CancellationToken token)
    {
        try
        {
            return cache.Write(_ => Record(item, files, identity), token);
        }
        catch (Exception exception) when (DiskFailure.Is(exception))
        {
            throw Failed(item, exception);
        }
    }

    // Under the lock: nothing is recorded of a version that another writer has replaced.
    private bool Record(InstalledItem item, IReadOnlyList<FileDigest> files, string identity)
    {
        if (!string.Equals(check.IdentityOf(item), identity, StringComparison.Ordinal))
        {
            return false;
        }

        string checksums = settings.Home.ChecksumsFile(item.ItemType, item.Id);
        string temporary = checksums + ".new";
        StorePath.RefuseObstacles(settings.Home, checksums);
        StorePath.Ensure(settings, Path.GetDirectoryName(checksums)!);
        settings.Step("accept.delete-temporary");
        StorePath.Delete(temporary);
        StoreFile.WriteNew(settings, "accept", temporary, ChecksumsFile.Format(files), flush: true);
        settings.Step("accept.replace");
        Durable.Replace(temporary, checksums);
        settings.Step("accept.flush-folder");
        Durable.FlushFolder(Path.GetDirectoryName(checksums)!);
        return true;
    }

    private static string Differences(ItemIntegrity integrity) => integrity.Status is ItemIntegrity.Unrecorded
        ? "there were none"
        : string.Join(
            ", ",
            new[] { (integrity.ModifiedFiles, "modified"), (integrity.MissingFiles, "missing"), (integrity.AddedFiles, "added") }
                .Where(part => part.Item1.Count > 0)
                .Select(part => $"{part.Item1.Count} {part.Item2} ({string.Join(", ", part.Item1.Take(3).Select(Printable.Of))}{(part.Item1.Count > 3 ? ", ..." : string.Empty)})"));

    private static LlamaGateException Failed(InstalledItem item, Exception cause) => new(
        ErrorIds.InstallFailed,
        $"The checksums of '{item.Id}' cannot be recorded: {cause.Sentence()} The recorded checksums are unchanged. Check disk space and "
            + "permissions, then "
        + "try again.",
        item.Id,
        innerException: cause);
}
