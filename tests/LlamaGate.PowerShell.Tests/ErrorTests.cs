using System;
using System.IO;
using System.Management.Automation;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>How errors behave with what PowerShell has for them.</summary>
public sealed class ErrorTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void ErrorAction_Stop_ends_the_pipeline_and_the_error_can_be_caught()
    {
        session.Install("alpha");

        RunResult result = session.Run("""
            try {
                'nothing', 'alpha' | Remove-LlamaGateExtension -HomePath $store -ErrorAction Stop
            }
            catch {
                $_.FullyQualifiedErrorId
                $_.Exception.ErrorId
                $_.Exception.Target
            }
            (Get-LlamaGateExtension -HomePath $store).Id
            """);

        Assert.Equal(
            ["ItemNotFound,LlamaGate.PowerShell.Commands.RemoveLlamaGateExtensionCommand", "ItemNotFound", "nothing", "alpha"],
            [.. Array.ConvertAll([.. result.Output], output => (string)output.BaseObject)]);
    }

    [Fact]
    public void The_preference_variable_stops_too()
    {
        RunResult result = session.Run("""
            $ErrorActionPreference = 'Stop'
            Import-LlamaGatePackage nothing.zip -HomePath $store
            'not reached'
            """);

        Assert.True(result.WasTerminated);
        Assert.Empty(result.Output);
        Assert.StartsWith("PackageNotFound,", result.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_can_be_collected_in_silence()
    {
        session.Install("alpha");

        RunResult result = session.Run("""
            'nothing', 'alpha', 'nobody' | Disable-LlamaGateExtension -HomePath $store -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems | ForEach-Object { $_.TargetObject }
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["nothing", "nobody"], [.. Array.ConvertAll([.. result.Output], output => (string)output.BaseObject)]);
    }

    [Fact]
    public void An_id_that_differs_by_case_is_a_conflict()
    {
        session.Install("alpha");
        TestPackage.Extension(session.PathOf("upper.zip"), "ALPHA");

        RunResult result = session.Run("Import-LlamaGatePackage upper.zip -HomePath $store");

        Assert.Equal(["IdConflict"], result.ErrorIds);
        Assert.Equal(ErrorCategory.ResourceExists, result.Error.CategoryInfo.Category);
    }

    [Fact]
    public void A_package_whose_files_do_not_match_its_checksums_is_refused()
    {
        TestPackage.Of(
            session.PathOf("bad.zip"),
            ("extension.yaml", "id: bad\nname: Bad\nversion: 1.0.0\n"),
            ("checksums.txt", new string('0', 64) + "  extension.yaml\n"));

        RunResult result = session.Run("Import-LlamaGatePackage bad.zip -HomePath $store");

        Assert.Equal(["ChecksumMismatch"], result.ErrorIds);
        Assert.Equal(ErrorCategory.InvalidData, result.Error.CategoryInfo.Category);
        Assert.Contains("extension.yaml", result.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'alpha', 'beta', 'gamma' | Disable-LlamaGateExtension")]
    [InlineData("'alpha-2.0.0.zip', 'beta-2.0.0.zip' | Import-LlamaGatePackage")]
    [InlineData("Import-LlamaGatePackage *-2.0.0.zip")]
    [InlineData("Remove-LlamaGateExtension *")]
    public void A_store_that_another_holds_is_one_error_for_the_whole_pipeline(string script)
    {
        session.Install("alpha", "beta", "gamma");
        session.Extension("alpha", "2.0.0");
        session.Extension("beta", "2.0.0");
        using FileStream other = HoldLock();

        RunResult result = session.Run($"{script} -HomePath $store -LockTimeoutSeconds 0");

        Assert.Equal(["StoreLocked"], result.ErrorIds);
        Assert.Equal(ErrorCategory.ResourceBusy, result.Error.CategoryInfo.Category);
        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Reading_does_not_wait_for_who_holds_the_store()
    {
        session.Install("alpha");
        using FileStream other = HoldLock();

        RunResult result = session.Run("Get-LlamaGateExtension -HomePath $store; Export-LlamaGatePackage alpha out.zip -HomePath $store");

        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Output.Count);
    }

    private FileStream HoldLock() => new(
        Path.Combine(session.Home, "registry", "store.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
