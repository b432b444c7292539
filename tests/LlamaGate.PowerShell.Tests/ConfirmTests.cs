using System;
using System.IO;
using System.Linq;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>What <c>-Confirm</c> asks, and what the answers do.</summary>
public sealed class ConfirmTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("YNY", 3, "alpha gamma")]
    [InlineData("A", 1, "alpha beta gamma")]
    [InlineData("NA", 2, "beta gamma")]
    [InlineData("YL", 2, "alpha")]
    [InlineData("L", 1, "")]
    public void An_import_asks_once_a_package(string answers, int questions, string installed)
    {
        session["packages"] = new[] { session.Extension("alpha"), session.Extension("beta"), session.Extension("gamma") };
        Answer(answers);

        RunResult result = session.Run("Import-LlamaGatePackage $packages -HomePath $store -Confirm");

        Assert.Empty(result.Errors);
        Assert.Equal(questions, session.User.Questions.Count);
        Assert.Contains("Install version 1.0.0", session.User.Questions[0], StringComparison.Ordinal);
        Assert.Equal(installed, string.Join(' ', result.All("Id")));
        Assert.Equal(installed, string.Join(' ', session.Run("Get-LlamaGateExtension -HomePath $store").All("Id")));
    }

    [Fact]
    public void An_import_does_not_ask_about_what_is_installed_already()
    {
        session.Install("alpha");

        RunResult result = session.Run("Import-LlamaGatePackage alpha-1.0.0.zip -HomePath $store -Confirm");

        Assert.Equal(["Unchanged"], result.All("Status"));
        Assert.Empty(session.User.Questions);
    }

    [Theory]
    [InlineData("Remove-LlamaGateExtension")]
    [InlineData("Disable-LlamaGateExtension")]
    [InlineData("Enable-LlamaGateExtension")]
    public void A_change_asks_once_an_item(string command)
    {
        session.Install("alpha", "beta");
        Answer("NY");

        RunResult result = session.Run($"{command} * -HomePath $store -Confirm -PassThru");

        Assert.Equal(2, session.User.Questions.Count);
        Assert.Equal(["beta"], result.All("Id"));
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("\uFEFF[]")]
    public void A_registry_that_nobody_or_not_the_gateway_can_read_is_left_alone_when_the_user_says_no(string json)
    {
        session.Install("alpha");
        File.WriteAllText(Path.Combine(session.Home, "registry", "installed.json"), json);
        Answer("N");
        string before = FolderSnapshot.Of(session.Home);

        RunResult result = session.Run("Sync-LlamaGateExtension -HomePath $store -Confirm");

        Assert.Single(session.User.Questions);
        Assert.Empty(result.Output);
        Assert.Equal(before, FolderSnapshot.Of(session.Home));
    }

    [Fact]
    public void The_preference_variable_asks_too()
    {
        session.Install("alpha");
        Answer("N");

        RunResult result = session.Run("""
            $ConfirmPreference = 'Medium'
            Remove-LlamaGateExtension alpha -HomePath $store -PassThru
            """);

        Assert.Single(session.User.Questions);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void The_store_is_not_locked_while_the_user_thinks()
    {
        session.Install("alpha", "beta");
        using var other = new PowerShellSession();
        other["store"] = session.Home;
        RunResult? meanwhile = null;
        session.User.BeforeAnswer = () => meanwhile = other.Run("Disable-LlamaGateExtension beta -HomePath $store -LockTimeoutSeconds 0");
        Answer("Y");

        RunResult result = session.Run("Disable-LlamaGateExtension alpha -HomePath $store -Confirm -PassThru");

        Assert.Empty(result.Errors);
        Assert.Empty(meanwhile!.Errors);
        Assert.Equal(["alpha", "beta"], session.Run("Get-LlamaGateExtension -HomePath $store -Disabled").All("Id"));
    }

    private void Answer(string keys) => keys.ToList().ForEach(session.User.Answers.Enqueue);
}
