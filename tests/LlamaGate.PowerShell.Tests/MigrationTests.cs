using System;
using System.IO;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

public sealed class MigrationTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void The_extensions_of_the_current_folder_are_migrated_by_default()
    {
        TestPackage.LegacyFolder(session.PathOf("extensions", "alpha"), "alpha");
        TestPackage.LegacyFolder(session.PathOf("extensions", "beta"), "beta");

        RunResult result = session.Run("Invoke-LlamaGateMigration -HomePath $store");

        Assert.Empty(result.Errors);
        Assert.Equal(["alpha", "beta"], result.All("Id"));
        Assert.Equal(["Migrated", "Migrated"], result.All("Status"));
        Assert.Equal("LlamaGate.MigratedItem", result.Output[0].TypeNames[0]);
        Assert.Equal(["alpha", "beta"], session.Run("Get-LlamaGateExtension -HomePath $store").All("Id"));
        Assert.True(Directory.Exists(session.PathOf("extensions", "alpha")));
    }

    [Fact]
    public void What_is_installed_is_skipped_and_what_is_bad_fails_while_the_rest_goes_on()
    {
        session.Install("alpha");
        TestPackage.LegacyFolder(session.PathOf("legacy", "alpha"), "alpha");
        TestPackage.LegacyFolder(session.PathOf("legacy", "good"), "good");
        Directory.CreateDirectory(session.PathOf("legacy", "bad"));
        File.WriteAllText(session.PathOf("legacy", "bad", "manifest.yaml"), "name: bad\n");

        RunResult result = session.Run("Invoke-LlamaGateMigration legacy -HomePath $store");

        Assert.Equal(["alpha", "bad", "good"], result.All("Id"));
        Assert.Equal(["Skipped", "Failed", "Migrated"], result.All("Status"));
        Assert.NotEmpty((string)result.Output[1].Properties["Reason"].Value);
    }

    [Fact]
    public void It_runs_once_but_for_Force()
    {
        TestPackage.LegacyFolder(session.PathOf("extensions", "alpha"), "alpha");

        RunResult first = session.Run("Invoke-LlamaGateMigration -HomePath $store");
        RunResult second = session.Run("Invoke-LlamaGateMigration -HomePath $store");
        RunResult forced = session.Run("Invoke-LlamaGateMigration -HomePath $store -Force");

        Assert.Equal(["Migrated"], first.All("Status"));
        Assert.Empty(second.Output);
        Assert.Contains("-Force", Assert.Single(second.Warnings), StringComparison.Ordinal);
        Assert.Equal(["Skipped"], forced.All("Status"));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error()
    {
        RunResult result = session.Run("Invoke-LlamaGateMigration nothing -HomePath $store");

        Assert.Equal(["SourcePathMissing"], result.ErrorIds);
        Assert.Equal(session.PathOf("nothing"), result.Error.TargetObject);
    }

    [Fact]
    public void A_folder_outside_the_file_system_is_refused()
    {
        RunResult result = session.Run("Invoke-LlamaGateMigration Variable:x -HomePath $store");

        Assert.Equal(["NotFileSystemPath"], result.ErrorIds);
    }
}
