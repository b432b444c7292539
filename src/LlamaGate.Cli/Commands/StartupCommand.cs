using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate startup</c></summary>
internal sealed class StartupCommand : StoreCommand
{
    private readonly Option<string> legacy = new("--legacy")
    {
        HelpName = "folder",
        Description = "The legacy directory; default: 'extensions' in the current folder",
        DefaultValueFactory = _ => "extensions",
    };

    public StartupCommand()
        : base("startup", "Does what a gateway does when it starts: migrates once, syncs, and tells what is loaded from where.")
    {
        Options.Add(legacy);
        Options.Add(CommonOptions.DryRun);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate startup [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate startup", "llamagate startup --legacy ~/llamagate/extensions --dry-run"];

    /// <inheritdoc/>
    protected override void Run(Session session)
    {
        StartupReport report =
            session.Store.Startup(session.Line.GetRequiredValue(legacy), session.IsDryRun, session.CancellationToken);
        session.Output.Started(report);
        string would = session.IsDryRun ? "Would be loaded" : "Loaded";
        session.Output.Say(
            $"{would}: {report.LoadedCount} ({report.Installed.Count} installed, {report.Legacy.Count} legacy); "
            + $"disabled: {report.DisabledCount}; failed: {report.FailedCount}");
        Say(session, "Migrated", report.Migrated);
        Say(session, "Synchronized", report.Synchronized);
        Say(session, "Installed", report.Installed);
        Say(session, "Legacy", report.Legacy);
        Say(session, "Disabled", report.Disabled);
        foreach (string failure in report.Failed)
        {
            session.Output.Error(new OutputError(OutputError.StartupFailed, failure));
        }
    }

    private static void Say(Session session, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            session.Output.Say(string.Join('\n', lines.Select(line => "    " + Terminal.Printable(line)).Prepend($"  {title}:")));
        }
    }
}
