using System;
using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Commands;
using LlamaGate.Cli.Help;

namespace LlamaGate.Cli;

/// <summary>
/// <c>llamagate</c> itself: without a command it prints its help. The library's own root command, help option and version option look up
/// resources that are not used here, which takes a good part of a short run.
/// </summary>
internal sealed class LlamaGateCommand : Command, IDocumented
{
    private static readonly (string Name, Func<Command> Create)[] StoreCommands =
    [
        ("import", () => new ImportCommand()),
        ("export", () => new ExportCommand()),
        ("list", () => new ListCommand()),
        ("remove", () => new RemoveCommand()),
        ("enable", () => new EnableCommand()),
        ("disable", () => new DisableCommand()),
        ("migrate", () => new MigrateCommand()),
        ("sync", () => new SyncCommand()),
        ("startup", () => new StartupCommand()),
        ("doctor", () => new DoctorCommand()),
        ("refresh", () => new RefreshCommand()),
        ("verify", () => new VerifyCommand()),
        ("backups", () => new BackupsCommand()),
        ("restore", () => new RestoreCommand()),
    ];

    private static readonly Func<Command>[] PackageCommands =
    [
        () => new NewCommand(), () => new TestCommand(), () => new InspectCommand(), () => new PackCommand(), () => new SchemaCommand(),
    ];

    /// <summary>Makes the command line.</summary>
    /// <param name="firstWord">
    /// The first word of the line. When it names a command over the store, no other command is made: nothing on the line can mean one.
    /// </param>
    public LlamaGateCommand(string? firstWord = null)
        : base("llamagate", "Manages the extensions and agentic modules of a LlamaGate gateway.")
    {
        foreach (Option option in CommonOptions.Everywhere)
        {
            Options.Add(option);
        }

        Options.Add(new Option<bool>("--help", "-h", "-?") { Description = "Show how to use a command", Recursive = true, Action = new HelpText() });
        Options.Add(VersionText.Option());
        SetAction(line => HelpText.Write(this, line.InvocationConfiguration.Output));

        int only = Array.FindIndex(StoreCommands, command => string.Equals(command.Name, firstWord, StringComparison.Ordinal));
        if (only >= 0)
        {
            Subcommands.Add(StoreCommands[only].Create());
            return;
        }

        foreach ((string _, Func<Command> create) in StoreCommands)
        {
            Subcommands.Add(create());
        }

        foreach (Func<Command> create in PackageCommands)
        {
            Subcommands.Add(create());
        }

        foreach (Command command in FeedCommands.All)
        {
            Subcommands.Add(command);
        }

        Subcommands.Add(new DscCommand());
        Subcommands.Add(new CompletionCommand());
        Subcommands.Add(new HelpCommand());
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
