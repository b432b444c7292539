using System.Collections.Generic;
using System.Linq;
using LlamaGate.Feeds;

namespace LlamaGate.PowerShell.Commands;

/// <summary>Gives <c>-Name</c>, and the repositories that it means.</summary>
public abstract class RepositoryCommand : FeedCommand
{
    private protected RepositoryCommand()
    {
    }

    /// <summary>The names of the repositories; wildcards are allowed.</summary>
    public virtual string[] Name { get; set; } = ["*"];

    /// <summary>The repositories that are meant. A name that does not exist is a separate error.</summary>
    private protected List<PackageRepository> Find(PackageFeeds feeds)
    {
        IReadOnlyList<PackageRepository> all = feeds.GetRepositories();
        var found = new List<PackageRepository>();
        foreach (string name in Name)
        {
            if (TryRead(name) is not { } pattern)
            {
                continue;
            }

            if (pattern.IsLiteral)
            {
                Attempt(() => found.Add(feeds.GetRepository(name)));
            }
            else
            {
                found.AddRange(all.Where(repository => pattern.IsMatch(repository.Name)));
            }
        }

        return found;
    }
}
