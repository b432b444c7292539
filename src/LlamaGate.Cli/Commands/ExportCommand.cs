using System;
using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate export</c></summary>
internal sealed class ExportCommand : ItemCommand
{
    private readonly Option<string> destination = new("--out", "-o")
    {
        HelpName = "zip",
        Description = "The zip file to write, or a folder for <id>-<version>.zip",
        Required = true,
    };

    private readonly Option<bool> force = new("--force", "-f") { Description = "Replace an existing file" };

    public ExportCommand()
        : base("export", "Writes installed items as packages: zip files with checksums.")
    {
        destination.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: StandardInputPackage.Word }])
            {
                result.AddError("A package is not written to standard output: '--out' needs a file or a folder.");
            }
        });
        Options.Add(destination);
        Options.Add(force);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate export [extension|agentic-module] <id>... --out <zip> [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "llamagate export extension my-ext --out my-extension.zip",
        "llamagate export agentic-module my-module --out my-module.zip",
        "llamagate export ext '*' --out backup/",
    ];

    /// <inheritdoc/>
    protected override void Run(Session session, IReadOnlyList<InstalledItem> items)
    {
        var paths = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (InstalledItem item in items)
        {
            string path = PathOf(session, item);
            if (!paths.Add(path))
            {
                throw new LlamaGateException(
                    ErrorIds.DestinationExists, $"Several items would be written to the same file, '{path}'. To write them to a folder, "
                        + "end --out with '/'.", path);
            }
        }

        base.Run(session, items);
    }

    /// <inheritdoc/>
    protected override void Run(Session session, InstalledItem item)
    {
        string path = PathOf(session, item);
        bool overwrites = session.Line.GetValue(force);
        if (session.IsDryRun)
        {
            session.Store.CheckExport(item, path, overwrites, session.CancellationToken);
            OutputItem planned = OutputItem.From(item) with { Path = path };
            session.Output.Result(planned, $"Would export {planned} to {path}");
            return;
        }

        ExportedPackage package = session.Store.Export(item, path, overwrites, session.CancellationToken);
        OutputItem result = OutputItem.From(package);
        session.Output.Result(result, $"Exported {result} to {package.Path}");
    }

    private string PathOf(Session session, InstalledItem item) =>
        PackageStore.GetExportPath(item, session.Line.GetRequiredValue(destination));
}
