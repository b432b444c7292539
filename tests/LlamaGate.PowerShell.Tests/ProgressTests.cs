using System;
using System.Linq;
using System.Management.Automation;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>The progress that a host shows while a command works.</summary>
public sealed class ProgressTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_large_package_shows_one_bar_and_takes_it_away_again()
    {
        const long Size = 400L * 1024 * 1024;
        TestPackage.Extension(session.PathOf("large.zip"), "large", zeroBytes: Size);

        RunResult result = session.Run("Import-LlamaGatePackage large.zip -HomePath $store");

        Assert.NotEmpty(result.Progress);
        Assert.Single(result.Progress.Select(record => record.ActivityId).Distinct());
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
        Assert.All(result.Progress, record => Assert.InRange(record.PercentComplete, 0, 100));
        Assert.Equal("large", result.Progress[0].StatusDescription);
    }

    [Fact]
    public void Verifying_shows_its_progress()
    {
        TestPackage.Extension(session.PathOf("large.zip"), "large", zeroBytes: 400L << 20);
        Assert.Equal("Installed", session.Run("Import-LlamaGatePackage large.zip -HomePath $store").Single.Properties["Status"].Value?.ToString());

        RunResult result = session.Run("Test-LlamaGateExtension -HomePath $store");

        Assert.Equal("Intact", result.Single.Properties["Status"].Value);
        Assert.NotEmpty(result.Progress);
        Assert.All(result.Progress, record => Assert.Equal(("Verifying items", "large"), (record.Activity, record.StatusDescription)));
        Assert.All(result.Progress, record => Assert.InRange(record.PercentComplete, 0, 100));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }
}
