using System;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

public sealed class CompletionTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("Remove-LlamaGateExtension -HomePath $store -Id ", "alpha alpine beta")]
    [InlineData("Remove-LlamaGateExtension -HomePath $store -Id al", "alpha alpine")]
    [InlineData("Remove-LlamaGateExtension -HomePath $store AL", "alpha alpine")]
    [InlineData("Remove-LlamaGateExtension -HomePath $store -Id alpha, b", "beta")]
    [InlineData("Remove-LlamaGateExtension -HomePath $store -Id 'al", "'alpha' 'alpine'")]
    [InlineData("Remove-LlamaGateExtension -HomePath $store -Id \"al", "\"alpha\" \"alpine\"")]
    [InlineData("Remove-LlamaGateExtension -HomePath $store -Type AgenticModule -Id ", "beta")]
    [InlineData("Remove-LlamaGateExtension -HomePath ./home -Id alpi", "alpine")]
    [InlineData("Get-LlamaGateExtension -HomePath TestDrive:/home -Id alpi", "alpine")]
    [InlineData("Get-LlamaGateExtension -HomePath $store alpi", "alpine")]
    [InlineData("Export-LlamaGatePackage -HomePath $store alpi", "alpine")]
    [InlineData("Enable-LlamaGateExtension -HomePath $store alpi", "alpine")]
    [InlineData("Disable-LlamaGateExtension -HomePath $store alpi", "alpine")]
    public void An_id_is_completed_from_the_registry_of_the_home_on_the_line(string line, string completions)
    {
        session.Install("alpha", "alpine");
        TestPackage.Module(session.PathOf("beta.zip"), "beta");
        session.Run("Import-LlamaGatePackage beta.zip -HomePath $store");

        Assert.Equal(completions, string.Join(' ', Complete(line).Select(match => match.CompletionText)));
    }

    [Fact]
    public void An_id_that_looks_like_something_else_is_quoted()
    {
        TestPackage.Of(session.PathOf("dash.zip"), ("extension.yaml", "id: -dash\nname: Dash\nversion: 1.0.0\n"));
        TestPackage.Of(session.PathOf("number.zip"), ("extension.yaml", "id: '1e3'\nname: Number\nversion: 1.0.0\n"));
        session.Run("Import-LlamaGatePackage *.zip -HomePath $store");

        string[] completions = [.. Complete("Remove-LlamaGateExtension -HomePath $store -Id ").Select(match => match.CompletionText)];
        RunResult removal = session.Run($"Remove-LlamaGateExtension {string.Join(',', completions)} -HomePath $store -PassThru");

        Assert.Equal(["'-dash'", "'1e3'"], completions);
        Assert.Equal(["-dash", "1e3"], removal.All("Id"));
    }

    [Fact]
    public void A_tooltip_tells_type_version_and_state_of_all_that_have_the_id()
    {
        session.Install("twin");
        TestPackage.Module(session.PathOf("twin.zip"), "twin", "2.0.0");
        session.Run("Import-LlamaGatePackage twin.zip -HomePath $store; Disable-LlamaGateExtension twin -Type Extension -HomePath $store");

        CompletionResult match = Assert.Single(Complete("Get-LlamaGateExtension -HomePath $store -Id tw"));

        Assert.Equal("twin", match.ListItemText);
        Assert.Equal("AgenticModule twin 2.0.0 (enabled)\nExtension twin 1.0.0 (disabled)", match.ToolTip);
    }

    [Theory]
    [InlineData("Get-LlamaGateExtension -Type ")]
    [InlineData("Import-LlamaGatePackage -Type ")]
    [InlineData("Export-LlamaGatePackage -Type ")]
    public void A_type_is_completed(string line) =>
        Assert.Equal(["AgenticModule", "Extension"], Complete(line).Select(match => match.CompletionText));

    [Theory]
    [InlineData("Remove-LlamaGateExtension -HomePath $store -Id ")]
    [InlineData("Remove-LlamaGateExtension -HomePath Variable:x -Id ")]
    [InlineData("Remove-LlamaGateExtension -HomePath broken -Id ")]
    public void Where_nothing_can_be_read_nothing_is_offered_and_nothing_goes_wrong(string line)
    {
        Directory.CreateDirectory(session.PathOf("broken", "registry"));
        File.WriteAllText(session.PathOf("broken", "registry", "installed.json"), "{ not json");

        Assert.DoesNotContain(Complete(line), match => match.ResultType == CompletionResultType.ParameterValue);
        // The engine itself, finding nothing, looks for a command that does not exist in this host.
        Assert.All(session.Run("""$Error | ForEach-Object { "$_" }""").Output, error =>
            Assert.Contains("Microsoft.PowerShell.Management", (string)error.BaseObject, StringComparison.Ordinal));
        Assert.False(Directory.Exists(session.Home));
    }

    private Collection<CompletionResult> Complete(string line)
    {
        using PowerShell engine = session.Create(string.Empty);
        return CommandCompletion.CompleteInput(line, line.Length, options: null, engine).CompletionMatches;
    }
}
