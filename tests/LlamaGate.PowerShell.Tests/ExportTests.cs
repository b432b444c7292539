using System;
using System.IO;
using System.Management.Automation;
using System.Security.Cryptography;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

public sealed class ExportTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void An_item_is_written_to_a_file_and_told_about()
    {
        session.Install("alpha");

        RunResult result = session.Run("Export-LlamaGatePackage alpha out.zip -HomePath $store");

        Assert.Empty(result.Errors);
        dynamic package = result.Single;
        var file = new FileInfo(session.PathOf("out.zip"));
        Assert.Equal("LlamaGate.ExportedPackage", result.Single.TypeNames[0]);
        Assert.Equal("alpha", package.Id);
        Assert.Equal("Extension", package.Type);
        Assert.Equal("1.0.0", package.Version);
        Assert.Equal(file.FullName, package.Path);
        Assert.Equal(file.Length, package.Length);
        Assert.Equal(2, package.FileCount);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.FullName))), package.Sha256);
    }

    [Theory]
    [InlineData("made")]
    [InlineData("not-made/")]
    [InlineData("TestDrive:/made")]
    public void A_folder_gets_a_file_an_item(string destination)
    {
        session.Install("alpha", "beta");
        Directory.CreateDirectory(session.PathOf("made"));

        RunResult result = session.Run($"Export-LlamaGatePackage * -Destination {destination} -HomePath $store");

        string folder = session.PathOf(destination.Contains("not", StringComparison.Ordinal) ? "not-made" : "made");
        Assert.Empty(result.Errors);
        Assert.Equal([Path.Combine(folder, "alpha-1.0.0.zip"), Path.Combine(folder, "beta-1.0.0.zip")], result.All("Path"));
        Assert.All(result.All("Path"), path => Assert.True(File.Exists(path)));
    }

    [Fact]
    public void A_file_that_is_there_stays_but_for_Force()
    {
        session.Install("alpha");
        File.WriteAllText(session.PathOf("out.zip"), "precious");

        RunResult refused = session.Run("Export-LlamaGatePackage alpha out.zip -HomePath $store");
        string kept = File.ReadAllText(session.PathOf("out.zip"));
        RunResult forced = session.Run("Export-LlamaGatePackage alpha out.zip -HomePath $store -Force");

        Assert.Equal("DestinationExists,LlamaGate.PowerShell.Commands.ExportLlamaGatePackageCommand", refused.Error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ResourceExists, refused.Error.CategoryInfo.Category);
        Assert.Equal(session.PathOf("out.zip"), refused.Error.TargetObject);
        Assert.Equal("precious", kept);
        Assert.Equal(["alpha"], forced.All("Id"));
    }

    [Fact]
    public void Two_items_do_not_overwrite_one_another_even_with_Force()
    {
        session.Install("alpha", "beta");

        RunResult result = session.Run("Export-LlamaGatePackage alpha, beta out.zip -HomePath $store -Force");

        Assert.Equal(["alpha"], result.All("Id"));
        Assert.Equal(["DestinationExists"], result.ErrorIds);
        Assert.Contains("folder", result.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_that_is_not_there_and_one_whose_folder_is_gone_are_errors()
    {
        session.Install("alpha");
        Directory.Delete(Path.Combine(session.Home, "extensions", "installed", "alpha"), recursive: true);

        RunResult result = session.Run("Export-LlamaGatePackage nothing, alpha out.zip -HomePath $store");

        Assert.Equal(["ItemNotFound", "SourcePathMissing"], result.ErrorIds);
        Assert.Contains("source path does not exist", result.Errors[1].ToString(), StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ObjectNotFound, result.Errors[1].CategoryInfo.Category);
    }

    [Theory]
    [InlineData("alpha, beta, gamma")]
    [InlineData("*")]
    public void One_item_that_fails_is_one_error_and_the_rest_goes_on(string id)
    {
        session.Install("alpha", "beta", "gamma");
        Directory.Delete(Path.Combine(session.Home, "extensions", "installed", "beta"), recursive: true);

        RunResult result = session.Run($"Export-LlamaGatePackage {id} out/ -HomePath $store");

        Assert.Equal(["alpha", "gamma"], result.All("Id"));
        Assert.Equal(["SourcePathMissing"], result.ErrorIds);
    }

    [Fact]
    public void A_destination_outside_the_file_system_is_refused()
    {
        session.Install("alpha");

        RunResult result = session.Run("Export-LlamaGatePackage alpha Variable:out -HomePath $store");

        Assert.Equal(["NotFileSystemPath"], result.ErrorIds);
    }
}
