using System.Collections.Generic;
using System.CommandLine;

namespace LlamaGate.Cli.Commands;

/// <summary>A command that the native binary does not have.</summary>
internal sealed class NoFeedCommand : StoreCommand
{
    private readonly Argument<string[]> words = new("word") { Description = "The arguments of the .NET tool", Arity = ArgumentArity.ZeroOrMore };

    public NoFeedCommand(string name, string description)
        : base(name, description) => Arguments.Add(words);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => [$"llamagate {Name}"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["dotnet tool install LlamaGate.Cli --global"];

    /// <inheritdoc/>
    protected override void Run(Session session) => throw FeedCommands.Unavailable($"'{Name}'");
}
