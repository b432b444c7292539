using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using LlamaGate.Cli.Output;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate doctor</c></summary>
internal sealed class DoctorCommand : StoreCommand
{
    private readonly Option<string> legacy = new("--legacy")
    {
        HelpName = "folder",
        Description = "Where the gateway loads extensions besides the home; default: 'extensions' in the current folder",
        DefaultValueFactory = _ => PackageStore.DefaultLegacyFolders[0],
    };

    private readonly Option<string> modules = new("--modules")
    {
        HelpName = "folder",
        Description = "Where the gateway runs modules; default: 'agenticmodules' in the current folder",
        DefaultValueFactory = _ => PackageStore.DefaultLegacyFolders[1],
    };

    public DoctorCommand()
        : base("doctor", "Checks a home for problems and shows how to correct them. Changes nothing.")
    {
        Options.Add(legacy);
        Options.Add(modules);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate doctor [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate doctor", "llamagate doctor --json", "llamagate doctor --legacy ~/llamagate/extensions"];

    /// <inheritdoc/>
    protected override void Run(Session session)
    {
        IReadOnlyList<HomeFinding> findings = session.Store.Examine(
            session.Line.GetRequiredValue(legacy), session.Line.GetRequiredValue(modules), Session.CurrentFolder, session.CancellationToken);
        session.Output.Examined(findings);
        foreach (HomeFinding finding in findings)
        {
            session.Output.Say(FindingText.Of(finding));
        }

        int errors = findings.Count(finding => finding.Severity is HomeFinding.Error);
        int warnings = findings.Count(finding => finding.Severity is HomeFinding.Warning);
        session.Output.Say(findings.Count == 0
            ? "No problems found."
            : $"Errors: {errors}; warnings: {warnings}; information: {findings.Count - errors - warnings}");
        if (errors > 0)
        {
            session.Output.Fail();
        }
    }
}
