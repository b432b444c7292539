using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using LlamaGate.Cli.Help;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate help</c></summary>
internal sealed class HelpCommand : DocumentedCommand
{
    private readonly Argument<string?> command = new("command") { Description = "A command", Arity = ArgumentArity.ZeroOrOne };

    public HelpCommand()
        : base("help", "Shows how to use a command.")
    {
        command.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } name && Find(name) is null)
            {
                result.AddError(Suggestions.Unknown("command", name, Siblings.Select(sibling => sibling.Name)));
            }
        });
        command.CompletionSources.Add(_ => Siblings.Select(sibling => sibling.Name));
        Arguments.Add(command);
        SetAction(line => HelpText.Write(
            line.GetValue(command) is { } name ? Find(name)! : line.RootCommandResult.Command, line.InvocationConfiguration.Output));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate help [command]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate help import"];

    private IEnumerable<Command> Siblings => Parents.OfType<Command>().SelectMany(parent => parent.Subcommands);

    private Command? Find(string name) =>
        Siblings.FirstOrDefault(sibling => string.Equals(sibling.Name, name, System.StringComparison.Ordinal));
}
