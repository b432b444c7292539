using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

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
        Assert.Equal(["old"], Ids(result, "Migrated"));
        Assert.Equal(["found"], Ids(result, "Synchronized"));
        Assert.Equal(["found", "old"], Ids(result, "Installed"));
        Assert.Empty(Ids(result, "Legacy"));
        Assert.Equal(["broken"], Ids(result, "Failed"));
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

        Assert.Equal(["both"], Ids(result, "Installed"));
        Assert.Equal(["first", "late"], Ids(result, "Legacy")); // What is disabled comes back from there.
        Assert.Equal(["first"], Ids(result, "Disabled"));
        Assert.Equal(["both"], Ids(result, "Shadowed"));
    }

    [Fact]
    public void WhatIf_reports_and_leaves_the_disk_as_it_was()
    {
        TestPackage.LegacyFolder(session.PathOf("extensions", "old"), "old");
        string before = FolderSnapshot.Of(session.Work);

        RunResult result = session.Run("Invoke-LlamaGateStartup -HomePath $store -WhatIf");

        Assert.Equal(["old"], Ids(result, "Migrated"));
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
        Assert.Matches(@"Installed\s+: Extension one 1\.0\.0\s+Extension two 1\.0\.0", text);
    }

    [Fact]
    public void The_items_have_plain_properties()
    {
        TestPackage.LegacyFolder(session.PathOf("extensions", "old"), "old");

        RunResult result = session.Run("(Invoke-LlamaGateStartup -HomePath $store).Items | ForEach-Object { \"$($_.Source) $($_.Status) $($_.Id)\" }");

        Assert.Equal(["Installed Loaded old", "Legacy Shadowed old"], result.Output.Select(line => line.BaseObject));
    }

    [Theory]
    [InlineData("Invoke-LlamaGateStartup typed -HomePath $store", 1)]
    [InlineData("Invoke-LlamaGateStartup -HomePath $store", 0)]
    public void A_typed_legacy_directory_that_is_not_there_is_a_warning(string script, int warnings) =>
        Assert.Equal(warnings, session.Run(script).Warnings.Count);

    private static IEnumerable<string> Ids(RunResult result, string property) =>
        ((IEnumerable<object>)result.Single.Properties[property].Value).Select(item => (string)new PSObject(item).Properties["Id"].Value);
}
