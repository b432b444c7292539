using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.Linq;
using LlamaGate.Cli.Commands;
using LlamaGate.Cli.Completion;
using LlamaGate.Cli.Help;

namespace LlamaGate.Cli;

/// <summary><c>llamagate</c> itself: without a command it prints its help.</summary>
internal sealed class LlamaGateCommand : RootCommand, IDocumented
{
    public LlamaGateCommand()
        : base("Manages the extensions and agentic modules of a LlamaGate gateway.")
    {
        foreach (Option option in CommonOptions.Everywhere)
        {
            Options.Add(option);
        }

        Options.Remove(Options.OfType<HelpOption>().Single());
        Options.Add(new HelpOption("--help", "-h", "-?") { Description = "Say how a command is used", Action = new HelpText() });
        Options.OfType<VersionOption>().Single().Description = "Print the version";
        SuggestDirective suggest = Directives.OfType<SuggestDirective>().Single();
        suggest.Action = new SuggestAction(suggest);

        Subcommands.Add(new ImportCommand());
        Subcommands.Add(new ExportCommand());
        Subcommands.Add(new ListCommand());
        Subcommands.Add(new RemoveCommand());
        Subcommands.Add(new EnableCommand());
        Subcommands.Add(new DisableCommand());
        Subcommands.Add(new MigrateCommand());
        Subcommands.Add(new SyncCommand());
        Subcommands.Add(new StartupCommand());
        Subcommands.Add(new DoctorCommand());
        Subcommands.Add(new RefreshCommand());
        Subcommands.Add(new VerifyCommand());
        Subcommands.Add(new BackupsCommand());
        Subcommands.Add(new RestoreCommand());
        Subcommands.Add(new NewCommand());
        Subcommands.Add(new TestCommand());
        Subcommands.Add(new InspectCommand());
        Subcommands.Add(new PackCommand());
        Subcommands.Add(new SchemaCommand());
        foreach (Command command in FeedCommands.All)
        {
            Subcommands.Add(command);
        }

        Subcommands.Add(new DscCommand());
        Subcommands.Add(new CompletionCommand());
        Subcommands.Add(new HelpCommand());
        SetAction(line => HelpText.Write(this, line.InvocationConfiguration.Output));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Usages => ["llamagate <command> [options]"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
    [
        "llamagate import extension my-extension.zip",
        "llamagate list extensions",
        "llamagate export extension my-ext --out my-extension.zip",
        "llamagate remove extension my-ext",
    ];
}
