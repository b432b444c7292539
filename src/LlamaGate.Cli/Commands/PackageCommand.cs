using System.Collections.Generic;
using System.CommandLine;
using System.Threading;
using LlamaGate.Cli.Completion;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary>A command over packages that are in no home: <c>[extension|agentic-module] &lt;package&gt;...</c></summary>
internal abstract class PackageCommand : ReportingCommand
{
    private readonly Argument<string[]> packages = new("package")
    {
        Description = "A zip file or a folder; several may be given",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<long> maxEntryCount = CommonOptions.Number(
        "--max-entry-count", "count", "The maximum number of entries in a package", 1, int.MaxValue, PackageLimits.DefaultMaxEntryCount);

    private readonly Option<long> maxUnpackedBytes = CommonOptions.Number(
        "--max-unpacked-bytes", "bytes", "The maximum size of an unpacked package", 1, long.MaxValue, PackageLimits.DefaultMaxUnpackedBytes);

    protected PackageCommand(string name, string description, string example)
        : base(name, description)
    {
        packages.Validators.Add(result =>
        {
            if (ItemWords.Split(result.GetValueOrDefault<string[]>() ?? []).Others.Count == 0)
            {
                result.AddError($"'{name}' needs a package, such as '{example}'.");
            }
        });
        packages.CompletionSources.Add(Candidates.Types);
        Arguments.Add(packages);
        Options.Add(maxEntryCount);
        Options.Add(maxUnpackedBytes);
    }

    /// <inheritdoc/>
    protected sealed override void Run(ParseResult line, CommandOutput output, CancellationToken cancellationToken)
    {
        var limits = new PackageLimits((int)line.GetValue(maxEntryCount), line.GetValue(maxUnpackedBytes));
        (ItemType? type, IReadOnlyList<string> paths) = ItemWords.Split(line.GetRequiredValue(packages));
        Run(new PackageSession(line, new PackageAuthoring(output, limits), output, type, cancellationToken), paths);
    }

    /// <summary>Does what the command is for, to every package.</summary>
    /// <param name="session">The reader of packages, the output and the command line of this run.</param>
    /// <param name="paths">The packages, as they were given.</param>
    protected virtual void Run(PackageSession session, IReadOnlyList<string> paths)
    {
        foreach (string path in paths)
        {
            try
            {
                Run(session, path);
            }
            catch (LlamaGateException e)
            {
                session.Output.Error(e);
            }
        }
    }

    /// <summary>Does what the command is for, to one package.</summary>
    /// <param name="session">The reader of packages, the output and the command line of this run.</param>
    /// <param name="path">The package, as it was given.</param>
    protected abstract void Run(PackageSession session, string path);
}

/// <summary>One run of a command over packages.</summary>
/// <param name="Line">The parsed command line.</param>
/// <param name="Authoring">Reads and writes packages.</param>
/// <param name="Output">Where the command reports.</param>
/// <param name="Type">The kind that the packages must have; null when each tells.</param>
/// <param name="CancellationToken">Cancelled by Ctrl+C.</param>
internal sealed record PackageSession(
    ParseResult Line, PackageAuthoring Authoring, CommandOutput Output, ItemType? Type, CancellationToken CancellationToken);
