using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using LlamaGate.Cli.Completion;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate import</c></summary>
internal sealed class ImportCommand : StoreCommand
{
    private readonly Argument<string[]> packages = new("package")
    {
        Description = "A zip file or a folder, '-' for a zip on standard input, or a wildcard such as '*.zip'; several may be given",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> force = new("--force", "-f") { Description = "Install content that is already installed" };

    private readonly Option<bool> disabled = new("--disabled") { Description = "Disable the imported items" };

    private readonly Option<long> maxEntryCount = CommonOptions.Number(
        "--max-entry-count", "count", "The maximum number of entries in a package", 1, int.MaxValue, PackageLimits.DefaultMaxEntryCount);

    private readonly Option<long> maxUnpackedBytes = CommonOptions.Number(
        "--max-unpacked-bytes", "bytes", "The maximum size of an unpacked package", 1, long.MaxValue, PackageLimits.DefaultMaxUnpackedBytes);

    private readonly Option<long> backupCount = CommonOptions.Number(
        "--backup-count", "count", "The number of previous versions of each item to keep", 0, int.MaxValue, PackageLimits.DefaultBackupCount);

    private readonly Option<string?> sha256 = new("--sha256") { HelpName = "hash", Description = "The SHA-256 that a package from an address must have" };

    private readonly Option<long> maxDownloadBytes = CommonOptions.Number(
        "--max-download-bytes", "bytes", "The maximum size of a package from an address", 1, long.MaxValue, FeedCommands.DefaultMaxDownloadBytes);

    public ImportCommand()
        : base("import", "Installs extensions and agentic modules from packages, or updates them.")
    {
        packages.Validators.Add(result =>
        {
            IReadOnlyList<string> paths = ItemWords.Split(result.GetValueOrDefault<string[]>() ?? []).Others;
            if (paths.Count == 0)
            {
                result.AddError("'import' needs a package, such as 'llamagate import extension my-extension.zip'.");
            }
            else if (paths.Count(StandardInputPackage.IsMeant) > 1)
            {
                result.AddError("Standard input ('-') can provide only one package.");
            }
            else if (paths.Any(StandardInputPackage.IsMeant) && !Console.IsInputRedirected)
            {
                result.AddError("There is no package on standard input: pipe one in, as in 'llamagate import - < my-extension.zip'.");
            }
        });
        packages.CompletionSources.Add(Candidates.Types);
        Arguments.Add(packages);
        Options.Add(force);
        Options.Add(disabled);
        Options.Add(CommonOptions.DryRun);
        Options.Add(CommonOptions.NoRefresh);
        Options.Add(CommonOptions.Refresh);
        Options.Add(maxEntryCount);
        Options.Add(maxUnpackedBytes);
        Options.Add(backupCount);
        Options.Add(sha256);
        Options.Add(maxDownloadBytes);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate import [extension|agentic-module] <package>... [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "llamagate import extension my-extension.zip",
        "llamagate import agentic-module my-module.zip",
        "llamagate import package.zip other.zip my-folder --dry-run",
        "curl -s https://example.com/package.zip | llamagate import -",
    ];

    /// <inheritdoc/>
    protected override void Run(Session session)
    {
        (ItemType? type, IReadOnlyList<string> given) = ItemWords.Split(session.Line.GetRequiredValue(packages));
        using StandardInputPackage? input = given.Any(StandardInputPackage.IsMeant) ? StandardInputPackage.Read(session) : null;
        string[] addresses = [.. given.Where(IsAddress)];
        given = [.. given.Where(path => !IsAddress(path))];
        string[] paths =
            [.. given.SelectMany(path => input is not null && StandardInputPackage.IsMeant(path) ? [input.Path] : PathPattern.Expand(path))];
        var limits = new PackageLimits((int)session.Line.GetValue(maxEntryCount), session.Line.GetValue(maxUnpackedBytes));
        var options = new ImportOptions(type, session.Line.GetValue(force), session.IsDryRun, limits, session.Line.GetValue(disabled), BackupCount(session.Line));
        foreach (ImportOutcome outcome in session.Store.Import(paths, options, Approve, session.CancellationToken))
        {
            if (outcome.Error is { } error)
            {
                session.Output.Error(error);
            }
            else if (outcome.Item is { } item)
            {
                Report(session, OutputItem.From(item, Given(outcome.SourcePath)));
            }
        }

        foreach (string address in addresses)
        {
            FeedCommands.Download(
                session, address, session.Line.GetValue(sha256), options, session.Line.GetValue(maxDownloadBytes), item => Report(session, item));
        }

        session.SaveAndRefresh();

        bool Approve(ImportPlan plan)
        {
            if (session.IsDryRun)
            {
                Report(session, OutputItem.From(plan, Given(plan.SourcePath)));
            }

            return true;
        }

        string Given(string path) => string.Equals(path, input?.Path, StringComparison.Ordinal) ? StandardInputPackage.Word : path;
    }

    // Without the option the environment decides.
    private int? BackupCount(ParseResult line) => line.GetResult(backupCount) is { Implicit: false } ? (int)line.GetValue(backupCount) : null;

    private static bool IsAddress(string package) => package.Contains("://", StringComparison.Ordinal);

    private static void Report(Session session, OutputItem item)
    {
        string deed = (session.IsDryRun, item.Status) switch
        {
            (true, ImportedItem.Installed) => "Would install",
            (true, ImportedItem.Updated) => "Would update",
            (true, ImportedItem.Downgraded) => "Would downgrade",
            _ => item.Status!,
        };
        string from = item.PreviousVersion is { } previous && !string.Equals(previous, item.Version, StringComparison.Ordinal)
            ? $" from v{Terminal.OneLine(previous)}"
            : string.Empty;
        session.Output.Result(item, $"{deed} {item}{from}{(item.Enabled == false ? " [disabled]" : string.Empty)}");
    }
}
