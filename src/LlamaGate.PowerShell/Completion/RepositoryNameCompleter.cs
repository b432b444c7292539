using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using LlamaGate.Feeds;

namespace LlamaGate.PowerShell.Completion;

/// <summary>Completes the name of a repository with those of the <c>-HomePath</c> on the line.</summary>
public sealed class RepositoryNameCompleter : IArgumentCompleter
{
    /// <summary>The names that begin with what is typed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string prefix = TypedWord.Prefix(wordToComplete);
        return GetRepositories(fakeBoundParameters["HomePath"] as string)
            .Where(repository => repository.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(repository => new CompletionResult(TypedWord.Quote(repository.Name), repository.Name, CompletionResultType.ParameterValue, repository.Source));
    }

    /// <summary>What is registered; nothing where that cannot be read, because there is nobody to tell.</summary>
    private static IReadOnlyList<PackageRepository> GetRepositories(string? homePath)
    {
        try
        {
            var engine = (EngineIntrinsics)ScriptBlock.Create("$ExecutionContext").Invoke()[0].BaseObject;
            using var store = new PackageStore(HomeLocation.Find(engine.SessionState.Path, homePath), new SilentLog());
            using var feeds = new PackageFeeds(store, new SilentLog());
            return feeds.GetRepositories();
        }
        catch (Exception failure) when (failure is LlamaGateException or RuntimeException)
        {
            return [];
        }
    }
}
