using System;
using System.IO;
using System.Linq;
using System.Management.Automation;

using LlamaGate.Tests.Gateway;
using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>How a running gateway is told (contract, section 9). Its port comes from the <c>.env</c> file of the session's folder.</summary>
public sealed class RefreshTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_pipeline_of_imports_tells_the_gateway_once()
    {
        using LoopbackServer gateway = Gateway(200);
        session.Extension("a");
        session.Extension("b");

        RunResult result = session.Run("'a-1.0.0.zip', 'b-1.0.0.zip' | Import-LlamaGatePackage -HomePath $store -Refresh -Verbose");

        Assert.Equal(2, result.Output.Count);
        string request = Assert.Single(gateway.Requests);
        Assert.StartsWith("POST /v1/extensions/refresh ", request, StringComparison.Ordinal);
        Assert.Contains("X-API-Key: s3cret", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(result.Verbose.Concat(result.Warnings), line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Import-LlamaGatePackage a-1.0.0.zip -HomePath $store -Refresh -NoRefresh")]
    [InlineData("Import-LlamaGatePackage a-1.0.0.zip -HomePath $store -Refresh -WhatIf")]
    [InlineData("Import-LlamaGatePackage missing.zip -HomePath $store -Refresh -ErrorAction SilentlyContinue")]
    [InlineData("Invoke-LlamaGateMigration legacy -HomePath $store -Refresh -NoRefresh")]
    [InlineData("Get-LlamaGateExtension -HomePath $store")]
    public void What_changes_nothing_or_is_told_not_to_does_not(string script)
    {
        using LoopbackServer gateway = Gateway(200);
        session.Extension("a");
        TestPackage.LegacyFolder(session.PathOf("legacy", "old"), "old");

        Assert.DoesNotContain(session.Run(script).ErrorIds, id => id.StartsWith("Parameter", StringComparison.Ordinal));

        Assert.Empty(gateway.Requests);
    }

    [Fact]
    public void Content_that_is_unchanged_or_says_no_hot_reload_does_not()
    {
        session.Extension("a");
        session.Run("Import-LlamaGatePackage a-1.0.0.zip -HomePath $store -NoRefresh");
        TestPackage.LegacyFolder(session.PathOf("cold"), "cold");
        File.WriteAllText(session.PathOf("cold", "extension.yaml"), "hot_reload: false\n");
        using LoopbackServer gateway = Gateway(200);

        RunResult result = session.Run("Import-LlamaGatePackage a-1.0.0.zip, cold -HomePath $store -Refresh");

        Assert.Equal(["Unchanged", "Installed"], result.All("Status"));
        Assert.Empty(gateway.Requests);
    }

    [Fact]
    public void A_migration_tells_it_as_well()
    {
        using LoopbackServer gateway = Gateway(206);
        TestPackage.LegacyFolder(session.PathOf("legacy", "old"), "old");

        RunResult result = session.Run("Invoke-LlamaGateMigration legacy -HomePath $store -Refresh");

        Assert.Single(result.Output);
        Assert.Empty(result.Warnings);
        Assert.Single(gateway.Requests);
    }

    [Fact]
    public void A_later_command_that_has_had_enough_does_not_keep_the_gateway_in_the_dark()
    {
        using LoopbackServer gateway = Gateway(200);
        session.Extension("a");
        session.Extension("b");

        session.Run("""
            foreach ($once in 1) { 'a-1.0.0.zip', 'b-1.0.0.zip' | Import-LlamaGatePackage -HomePath $store -Refresh | ForEach-Object { break } }
            """);

        Assert.Single(gateway.Requests);
    }

    [Fact]
    public void A_refusal_that_the_user_made_an_error_of_is_not_asked_for_again()
    {
        using LoopbackServer gateway = Gateway(500);
        session.Extension("a");

        RunResult result = session.Run("Import-LlamaGatePackage a-1.0.0.zip -HomePath $store -Refresh -WarningAction Stop");

        Assert.Single(gateway.Requests);
        Assert.Single(result.Errors);
        Assert.Equal(["a"], session.Run("Get-LlamaGateExtension -HomePath $store").All("Id"));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(500)]
    public void A_refusal_is_a_warning_and_the_import_stands(int statusCode)
    {
        using LoopbackServer gateway = Gateway(statusCode);
        session.Extension("a");

        RunResult result = session.Run("Import-LlamaGatePackage a-1.0.0.zip -HomePath $store -Refresh");

        Assert.Equal("Installed", Assert.Single(result.All("Status")));
        Assert.Empty(result.Errors);
        Assert.Contains(statusCode.ToString(System.Globalization.CultureInfo.InvariantCulture), Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void No_gateway_is_a_verbose_line()
    {
        using LoopbackServer closed = LoopbackServer.Closed();
        File.WriteAllText(session.PathOf(".env"), $"PORT={closed.Port}\n");
        session.Extension("a");

        RunResult result = session.Run("Import-LlamaGatePackage a-1.0.0.zip -HomePath $store -Refresh -Verbose");

        Assert.Empty(result.Warnings);
        Assert.Contains(result.Verbose, line => line.StartsWith("No gateway is running", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Disable-LlamaGateExtension")]
    [InlineData("Remove-LlamaGateExtension")]
    public void A_change_of_state_tells_it_once_and_only_when_it_is_asked_to(string cmdlet)
    {
        session.Install("a");
        session.Install("b");
        session.Install("c");
        using LoopbackServer gateway = Gateway(200);

        session.Run($"{cmdlet} a -HomePath $store");
        Assert.Empty(gateway.Requests);
        session.Run($"{cmdlet} b -HomePath $store -Refresh -WhatIf");
        Assert.Empty(gateway.Requests);
        session.Run($"'b', 'c' | {cmdlet} -HomePath $store -Refresh");
        Assert.Single(gateway.Requests);
    }

    [Fact]
    public void What_is_enabled_already_tells_nobody()
    {
        session.Install("a");
        using LoopbackServer gateway = Gateway(200);

        session.Run("Enable-LlamaGateExtension a -HomePath $store -Refresh");
        Assert.Empty(gateway.Requests);
        session.Run("Disable-LlamaGateExtension a -HomePath $store; Enable-LlamaGateExtension a -HomePath $store -Refresh");
        Assert.Single(gateway.Requests);
    }

    [Fact]
    public void A_home_that_the_gateway_does_not_read_is_not_told_of()
    {
        using LoopbackServer gateway = Gateway(200);
        session.Extension("a");

        session.Run("Import-LlamaGatePackage a-1.0.0.zip -HomePath $store");

        Assert.Empty(gateway.Requests);
    }

    [Fact]
    public void A_restore_tells_it_of_a_home_of_its_own_and_of_another_when_it_is_asked_to()
    {
        using LoopbackServer gateway = Gateway(200);
        session.Extension("a");
        session.Extension("a", "2.0.0");
        session.Run("Import-LlamaGatePackage a-1.0.0.zip, a-2.0.0.zip -HomePath $store");

        Assert.Equal("1.0.0", session.Run("Restore-LlamaGateExtension a -HomePath $store").Single.Properties["Version"].Value);
        session.Run("Restore-LlamaGateExtension a -HomePath $store -Refresh -NoRefresh");
        session.Run("Restore-LlamaGateExtension a -HomePath $store -Refresh -WhatIf");
        Assert.Empty(gateway.Requests);
        session.Run("Restore-LlamaGateExtension a -HomePath $store -Refresh");
        Assert.Single(gateway.Requests);
    }

    [Fact]
    public void By_hand_it_emits_what_came_of_it()
    {
        using LoopbackServer gateway = LoopbackServer.Answering(200);

        RunResult result = session.Run($"Invoke-LlamaGateRefresh -Uri http://127.0.0.1:{gateway.Port} -ApiKey by-hand");

        Assert.Equal("Refreshed", result.Single.Properties["Status"].Value);
        Assert.Contains("X-API-Key: by-hand", Assert.Single(gateway.Requests), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void By_hand_a_gateway_that_was_not_refreshed_is_an_error()
    {
        using LoopbackServer gateway = LoopbackServer.Answering(500);
        using LoopbackServer closed = LoopbackServer.Closed();

        RunResult result = session.Run(
            $"'http://127.0.0.1:{gateway.Port}', 'http://127.0.0.1:{closed.Port}' | ForEach-Object {{ Invoke-LlamaGateRefresh -Uri $_ -ApiKey k3y }}");

        Assert.Equal(["Rejected", "Failed"], result.All("Status").Select(status => status == "NotRunning" ? "Failed" : status));
        Assert.Equal(["RefreshFailed", "RefreshFailed"], result.ErrorIds);
        Assert.All(result.Errors, error => Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category));
        Assert.DoesNotContain(result.Errors, error => error.ToString().Contains("k3y", StringComparison.Ordinal));
    }

    [Fact]
    public void By_hand_WhatIf_calls_nobody()
    {
        using LoopbackServer gateway = Gateway(200);

        Assert.Empty(session.Run("Invoke-LlamaGateRefresh -WhatIf").Output);

        Assert.Empty(gateway.Requests);
    }

    [Theory]
    [InlineData("ftp://localhost")]
    [InlineData("localhost")]
    public void An_address_that_is_none_is_refused(string uri) =>
        Assert.Equal("RefreshFailed", Assert.Single(session.Run($"Invoke-LlamaGateRefresh -Uri {uri}").ErrorIds));

    private LoopbackServer Gateway(int statusCode)
    {
        LoopbackServer server = LoopbackServer.Answering(statusCode);
        File.WriteAllText(session.PathOf(".env"), $"PORT={server.Port}\nLLAMAGATE_API_KEY=s3cret\n");
        return server;
    }
}
