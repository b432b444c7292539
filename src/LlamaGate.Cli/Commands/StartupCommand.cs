using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate startup</c></summary>
internal sealed class StartupCommand : StoreCommand
{
    private readonly Option<string?> legacy = new("--legacy")
    {
        HelpName = "folder",
        Description = "The legacy directory; default: 'extensions' and 'agenticmodules' in the current folder",
    };

    public StartupCommand()
        : base("startup", "Does what a gateway does when it starts: migrates once, syncs, and reports what is loaded and from where.")
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
        string? named = session.Line.GetValue(legacy);
        StartupReport report =
            session.Store.Startup(named is null ? PackageStore.DefaultLegacyFolders : [named], session.IsDryRun, session.CancellationToken);
        if (named is not null && report.LegacyPath is null)
        {
            session.Output.Warning(StartupReport.NoLegacyDirectory(named));
        }

        session.Output.Started(report);
        session.Output.Say(
            $"{(session.IsDryRun ? "Would be loaded" : "Loaded")}: {report.LoadedCount} ({report.LoadedCount - report.Legacy.Count - report.BuiltIn.Count} "
            + $"installed, {report.Legacy.Count} legacy, {report.BuiltIn.Count} builtin); modules: {report.ModuleCount}; "
            + $"disabled: {report.DisabledCount}; shadowed: {report.Shadowed.Count}; failed: {report.FailedCount}");
        Say(session, "Migrated", report.Migrated.Select(item => $"{Words(item.Type, item.Id, item.Version)}"));
        Say(session, "Synchronized", report.Synchronized.Select(change => $"{change.Status} {Words(change.Type, change.Id, null)}: {change.Reason}"));
        Say(session, "Builtin", report.BuiltIn.Select(Line));
        Say(session, "Installed", report.Installed.Select(Line));
        Say(session, "Legacy", report.Legacy.Select(Line));
        Say(session, "Disabled", report.Disabled.Select(Line));
        Say(session, "Shadowed", report.Shadowed.Select(Line));
        foreach (StartupItem failure in report.Failed)
        {
            session.Output.Error(new OutputError(OutputError.StartupFailed, Line(failure), failure.Path));
        }
    }

    private static string Line(StartupItem item)
    {
        string place = item.Source is StartupItem.Legacy ? $" in {item.Path}" : string.Empty;
        return Words(item.Type, item.Id, item.Version) + place + (item.Reason.Length > 0 ? ": " + item.Reason : string.Empty);
    }

    private static string Words(string? type, string id, string? version) => string.Join(
        ' ', new[] { ItemTypes.TryParse(type, out ItemType known) ? known.ToToken() : null, id, version }.OfType<string>());

    private static void Say(Session session, string title, IEnumerable<string> lines)
    {
        string text = string.Join('\n', lines.Select(line => "    " + Terminal.Printable(line)));
        if (text.Length > 0)
        {
            session.Output.Say($"  {title}:\n{text}");
        }
    }
}
