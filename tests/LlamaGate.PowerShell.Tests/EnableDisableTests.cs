using System;
using System.Linq;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

public sealed class EnableDisableTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void An_item_is_disabled_and_enabled_in_silence()
    {
        session.Install("alpha");

        RunResult result = session.Run("""
            Disable-LlamaGateExtension alpha -HomePath $store
            (Get-LlamaGateExtension alpha -HomePath $store).Enabled
            Enable-LlamaGateExtension alpha -HomePath $store
            (Get-LlamaGateExtension alpha -HomePath $store).Enabled
            """);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Equal([false, true], result.Output.Select(item => (bool)item.BaseObject));
    }

    [Theory]
    [InlineData("Disable", false)]
    [InlineData("Enable", true)]
    public void PassThru_emits_the_item_as_it_is_then(string verb, bool enabled)
    {
        session.Install("alpha");

        RunResult result = session.Run($"{verb}-LlamaGateExtension alpha -HomePath $store -PassThru");

        Assert.Equal("LlamaGate.InstalledItem", result.Single.TypeNames[0]);
        Assert.Equal(enabled, result.Single.Properties["Enabled"].Value);
    }

    [Theory]
    [InlineData("Disable")]
    [InlineData("Disable, Enable")]
    public void A_verbose_line_says_when_it_takes_effect(string verbs)
    {
        session.Install("alpha");

        foreach (string verb in verbs.Split(", "))
        {
            RunResult result = session.Run($"{verb}-LlamaGateExtension alpha -HomePath $store -Verbose");

            Assert.Contains(result.Verbose, line => line.Contains("next start", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Enabling_what_its_manifest_disables_warns()
    {
        TestPackage.Extension(session.PathOf("off.zip"), "off", enabled: false);

        RunResult result = session.Run("""
            (Import-LlamaGatePackage off.zip -HomePath $store).Enabled
            Enable-LlamaGateExtension off -HomePath $store
            """);

        Assert.False((bool)result.Single.BaseObject);
        Assert.Contains("manifest.yaml", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Disable")]
    [InlineData("Enable")]
    public void An_id_that_is_not_there_is_an_error_and_a_wildcard_is_silence(string verb)
    {
        RunResult result = session.Run($"{verb}-LlamaGateExtension nothing, no* -HomePath $store");

        Assert.Equal($"ItemNotFound,LlamaGate.PowerShell.Commands.{verb}LlamaGateExtensionCommand", result.Error.FullyQualifiedErrorId);
        Assert.Equal("nothing", result.Error.TargetObject);
    }
}
