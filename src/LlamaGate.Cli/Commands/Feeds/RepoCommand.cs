using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Output;
using LlamaGate.Feeds;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate repo add|list|remove</c></summary>
internal sealed class RepoCommand : FeedCommand
{
    private readonly Argument<string> verb = new("verb") { Description = "add, list or remove" };

    private readonly Argument<string[]> words = new("word")
    {
        Description = "add: the name, and the folder or address; remove: the names",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> userName = new("--username") { HelpName = "name", Description = "add: the user name that the feed asks for" };

    private readonly Option<string?> password = new("--password")
    {
        HelpName = "password",
        Description = "add: the password or token; %NAME% names an environment variable (other users can see command lines)",
    };

    private readonly Option<bool> insecure = new("--allow-insecure") { Description = "add: allow an address that is not https" };

    public RepoCommand()
        : base("repo", "Manages the NuGet feeds in the home's NuGet.Config.")
    {
        verb.CompletionSources.Add("add", "list", "remove");
        Validators.Add(result =>
        {
            int count = result.GetValue(words)?.Length ?? 0;
            string? mistake = result.GetValue(verb) switch
            {
                "add" when count != 2 => "'repo add' needs a name and a folder or an address.",
                "list" when count != 0 => "'repo list' takes no names.",
                "remove" when count == 0 => "'repo remove' needs the name of a repository.",
                "add" or "list" or "remove" => null,
                var other => $"'repo {other}' is not a command. Use 'repo add', 'repo list' or 'repo remove'.",
            };
            if (mistake is not null)
            {
                result.AddError(mistake);
            }
        });
        Arguments.Add(verb);
        Arguments.Add(words);
        Options.Add(userName);
        Options.Add(password);
        Options.Add(insecure);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages =>
        ["llamagate repo add <name> <folder or address> [options]", "llamagate repo list", "llamagate repo remove <name>..."];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "llamagate repo add team /mnt/share/packages",
        "llamagate repo add company https://feeds.example.com/v3/index.json --username ci --password %FEED_TOKEN%",
        "llamagate repo list",
    ];

    /// <inheritdoc/>
    protected override void Run(Session session, PackageFeeds feeds)
    {
        string[] given = session.Line.GetValue(words) ?? [];
        switch (session.Line.GetRequiredValue(verb))
        {
            case "add":
                RepositoryCredential? credential = session.Line.GetValue(password) is { } secret
                    ? new RepositoryCredential(session.Line.GetValue(userName) ?? "llamagate", secret)
                    : null;
                Report(session, feeds.AddRepository(given[0], given[1], credential, session.Line.GetValue(insecure)), "Added ");
                break;
            case "remove":
                foreach (string name in given)
                {
                    session.Attempt(() => Report(session, feeds.RemoveRepository(name), "Removed "));
                }

                break;
            default:
                foreach (PackageRepository repository in feeds.GetRepositories())
                {
                    Report(session, repository, string.Empty);
                }

                break;
        }
    }

    private static void Report(Session session, PackageRepository repository, string deed)
    {
        var item = new OutputItem
        {
            Id = repository.Name,
            Type = null,
            Version = null,
            Enabled = repository.IsEnabled,
            Source = repository.Source,
            HomePath = repository.HomePath,
        };
        session.Output.Result(item, Terminal.OneLine($"{deed}{repository.Name}: {repository.Source}{(repository.IsEnabled ? string.Empty : " [disabled]")}"), repository.Name);
    }
}
