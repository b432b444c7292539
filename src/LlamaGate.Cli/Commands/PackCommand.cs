using System;
using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate pack</c></summary>
internal sealed class PackCommand : PackageCommand
{
    private readonly HashSet<string> written = new(StringComparer.OrdinalIgnoreCase);

    private readonly Option<string> destination = new("--out", "-o")
    {
        HelpName = "zip",
        Description = "The zip file to write, or a folder for <id>-<version>.zip; default: the current folder",
        DefaultValueFactory = _ => Session.CurrentFolder,
    };

    private readonly Option<bool> force = new("--force", "-f") { Description = "Replace an existing file" };

    public PackCommand()
        : base("pack", "Packs source folders into packages: zip files with checksums.", "llamagate pack my-ext --out dist/")
    {
        Options.Add(destination);
        Options.Add(force);
        Options.Add(CommonOptions.DryRun);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate pack [extension|agentic-module] <folder>... [--out <zip>] [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate pack my-ext", "llamagate pack my-ext my-module --out dist/"];

    /// <inheritdoc/>
    protected override void Run(PackageSession session, string path)
    {
        bool isDryRun = session.Line.GetValue(CommonOptions.DryRun);
        ExportedPackage? package = session.Authoring.Pack(
            path, session.Line.GetRequiredValue(destination), session.Type, session.Line.GetValue(force), Approve, session.CancellationToken);
        if (package is not null)
        {
            OutputItem result = OutputItem.From(package) with { SourcePath = path };
            session.Output.Result(result, $"Packed {result} into {package.Path}");
        }

        bool Approve(ExportedPackage planned)
        {
            if (!written.Add(planned.Path))
            {
                throw new LlamaGateException(
                    ErrorIds.DestinationExists, $"Several packages would be written to the same file, '{planned.Path}'. To write them to "
                        + "a folder, end --out with '/'.", planned.Path);
            }

            if (isDryRun)
            {
                OutputItem plan = OutputItem.From(planned) with { SourcePath = path, Length = null, Sha256 = null };
                session.Output.Result(plan, $"Would pack {plan} into {planned.Path}");
            }

            return !isDryRun;
        }
    }
}
