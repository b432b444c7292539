using System;
using System.IO;
using System.Linq;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>Items where PowerShell makes text of them, compares them, and gives them to a parameter.</summary>
public sealed class ComparisonTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void An_item_can_be_given_where_an_id_is_asked_for()
    {
        session.Install("alpha", "beta");

        RunResult result = session.Run("""
            Remove-LlamaGateExtension (Get-LlamaGateExtension alpha -HomePath $store) -HomePath $store
            "$(Get-LlamaGateExtension -HomePath $store)"
            """);

        Assert.Empty(result.Errors);
        Assert.Equal("beta", result.Single.BaseObject);
    }

    [Fact]
    public void A_package_can_be_given_where_a_path_is_asked_for()
    {
        session.Install("alpha");

        RunResult result = session.Run("""
            Import-LlamaGatePackage (Export-LlamaGatePackage alpha -Destination out.zip -HomePath $store) -HomePath other
            """);

        Assert.Equal(["Installed"], result.All("Status"));
    }

    [Theory]
    [InlineData("'x[', 'alpha' | Disable-LlamaGateExtension -HomePath $store -PassThru")]
    [InlineData("'x[', 'alpha' | Get-LlamaGateExtension -HomePath $store")]
    [InlineData("Get-LlamaGateExtension 'x[', alpha -HomePath $store")]
    [InlineData("'x[', 'alpha' | Test-LlamaGateExtension -HomePath $store")]
    [InlineData("$null = Import-LlamaGatePackage $packages -Force -HomePath $store; 'x[', 'alpha' | Get-LlamaGateBackup -HomePath $store")]
    [InlineData("$null = Import-LlamaGatePackage $packages -Force -HomePath $store; 'x[', 'alpha' | Restore-LlamaGateExtension -HomePath $store")]
    [InlineData("[pscustomobject]@{ Id = 'alpha'; HomePath = 'NoSuchDrive:\\x' }, (Get-LlamaGateExtension alpha -HomePath $store) | Disable-LlamaGateExtension -PassThru")]
    [InlineData("[pscustomobject]@{ Id = 'alpha'; HomePath = 'Env:\\x' }, (Get-LlamaGateExtension alpha -HomePath $store) | Get-LlamaGateExtension")]
    public void One_bad_value_in_a_pipeline_is_one_error(string script)
    {
        session.Install("alpha");

        RunResult result = session.Run(script);

        Assert.Single(result.Errors);
        Assert.Equal(["alpha"], result.All("Id"));
    }

    [Theory]
    [InlineData("http://user:secret@127.0.0.1:1")]
    [InlineData("http://127.0.0.1:1/?key=secret")]
    public void The_secrets_of_an_address_are_not_shown(string uri)
    {
        RunResult result = session.Show($"Invoke-LlamaGateRefresh -Uri '{uri}' -WhatIf; Invoke-LlamaGateRefresh -Uri '{uri.Replace("http:", "ftp:", StringComparison.Ordinal)}'");

        Assert.Contains("127.0.0.1", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_that_would_be_refused_is_refused_with_WhatIf_too()
    {
        session.Install("alpha");
        File.WriteAllText(session.PathOf("out.zip"), "mine");

        RunResult result = session.Run("Export-LlamaGatePackage alpha -Destination out.zip -HomePath $store -WhatIf");

        Assert.StartsWith("DestinationExists", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Items_are_disabled_with_their_import()
    {
        session.Extension("alpha");

        RunResult result = session.Run("""
            Import-LlamaGatePackage alpha-1.0.0.zip -Disabled -HomePath $store
            Enable-LlamaGateExtension alpha -HomePath $store
            Import-LlamaGatePackage alpha-1.0.0.zip -Disabled -HomePath $store
            Get-LlamaGateExtension -HomePath $store
            """);

        Assert.Equal([false, false, false], result.Output.Select(item => (bool)item.Properties["Enabled"].Value));
    }
}
