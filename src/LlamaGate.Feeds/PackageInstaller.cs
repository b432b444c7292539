using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NuGet.Versioning;

namespace LlamaGate.Feeds;

/// <summary>Downloads packages of feeds and has the store import them.</summary>
internal sealed class PackageInstaller
{
    private readonly PackageStore store;
    private readonly PackageDownloads downloads;
    private readonly CallersThread caller;

    public PackageInstaller(PackageStore store, PackageDownloads downloads, CallersThread caller)
    {
        this.store = store;
        this.downloads = downloads;
        this.caller = caller;
    }

    /// <summary>Installs packages in order, together.</summary>
    /// <returns>One outcome a package, in order.</returns>
    public IEnumerable<InstallOutcome> Install(
        IReadOnlyList<FeedPackage> packages, ImportOptions options, PackageDemand demand, CancellationToken cancellationToken)
    {
        using TemporaryFolder folder = store.CreateTemporaryFolder();
        IReadOnlyList<(string? File, LlamaGateException? Error)> files =
            caller.Run((log, token) => downloads.GetAsync(packages, folder.Path, log, token), cancellationToken);
        var outcomes = new InstallOutcome?[packages.Count];
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < files.Count; i++)
        {
            LlamaGateException? error = files[i].Error ?? demand.CheckFile(files[i].File!, packages[i].ToString());
            if (error is null)
            {
                indexes.Add(files[i].File!, i);
            }
            else
            {
                outcomes[i] = new InstallOutcome(packages[i].ToString(), item: null, error);
            }
        }

        bool IsAsPublished(ImportPlan plan)
        {
            FeedPackage package = packages[indexes[plan.SourcePath]];
            bool isSame = NuGetVersion.TryParse(plan.Version, out NuGetVersion? version) && version.Equals(package.Entry.Version);
            LlamaGateException? error = isSame
                ? demand.Refuse?.Invoke(plan)
                : new LlamaGateException(
                    ErrorIds.PackageInvalid,
                    $"'{package}' of the repository '{package.Repository}' was not installed: it contains version {plan.Version} of the "
                        + "item. Ask the publisher to publish it again with the version of its manifest.",
                    package.Name);
            if (error is not null)
            {
                outcomes[indexes[plan.SourcePath]] = new InstallOutcome(package.ToString(), item: null, error);
            }

            return error is null;
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        Dictionary<string, ItemSource> sources = indexes.ToDictionary(
            file => file.Key, file => SourceOf(packages[file.Value], file.Key, now), StringComparer.Ordinal);
        foreach (ImportOutcome outcome in store.Import(indexes.Keys.ToList(), options.WithSources(sources), IsAsPublished, cancellationToken))
        {
            int index = indexes[outcome.SourcePath];
            string name = packages[index].ToString();
            outcomes[index] = new InstallOutcome(name, outcome.Item, outcome.Error.Renamed(outcome.SourcePath, name));
        }

        return outcomes.OfType<InstallOutcome>();
    }

    private static ItemSource SourceOf(FeedPackage package, string file, DateTimeOffset now) => ItemSource.OfRepository(
        package.Repository, package.Name, package.RecordedRange, package.Choice.IncludesPrerelease, package.Version, FileHash.Sha512(file), now);
}
