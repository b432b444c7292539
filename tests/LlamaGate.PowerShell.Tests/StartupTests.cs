using System;
using System.Collections.Generic;
using System.IO;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>What a gateway's start does and reports (contract, section 8).</summary>
public sealed class StartupTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void It_migrates_syncs_and_reports_what_is_loaded_from_where()
    {
        TestPackage.LegacyFolder(session.PathOf("extensions", "old"), "old");
        TestPackage.LegacyFolder(session.PathOf("home", "extensions", "installed", "found"), "found");
        Directory.CreateDirectory(session.PathOf("home", "extensions", "installed", "broken"));
        File.WriteAllText(session.PathOf("home", "extensions", "installed", "broken", "manifest.yaml"), "name: broken\n");

        RunResult result = session.Run("Invoke-LlamaGateStartup -HomePath $store");

        Assert.Empty(result.Errors);
        Assert.Equal(["extension old 1.0.0"], Texts(result, "Migrated"));
        Assert.Equal(["Added extension found: it was not registered"], Texts(result, "Synchronized"));
        Assert.Equal(["extension found 1.0.0", "extension old 1.0.0"], Texts(result, "Installed"));
        Assert.Empty(Texts(result, "Legacy"));
        Assert.Contains("broken", Assert.Single(Texts(result, "Failed")), StringComparison.Ordinal);
        Assert.Equal((2, 1), (result.Single.Properties["LoadedCount"].Value, result.Single.Properties["FailedCount"].Value));
    }

    [Fact]
    public void What_is_installed_wins_over_what_is_legacy()
    {
        session.Install("both");
        TestPackage.LegacyFolder(session.PathOf("extensions", "first"), "first");
        session.Run("Invoke-LlamaGateStartup -HomePath $store");
        TestPackage.LegacyFolder(session.PathOf("extensions", "both"), "both");
        TestPackage.LegacyFolder(session.PathOf("extensions", "late"), "late");
        session.Run("Disable-LlamaGateExtension first -HomePath $store");

        RunResult result = session.Run("Invoke-LlamaGateStartup -HomePath $store");

        Assert.Equal(["extension both 1.0.0"], Texts(result, "Installed"));
        Assert.Equal([$"extension late 1.0.0: {session.PathOf("extensions", "late")}"], Texts(result, "Legacy"));
        Assert.Equal(["extension first 1.0.0"], Texts(result, "Disabled"));
    }

    [Fact]
    public void WhatIf_reports_and_leaves_the_disk_as_it_was()
    {
        TestPackage.LegacyFolder(session.PathOf("extensions", "old"), "old");
        string before = FolderSnapshot.Of(session.Work);

        RunResult result = session.Run("Invoke-LlamaGateStartup -HomePath $store -WhatIf");

        Assert.Equal(["extension old 1.0.0"], Texts(result, "Migrated"));
        Assert.Contains("What if:", result.Text, StringComparison.Ordinal);
        Assert.Equal(before, FolderSnapshot.Of(session.Work));
    }

    [Fact]
    public void At_the_prompt_every_list_is_shown_a_line_an_item()
    {
        TestPackage.LegacyFolder(session.PathOf("extensions", "one"), "one");
        TestPackage.LegacyFolder(session.PathOf("extensions", "two"), "two");

        string text = session.Show("Invoke-LlamaGateStartup -HomePath $store").Text;

        Assert.Matches(@"LoadedCount\s+: 2", text);
        Assert.Matches(@"Installed\s+: extension one 1\.0\.0\s+extension two 1\.0\.0", text);
    }

    private static IEnumerable<string> Texts(RunResult result, string property) =>
        (IEnumerable<string>)result.Single.Properties[property].Value;
}
