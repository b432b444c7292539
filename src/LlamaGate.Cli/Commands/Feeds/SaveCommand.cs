using System.Collections.Generic;
using System.CommandLine;
using LlamaGate.Cli.Output;
using LlamaGate.Feeds;

namespace LlamaGate.Cli.Commands;

/// <summary><c>llamagate save</c></summary>
internal sealed class SaveCommand : FeedCommand
{
    private readonly Argument<string[]> names = new("name") { Description = "The name of a package in a repository", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> folder = new("--out", "-o") { HelpName = "folder", Description = "The folder to save in", Required = true };
    private readonly Option<bool> force = new("--force", "-f") { Description = "Replace existing files" };

    public SaveCommand()
        : base("save", "Saves packages of repositories to files, for machines that are not connected.")
    {
        Arguments.Add(names);
        Options.Add(folder);
        Options.Add(Repository);
        Options.Add(PackageVersion);
        Options.Add(Prerelease);
        Options.Add(force);
        Options.Add(MaxDownloadBytes);
        Options.Add(CommonOptions.DryRun);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Usages => ["llamagate save <name>... --out <folder> [options]"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["llamagate save summarize-text --out ./offline", "llamagate save my-ext --package-version 1.2.0 --out ./offline"];

    /// <inheritdoc/>
    protected override void Run(Session session, PackageFeeds feeds)
    {
        foreach (string name in session.Line.GetRequiredValue(names))
        {
            session.Attempt(() =>
            {
                FeedPackage package = feeds.Resolve(Request(session, name), session.CancellationToken);
                if (session.IsDryRun)
                {
                    session.Output.Result(ItemOf(package), Terminal.OneLine($"Would save {package} from {package.Repository}"));
                    return;
                }

                SavedPackage saved = feeds.Save(
                    package, session.Line.GetRequiredValue(folder), session.Line.GetValue(force), session.Line.GetValue(MaxDownloadBytes), session.CancellationToken);
                session.Output.Result(
                    ItemOf(package) with { Path = saved.Path, Length = saved.Length, Sha512 = saved.Sha512 }, Terminal.OneLine($"Saved {package} to {saved.Path}"));
            });
        }
    }
}
