using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using LlamaGate.Cli.Help;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate completion</c></summary>
internal sealed class CompletionCommand : DocumentedCommand
{
    private static readonly string[] Shells = ["bash", "fish", "pwsh", "zsh"];

    private readonly Argument<string> shell = new("shell") { Description = "bash, fish, pwsh or zsh" };

    public CompletionCommand()
        : base("completion", "Prints the script that completes llamagate's command line in a shell.")
    {
        shell.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } name && Array.IndexOf(Shells, name) < 0)
            {
                result.AddError($"There is no completion script for '{name}'. Specify one of {string.Join(", ", Shells)}.");
            }
        });
        shell.CompletionSources.Add(Shells);
        Arguments.Add(shell);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate completion bash|fish|pwsh|zsh"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "source <(llamagate completion bash)                                      # ~/.bashrc",
        "source <(llamagate completion zsh)                                       # ~/.zshrc, after compinit",
        "llamagate completion fish | source                                       # ~/.config/fish/config.fish",
        "llamagate completion pwsh | Out-String | Invoke-Expression               # $PROFILE",
    ];

    private void Run(ParseResult line)
    {
        using Stream script = typeof(CompletionCommand).Assembly.GetManifestResourceStream("llamagate." + line.GetRequiredValue(shell))!;
        using var reader = new StreamReader(script);
        Console.Out.Write(reader.ReadToEnd());
    }
}
