using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

public sealed class GetTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void Everything_is_listed_by_type_then_id()
    {
        session.Install("beta", "alpha");
        TestPackage.Module(session.PathOf("aaa.zip"), "aaa");

        RunResult result = session.Run("""
            $null = Import-LlamaGatePackage aaa.zip -HomePath $store
            Get-LlamaGateExtension -HomePath $store
            """);

        Assert.Equal(["aaa", "alpha", "beta"], result.All("Id"));
        Assert.Equal(["AgenticModule", "Extension", "Extension"], result.All("Type"));
    }

    [Fact]
    public void An_item_has_only_plain_values()
    {
        session.Install("alpha");

        PSObject item = session.Run("Get-LlamaGateExtension -HomePath $store").Single;

        Assert.Equal(
            ["Id", "Type", "Name", "Version", "Enabled", "InstalledAt", "LastUpdatedAt", "Path", "HomePath", "Source"],
            Names(item));
        Assert.All(item.Properties, property => Assert.True(property.Value is string or bool or DateTimeOffset or null, property.Name));

        static IEnumerable<string> Names(PSObject item)
        {
            foreach (PSPropertyInfo property in item.Properties)
            {
                yield return property.Name;
            }
        }
    }

    [Theory]
    [InlineData("-Type Extension", "alpha beta")]
    [InlineData("-Type agenticmodule", "triage")]
    [InlineData("-Enabled", "triage alpha")]
    [InlineData("-Disabled", "beta")]
    [InlineData("-Enabled -Disabled", "triage alpha beta")]
    [InlineData("ALPHA", "alpha")]
    [InlineData("*A", "alpha beta")]
    [InlineData("alpha, a*, triage", "triage alpha")]
    [InlineData("*A -Disabled", "beta")]
    [InlineData("nothing*", "")]
    public void Parameters_choose_what_is_listed(string parameters, string ids)
    {
        session.Install("alpha", "beta");
        TestPackage.Module(session.PathOf("triage.zip"), "triage");

        RunResult result = session.Run($$"""
            $null = Import-LlamaGatePackage triage.zip -HomePath $store
            Disable-LlamaGateExtension beta -HomePath $store
            Get-LlamaGateExtension {{parameters}} -HomePath $store
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(ids, string.Join(' ', result.All("Id")));
    }

    [Fact]
    public void An_id_that_is_not_there_is_an_error_and_the_rest_is_listed()
    {
        session.Install("alpha");

        RunResult result = session.Run("Get-LlamaGateExtension nothing, alpha -HomePath $store");

        Assert.Equal(["alpha"], result.All("Id"));
        Assert.Equal("ItemNotFound,LlamaGate.PowerShell.Commands.GetLlamaGateExtensionCommand", result.Error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, result.Error.CategoryInfo.Category);
        Assert.Equal("nothing", result.Error.TargetObject);
        Assert.StartsWith("item not found", result.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_home_that_is_not_there_is_empty_and_stays_away()
    {
        RunResult result = session.Run("Get-LlamaGateExtension -HomePath $store");

        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Assert.False(Directory.Exists(session.Home));
    }

    [Fact]
    public void A_corrupt_registry_is_one_error_for_the_whole_pipeline()
    {
        session.Install("alpha");
        File.WriteAllText(Path.Combine(session.Home, "registry", "installed.json"), "{ not json");

        RunResult result = session.Run("'alpha', 'beta', 'gamma' | Get-LlamaGateExtension -HomePath $store");

        Assert.Equal(["RegistryCorrupt"], result.ErrorIds);
        Assert.Contains("Sync-LlamaGateExtension", result.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("home")]
    [InlineData("./home")]
    [InlineData("TestDrive:/home")]
    [InlineData(@"TestDrive:\home")]
    [InlineData("Microsoft.PowerShell.Core\\FileSystem::{0}")]
    public void The_home_is_a_path_of_PowerShell(string home)
    {
        session.Install("alpha");
        session["path"] = string.Format(System.Globalization.CultureInfo.InvariantCulture, home, session.Home);

        RunResult result = session.Run("Get-LlamaGateExtension -HomePath $path");

        Assert.Empty(result.Errors);
        Assert.Equal([session.Home], result.All("HomePath"));
    }

    [Fact]
    public void A_tilde_is_the_users_profile()
    {
        RunResult result = session.Run("Get-LlamaGateExtension nothing -HomePath ~/llamagate-tests-have-no-home");

        string profile = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Contains(Path.Combine(profile, "llamagate-tests-have-no-home"), result.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Variable:home", "NotFileSystemPath")]
    [InlineData("nowhere:home", "DriveNotFound")]
    public void A_home_outside_the_file_system_is_refused_once(string home, string errorId)
    {
        RunResult result = session.Run($"'a', 'b' | Get-LlamaGateExtension -HomePath {home}");

        Assert.Equal([errorId], result.ErrorIds);
    }
}
