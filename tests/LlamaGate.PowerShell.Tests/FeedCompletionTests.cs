using System;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>The names of repositories and packages at the prompt.</summary>
[Collection(LastSearch)]
public sealed class FeedCompletionTests : IDisposable
{
    /// <summary>Where the tests are that search: the module keeps the last search of the process.</summary>
    internal const string LastSearch = "Last search";

    private readonly PowerShellSession session = new();

    public FeedCompletionTests()
    {
        session["feed"] = session.PathOf("feed");
        session.Extension("completed");
        session.Run("Register-LlamaGateRepository team $feed -HomePath $store");
    }

    public void Dispose() => session.Dispose();

    [Fact]
    public void Names_of_repositories_are_completed()
    {
        RunResult result = session.Run("""
            $line = "Find-LlamaGatePackage -HomePath '$store' -Repository t"
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
            """);

        Assert.Equal("team", result.Single.BaseObject);
    }

    [Fact]
    public void Names_of_packages_are_completed_from_the_last_search()
    {
        Done("Publish-LlamaGatePackage completed-1.0.0.zip team -HomePath $store");

        RunResult result = session.Run("""
            $null = Find-LlamaGatePackage -HomePath $store
            $line = 'Install-LlamaGatePackage com'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
            """);

        Assert.Equal("completed", result.Single.BaseObject);
    }

    private RunResult Done(string script)
    {
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        return result;
    }
}
