using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Packages;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations;

/// <summary>Compares what is installed with what was installed. Never waits, never writes (contract, section 11).</summary>
internal sealed class IntegrityCheck
{
    private const int MostAttempts = 20;

    private readonly StoreSettings settings;
    private readonly RegistryCache cache;

    public IntegrityCheck(StoreSettings settings, RegistryCache cache)
    {
        this.settings = settings;
        this.cache = cache;
    }

    /// <summary>Compares one item; see <see cref="PackageStore.Verify"/>.</summary>
    public ItemIntegrity Verify(InstalledItem item, CancellationToken token) => Compare(item, token).Result;

    /// <summary>Compares one item, and identifies the content and the checksums that were compared.</summary>
    /// <param name="item">The registered item to compare.</param>
    /// <param name="token">Stops the reading.</param>
    /// <returns>The result, the files that are there, and a text that is another one when the item has been changed by then.</returns>
    /// <exception cref="LlamaGateException">InstallFailed: the folder cannot be read, or is replaced again and again.</exception>
    public (ItemIntegrity Result, IReadOnlyList<FileDigest> Files, string Identity) Compare(InstalledItem item, CancellationToken token)
    {
        for (int attempt = 1; ; attempt++)
        {
            token.ThrowIfCancellationRequested();
            (string content, string checksums, string identity) = Locate(item);
            Exception? failure = null;
            try
            {
                (ItemIntegrity result, IReadOnlyList<FileDigest> files) = Compare(item, content, checksums, token);
                if (string.Equals(Locate(item).Identity, identity, StringComparison.Ordinal))
                {
                    return (result, files, identity);
                }
            }
            catch (Exception exception) when (DiskFailure.Is(exception))
            {
                failure = string.Equals(Locate(item).Identity, identity, StringComparison.Ordinal) ? exception : null;
            }

            // A writer has replaced it while it was read.
            if (failure is not null || attempt == MostAttempts)
            {
                string reason = failure?.Sentence() ?? $"It was replaced {MostAttempts} times during the operation.";
                throw new LlamaGateException(
                    ErrorIds.InstallFailed,
                    $"'{item.Id}' cannot be verified: {reason} Check that you have permission to read '{content}', and try again.",
                    item.Id,
                    innerException: failure);
            }
        }
    }

    /// <summary>A text that is another one when an item or its checksums have been changed.</summary>
    public string IdentityOf(InstalledItem item) => Locate(item).Identity;

    private (ItemIntegrity Result, IReadOnlyList<FileDigest> Files) Compare(
        InstalledItem item, string content, string checksums, CancellationToken token)
    {
        if (!StorePath.IsFolder(content))
        {
            return (new ItemIntegrity(item, ItemIntegrity.Missing, [], [], []), []);
        }

        ChecksumsFile? recorded = StoreFile.TryReadAllBytes(checksums) is { } bytes ? ChecksumsFile.Parse(bytes) : null;
        var comparison = ContentComparison.Of(content, recorded, settings.Log, item.Id, token);
        ItemIntegrity result = recorded is null
            ? new ItemIntegrity(item, ItemIntegrity.Unrecorded, [], [], [])
            : new ItemIntegrity(
                item,
                comparison.IsEqual ? ItemIntegrity.Intact : ItemIntegrity.Modified,
                comparison.Modified,
                comparison.Missing,
                comparison.Added);
        return (result, comparison.Digests);
    }

    // Where the item's content and its checksums lie now, and what is another text when they have been replaced.
    private (string Content, string Checksums, string Identity) Locate(InstalledItem item)
    {
        ItemType type = item.ItemType;
        RegistrySnapshot registry = cache.Read();
        string content = new UnfinishedChanges(settings, registry).ContentOf(type, item.Id);
        StorePath.RefuseObstacles(settings.Home, content);

        // The checksums of what an interrupted install has brought wait in staging until they are recorded.
        string? staged = registry.Unfinished
            .Where(change => change.Record.Operation == JournalOperation.Install && change.Record.Type == type
                && string.Equals(change.Record.Id, item.Id, StringComparison.Ordinal))
            .Select(change => StagingArea.ChecksumsOf(settings.Home, change.Record.Staging))
            .LastOrDefault(path => StorePath.Probe(path) == PathKind.File);
        string checksums = staged ?? settings.Home.ChecksumsFile(type, item.Id);
        RegistryEntry? entry = registry.Find(type, item.Id);
        string recorded = cache.Guard(() => StoreFile.TryReadAllBytes(checksums)) is { } bytes ? Encoding.UTF8.GetString(bytes) : "none";
        return (content, checksums, string.Join("|", content, checksums, entry?.Version, entry?.LastUpdatedAt, FileIdentity.Of(content), recorded));
    }
}
