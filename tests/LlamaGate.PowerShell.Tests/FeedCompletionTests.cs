using System;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>The names of repositories and packages at the prompt.</summary>
public sealed class FeedCompletionTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public FeedCompletionTests()
    {
        session["feed"] = session.PathOf("feed");
        session.Extension("alpha");
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
        Done("Publish-LlamaGatePackage alpha-1.0.0.zip team -HomePath $store");

        RunResult result = session.Run("""
            $null = Find-LlamaGatePackage -HomePath $store
            $line = 'Install-LlamaGatePackage al'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
            """);

        Assert.Equal("alpha", result.Single.BaseObject);
    }

    private RunResult Done(string script)
    {
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        return result;
    }
}
