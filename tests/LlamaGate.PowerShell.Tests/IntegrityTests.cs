using System;
using System.IO;
using System.Management.Automation;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>What a host sees of verify, backups and restore; what they do is shown by the Pester suite.</summary>
public sealed class IntegrityTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_restore_tells_with_WhatIf_both_versions_and_leaves_the_disk_as_it_was()
    {
        Install("alpha", "1.0.0", "2.0.0");
        string before = FolderSnapshot.Of(session.Work);

        RunResult result = session.Run("Restore-LlamaGateExtension alpha -HomePath $store -WhatIf");

        Assert.Empty(result.Output);
        Assert.Matches(
            "\"Restore version 1\\.0\\.0 from the backup [0-9]{8}-[0-9]{6}-[0-9]{3}, replacing version 2\\.0\\.0\" on target \"Extension 'alpha'\"", result.Text);
        Assert.Equal(before, FolderSnapshot.Of(session.Work));
    }

    [Fact]
    public void A_backup_flows_into_the_restore_with_its_home_and_its_name()
    {
        Install("alpha", "1.0.0", "2.0.0");

        RunResult result = session.Run("Get-LlamaGateBackup alpha -HomePath $store | Restore-LlamaGateExtension");

        Assert.Empty(result.Errors);
        Assert.Equal("1.0.0", result.Single.Properties["Version"].Value);
        Assert.Equal("1.0.0", session.Run("Get-LlamaGateExtension -HomePath $store").Single.Properties["Version"].Value);
    }

    [Fact]
    public void Backups_that_were_remote_flow_into_the_restore_too()
    {
        Install("alpha", "1.0.0", "2.0.0", "3.0.0");

        RunResult result = session.Run("""
            $backup = Get-LlamaGateBackup alpha -HomePath $store | Select-Object -Last 1
            $remote = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($backup))
            $remote | Restore-LlamaGateExtension
            """);

        Assert.Empty(result.Errors);
        Assert.Equal("1.0.0", result.Single.Properties["Version"].Value);
    }

    [Fact]
    public void What_is_modified_flows_into_the_restore_with_its_home()
    {
        Install("alpha", "1.0.0", "2.0.0");
        Install("beta", "1.0.0", "2.0.0");
        File.AppendAllText(Path.Combine(session.Home, "extensions", "installed", "beta", "manifest.yaml"), "# mine\n");

        RunResult result = session.Run(
            "Test-LlamaGateExtension -HomePath $store | Where-Object Status -EQ Modified | Restore-LlamaGateExtension");

        Assert.Empty(result.Errors);
        Assert.Equal(("beta", "1.0.0"), ((string)result.Single.Properties["Id"].Value, (string)result.Single.Properties["Version"].Value));
    }

    [Fact]
    public void Verifying_shows_its_progress()
    {
        TestPackage.Extension(session.PathOf("large.zip"), "large", zeroBytes: 400L << 20);
        session.Run("Import-LlamaGatePackage large.zip -HomePath $store");

        RunResult result = session.Run("Test-LlamaGateExtension -HomePath $store");

        Assert.Equal("Intact", result.Single.Properties["Status"].Value);
        Assert.NotEmpty(result.Progress);
        Assert.All(result.Progress, record => Assert.Equal(("Verifying items", "large"), (record.Activity, record.StatusDescription)));
        Assert.All(result.Progress, record => Assert.InRange(record.PercentComplete, 0, 100));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }

    private void Install(string id, params string[] versions)
    {
        foreach (string version in versions)
        {
            session.Extension(id, version);
            session.Run($"Import-LlamaGatePackage {id}-{version}.zip -HomePath $store");
        }
    }
}
