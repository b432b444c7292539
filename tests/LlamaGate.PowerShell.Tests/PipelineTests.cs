using System;
using System.IO;
using System.Linq;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>What flows from one cmdlet into another, and what becomes of it when a pipeline ends early.</summary>
public sealed class PipelineTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    /// <summary>
    /// A registry that was exchanged behind the back of the pipeline, with the length and the times of the old one, shows that it is not
    /// read again for each id.
    /// </summary>
    [Fact]
    public void Ids_in_a_pipeline_are_looked_up_in_a_registry_that_is_read_once()
    {
        session.Install("a", "b");
        session["registry"] = session.PathOf("home", "registry", "installed.json");
        const string Exchange = """
            $written = [IO.File]::GetLastWriteTimeUtc($registry)
            [IO.File]::WriteAllText($registry, [IO.File]::ReadAllText($registry).Replace('1.0.0', '9.9.9'))
            [IO.File]::SetLastWriteTimeUtc($registry, $written)
            """;

        RunResult result = session.Run($"& {{ 'a'; {Exchange}; 'b' }} | Get-LlamaGateExtension -HomePath $store");

        Assert.Equal(["1.0.0", "1.0.0"], result.All("Version"));
        Assert.Equal(["9.9.9", "9.9.9"], session.Run("'a', 'b' | Get-LlamaGateExtension -HomePath $store").All("Version"));
    }

    [Theory]
    [InlineData("Remove-LlamaGateExtension -PassThru")]
    [InlineData("Disable-LlamaGateExtension -PassThru")]
    [InlineData("Enable-LlamaGateExtension -PassThru")]
    [InlineData("Get-LlamaGateExtension")]
    [InlineData("Export-LlamaGatePackage -Destination out/")]
    public void Items_bring_their_id_type_and_home(string command)
    {
        session.Install("twin");
        TestPackage.Module(session.PathOf("twin.zip"), "twin");
        session.Run("Import-LlamaGatePackage twin.zip -HomePath $store");

        RunResult result = session.Run($"Get-LlamaGateExtension -Type Extension -HomePath $store | {command}");

        Assert.Empty(result.Errors);
        Assert.Equal(["twin"], result.All("Id"));
        Assert.Equal(["Extension"], result.All("Type"));
    }

    [Theory]
    [InlineData("Remove-LlamaGateExtension -PassThru")]
    [InlineData("Disable-LlamaGateExtension -PassThru")]
    [InlineData("Enable-LlamaGateExtension -PassThru")]
    [InlineData("Get-LlamaGateExtension")]
    [InlineData("Export-LlamaGatePackage -Destination out/")]
    public void So_do_items_that_were_remote(string command)
    {
        session.Install("alpha", "beta");

        RunResult result = session.Run($$"""
            $items = Get-LlamaGateExtension -HomePath $store
            $copies = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($items))
            $copies[0].PSTypeNames[0]
            $copies | {{command}}
            """);

        Assert.Empty(result.Errors);
        Assert.Equal("Deserialized.LlamaGate.InstalledItem", result.Output[0].BaseObject);
        Assert.Equal(3, result.Output.Count);
    }

    [Fact]
    public void A_package_that_was_remote_can_be_imported()
    {
        session.Install("alpha");

        RunResult result = session.Run("""
            $package = Export-LlamaGatePackage alpha 'odd[1].zip' -HomePath $store
            [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($package)) |
                Import-LlamaGatePackage -HomePath other
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["alpha"], result.All("Id"));
    }

    [Fact]
    public void Items_of_several_homes_go_through_one_pipeline()
    {
        session["first"] = session.Extension("alpha");
        session["second"] = session.Extension("beta");

        RunResult result = session.Run("""
            $one = Import-LlamaGatePackage $first -HomePath one
            $two = Import-LlamaGatePackage $second -HomePath two
            $one, $two, $one | Disable-LlamaGateExtension
            (Get-LlamaGateExtension -HomePath one), (Get-LlamaGateExtension -HomePath two)
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["alpha", "beta"], result.All("Id"));
        Assert.Equal(["False", "False"], result.All("Enabled"));
    }

    [Fact]
    public void A_home_that_cannot_be_used_does_not_stop_the_others()
    {
        session["first"] = session.Extension("alpha");
        session["second"] = session.Extension("beta");

        RunResult result = session.Run("""
            $one = Import-LlamaGatePackage $first -HomePath one
            $two = Import-LlamaGatePackage $second -HomePath two
            [System.IO.File]::WriteAllText("$work/one/registry/installed.json", '{ not json')
            $one, $two, $one | Disable-LlamaGateExtension -PassThru
            """);

        Assert.Equal(["RegistryCorrupt"], result.ErrorIds);
        Assert.Equal(["beta"], result.All("Id"));
    }

    [Fact]
    public void An_import_does_not_lock_out_what_comes_after_it()
    {
        session["packages"] = new[] { session.Extension("alpha"), session.Extension("beta"), session.Extension("gamma") };

        RunResult result = session.Run("""
            Import-LlamaGatePackage $packages -HomePath $store -LockTimeoutSeconds 1 |
                Disable-LlamaGateExtension -PassThru -LockTimeoutSeconds 1 |
                ForEach-Object { Get-LlamaGateExtension $_.Id -HomePath $store }
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["alpha", "beta", "gamma"], result.All("Id"));
        Assert.Equal(["False", "False", "False"], result.All("Enabled"));
    }

    [Fact]
    public void Items_go_from_one_home_into_another()
    {
        session.Install("alpha", "beta");

        RunResult result = session.Run("""
            Get-LlamaGateExtension -HomePath $store |
                Export-LlamaGatePackage -Destination out/ |
                Import-LlamaGatePackage -HomePath other |
                Remove-LlamaGateExtension -PassThru
            Get-LlamaGateExtension -HomePath other
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["alpha", "beta"], result.All("Id"));
        Assert.Equal(["alpha", "beta"], session.Run("Get-LlamaGateExtension -HomePath $store").All("Id"));
    }

    [Fact]
    public void What_was_imported_before_a_pipeline_ended_early_is_registered()
    {
        session.Extension("alpha");
        session.Extension("beta");

        RunResult result = session.Run("""
            foreach ($once in 1) {
                'alpha-1.0.0.zip', 'beta-1.0.0.zip' | Import-LlamaGatePackage -HomePath $store | ForEach-Object { $_; break }
            }
            """);

        Assert.Equal(["alpha"], result.All("Id"));
        string registry = File.ReadAllText(Path.Combine(session.Home, "registry", "installed.json"));
        Assert.Contains("\"alpha\"", registry, StringComparison.Ordinal);
        Assert.DoesNotContain("\"beta\"", registry, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$_")]
    [InlineData("$_; break")]
    public void A_registry_that_cannot_be_saved_is_one_warning_and_nothing_is_lost(string afterwards)
    {
        session.Extension("alpha");

        RunResult result = session.Run($$"""
            foreach ($once in 1) {
                Import-LlamaGatePackage alpha-1.0.0.zip -HomePath $store -LockTimeoutSeconds 0 | ForEach-Object {
                    $other = [System.IO.FileStream]::new("$store/registry/store.lock", 'Open', 'ReadWrite', 'None')
                    {{afterwards}}
                }
            }
            (Get-LlamaGateExtension -HomePath $store).Id
            $other.Dispose()
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["alpha", "alpha"], result.Output.Select(item => item.Properties["Id"]?.Value ?? item.BaseObject));
        Assert.Contains(Assert.Single(result.Warnings), result.Text, StringComparison.Ordinal);
    }
}
