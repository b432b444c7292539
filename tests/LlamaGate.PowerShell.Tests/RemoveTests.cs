using System;
using System.IO;
using System.Management.Automation;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

public sealed class RemoveTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void An_item_is_removed_in_silence()
    {
        session.Install("alpha", "beta");

        RunResult result = session.Run("Remove-LlamaGateExtension alpha -HomePath $store");

        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Assert.False(Directory.Exists(Path.Combine(session.Home, "extensions", "installed", "alpha")));
        Assert.Equal(["beta"], session.Run("Get-LlamaGateExtension -HomePath $store").All("Id"));
    }

    [Fact]
    public void PassThru_emits_the_item_as_it_was()
    {
        session.Install("alpha");

        RunResult result = session.Run("Remove-LlamaGateExtension alpha -HomePath $store -PassThru");

        Assert.Equal("LlamaGate.InstalledItem", result.Single.TypeNames[0]);
        Assert.Equal(["alpha"], result.All("Id"));
    }

    [Fact]
    public void Wildcards_remove_what_they_match_and_nothing_else_without_an_error()
    {
        session.Install("alpha", "aleph", "beta");

        RunResult result = session.Run("Remove-LlamaGateExtension al*, zz* -HomePath $store -PassThru");

        Assert.Empty(result.Errors);
        Assert.Equal(["aleph", "alpha"], result.All("Id"));
        Assert.Equal(["beta"], session.Run("Get-LlamaGateExtension -HomePath $store").All("Id"));
    }

    [Fact]
    public void An_id_that_is_not_there_is_an_error_and_the_rest_goes_on()
    {
        session.Install("alpha");

        RunResult result = session.Run("'nothing', 'alpha' | Remove-LlamaGateExtension -HomePath $store -PassThru");

        Assert.Equal(["alpha"], result.All("Id"));
        Assert.Equal("ItemNotFound,LlamaGate.PowerShell.Commands.RemoveLlamaGateExtensionCommand", result.Error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, result.Error.CategoryInfo.Category);
        Assert.Equal("nothing", result.Error.TargetObject);
        Assert.Contains("item not found", result.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_of_both_types_asks_for_the_type()
    {
        session.Install("twin");
        TestPackage.Module(session.PathOf("twin.zip"), "twin");
        RunResult import = session.Run("Import-LlamaGatePackage twin.zip -HomePath $store");

        RunResult ambiguous = session.Run("Remove-LlamaGateExtension twin -HomePath $store");
        RunResult named = session.Run("Remove-LlamaGateExtension twin -Type AgenticModule -HomePath $store");

        Assert.Single(import.Warnings);
        Assert.Equal(["AmbiguousId"], ambiguous.ErrorIds);
        Assert.Equal(ErrorCategory.InvalidArgument, ambiguous.Error.CategoryInfo.Category);
        Assert.Equal("twin", ambiguous.Error.TargetObject);
        Assert.Empty(named.Errors);
        Assert.Equal(["Extension"], session.Run("Get-LlamaGateExtension -HomePath $store").All("Type"));
    }

    [Fact]
    public void What_Get_lists_can_be_removed()
    {
        session.Install("alpha", "beta");

        RunResult result = session.Run("""
            Get-LlamaGateExtension -HomePath $store | Remove-LlamaGateExtension
            Get-LlamaGateExtension -HomePath $store
            """);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
    }
}
