using System;
using System.IO;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>What <c>-WhatIf</c> shows, and that it leaves the disk exactly as it was (contract, sections 1 and 6).</summary>
public sealed class WhatIfTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public static TheoryData<string, string> Commands { get; } = new()
    {
        { "Import-LlamaGatePackage alpha-1.1.0.zip", "\"Update version 1.0.0 to 1.1.0\" on target \"Extension 'alpha'\"" },
        { "Import-LlamaGatePackage alpha-1.0.0.zip", "\"Leave version 1.0.0 unchanged\" on target \"Extension 'alpha'\"" },
        { "Import-LlamaGatePackage alpha-1.0.0.zip -Force", "\"Reinstall version 1.0.0\" on target \"Extension 'alpha'\"" },
        { "Import-LlamaGatePackage gamma-1.0.0.zip", "\"Install version 1.0.0\" on target \"Extension 'gamma'\"" },
        { "Export-LlamaGatePackage alpha out.zip", "\"Export version 1.0.0 to '{0}out.zip'\" on target \"Extension 'alpha'\"" },
        { "Remove-LlamaGateExtension alpha", "\"Remove\" on target \"Extension 'alpha'\"" },
        { "Disable-LlamaGateExtension alpha", "\"Disable\" on target \"Extension 'alpha'\"" },
        { "Enable-LlamaGateExtension beta", "\"Enable\" on target \"Extension 'beta'\"" },
        { "Sync-LlamaGateExtension", "\"Add version 1.0.0 to the registry\" on target \"Extension 'found'\"" },
        { "Invoke-LlamaGateMigration", "\"Migrate version 1.0.0 from '{0}extensions{1}old'\" on target \"Extension 'old'\"" },
    };

    public void Dispose() => session.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_tells_what_would_happen_and_leaves_the_disk_as_it_was(string command, string message)
    {
        Prepare();
        string before = FolderSnapshot.Of(session.Work);

        RunResult asked = session.Run($"{command} -HomePath $store -WhatIf");
        RunResult preferred = session.Run($$"""
            $WhatIfPreference = $true
            {{command}} -HomePath $store
            """);

        Assert.Empty(asked.Errors);
        Assert.Empty(asked.Output);
        string expected = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, message, session.Work + Path.DirectorySeparatorChar, Path.DirectorySeparatorChar);
        Assert.StartsWith("What if: ", asked.Text, StringComparison.Ordinal);
        Assert.Contains(expected, asked.Text, StringComparison.Ordinal);
        Assert.Empty(preferred.Output);
        Assert.Equal(asked.Text, preferred.Text);
        Assert.Equal(before, FolderSnapshot.Of(session.Work));
    }

    [Fact]
    public void A_start_tells_it_and_reports_what_would_be_loaded()
    {
        TestPackage.LegacyFolder(session.PathOf("extensions", "old"), "old");
        string before = FolderSnapshot.Of(session.Work);

        RunResult result = session.Run("Invoke-LlamaGateStartup -HomePath $store -WhatIf");

        Assert.Contains("\"Migrate legacy items if they were not migrated before, and synchronize the registry\"", result.Text, StringComparison.Ordinal);
        Assert.Equal("LlamaGate.StartupReport", result.Single.TypeNames[0]);
        Assert.Equal(before, FolderSnapshot.Of(session.Work));
    }

    [Fact]
    public void A_restore_tells_both_versions_and_leaves_the_disk_as_it_was()
    {
        session.Install("alpha");
        session.Extension("alpha", "2.0.0");
        session.Run("Import-LlamaGatePackage alpha-2.0.0.zip -HomePath $store");
        string before = FolderSnapshot.Of(session.Work);

        RunResult result = session.Run("Restore-LlamaGateExtension alpha -HomePath $store -WhatIf");

        Assert.Empty(result.Output);
        Assert.Matches(
            "\"Restore version 1\\.0\\.0 from the backup [0-9]{8}-[0-9]{6}-[0-9]{3}, replacing version 2\\.0\\.0\" on target \"Extension 'alpha'\"", result.Text);
        Assert.Equal(before, FolderSnapshot.Of(session.Work));
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

    /// <summary>A home with an enabled and a disabled item and one that is not registered, packages, and a legacy folder.</summary>
    private void Prepare()
    {
        session.Install("alpha", "beta");
        session.Run("Disable-LlamaGateExtension beta -HomePath $store");
        session.Extension("alpha", "1.1.0");
        session.Extension("gamma");
        TestPackage.LegacyFolder(Path.Combine(session.Home, "extensions", "installed", "found"), "found");
        TestPackage.LegacyFolder(session.PathOf("extensions", "old"), "old");
    }
}
