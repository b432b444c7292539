using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>How objects look in a window of 80 columns.</summary>
[Collection(FeedCompletionTests.LastSearch)]
public sealed class ViewTests : IDisposable
{
    private const int Columns = 80;

    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void Items_are_a_table_with_their_state_in_words()
    {
        session.Install("alpha", "beta");

        string text = session.Show("Disable-LlamaGateExtension beta -HomePath $store; Get-LlamaGateExtension -HomePath $store").Text;

        Assert.Equal(
            [
                "Id    Type      Version Enabled Name",
                "--    ----      ------- ------- ----",
                "alpha Extension 1.0.0   True    alpha",
                "beta  Extension 1.0.0   False   beta",
            ],
            Lines(text));
    }

    [Fact]
    public void Items_that_were_remote_look_the_same()
    {
        session.Install("alpha");

        string local = session.Show("Get-LlamaGateExtension -HomePath $store").Text;
        string remote = session.Show("""
            $items = Get-LlamaGateExtension -HomePath $store
            [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($items))
            """).Text;

        Assert.Equal(local, remote);
    }

    [Fact]
    public void Imports_tell_what_was_done()
    {
        session.Install("alpha");
        session.Extension("alpha", "2.0.0-beta.1");

        string text = session.Show("Import-LlamaGatePackage alpha-2.0.0-beta.1.zip -HomePath $store").Text;

        Assert.Equal(
            [
                "Id    Type      Version      PreviousVersion Status  Enabled",
                "--    ----      -------      --------------- ------  -------",
                "alpha Extension 2.0.0-beta.1 1.0.0           Updated True",
            ],
            Lines(text));
    }

    [Theory]
    [InlineData("Get-LlamaGateExtension -HomePath $store")]
    [InlineData("Import-LlamaGatePackage *.zip -HomePath other")]
    [InlineData("Sync-LlamaGateExtension -HomePath $store")]
    [InlineData("Invoke-LlamaGateMigration -HomePath $store")]
    [InlineData("New-LlamaGatePackage new/$id")]
    [InlineData("Test-LlamaGatePackage *.zip, broken")]
    [InlineData("Get-LlamaGatePackage *.zip")]
    [InlineData("(Get-LlamaGatePackage alpha-1.0.0.zip).Files")]
    [InlineData("Compress-LlamaGatePackage extensions/$id short.zip")]
    [InlineData("Test-LlamaGateExtension -HomePath $store")]
    [InlineData("Get-LlamaGateBackup -HomePath $store")]
    [InlineData("Restore-LlamaGateExtension * -HomePath $store")]
    [InlineData("Test-LlamaGateHome -HomePath $store")]
    public void Nothing_is_wider_than_the_window_or_cut_off(string command)
    {
        string longId = new('x', 60);
        session.Install("alpha", longId);
        Directory.CreateDirectory(Path.Combine(session.Home, "extensions", "installed", longId + "-rubbish"));
        TestPackage.LegacyFolder(session.PathOf("extensions", longId), longId);
        MakeBackup("alpha");
        MakeBackup(longId);
        Directory.CreateDirectory(session.PathOf("broken"));

        RunResult result = session.Show($"$id = '{longId}'; {command}");

        Assert.Matches(command.Contains(".Files", StringComparison.Ordinal) ? " Path\n" : "Id ", result.Text);
        Assert.All(result.Text.Split('\n'), line => Assert.True(line.Length <= Columns, line));
        Assert.DoesNotContain('\u2026', result.Text);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    public void An_id_is_whole_at_any_width(int width)
    {
        string id = new('x', 128);
        session.Install(id);

        var text = (string)session.Run($"Get-LlamaGateExtension -HomePath $store | Out-String -Width {width}").Single.BaseObject;

        Assert.Contains(id, string.Concat(Lines(text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Backups_are_a_table_with_the_newest_first()
    {
        session.Install("alpha");
        MakeBackup("alpha");

        string[] lines = Lines(session.Show("Get-LlamaGateBackup -HomePath $store").Text);

        Assert.Equal(3, lines.Length);
        Assert.Matches("^alpha +Extension +1\\.0\\.0 ", lines[2]);
    }

    [Fact]
    public void What_was_modified_is_told_in_the_table()
    {
        session.Install("alpha", "beta");
        File.AppendAllText(Path.Combine(session.Home, "extensions", "installed", "alpha", "manifest.yaml"), "# mine\n");

        string[] lines = Lines(session.Show("Test-LlamaGateExtension -HomePath $store").Text);

        Assert.Contains(lines, line => line.StartsWith("alpha", StringComparison.Ordinal) && line.Contains("Modified", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("beta", StringComparison.Ordinal) && line.Contains("Intact", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-LlamaGateRepository -HomePath $store", "Name +IsEnabled +HasCredentials +Source", "^team +True +False ")]
    [InlineData("Find-LlamaGatePackage alpha -HomePath $store", "Name +Version +Type +Repository +Description", "^alpha +1\\.0\\.0 +Extension +team ")]
    [InlineData("Save-LlamaGatePackage alpha ('s' * 90) -HomePath $store", "Name +Version +Length +Path", "^alpha +1\\.0\\.0 +[0-9]+ .*s[/\\\\]alpha\\.1\\.0\\.0\\.nupkg")]
    [InlineData("Publish-LlamaGatePackage beta-1.0.0.zip team -HomePath $store", "Name +Version +Type +Repository +Length", "^beta +1\\.0\\.0 +Extension +team ")]
    [InlineData("Update-LlamaGateExtension -HomePath $store -WhatIf", "Id +Version +AvailableVersion +Status +Repository", "^alpha +1\\.0\\.0 +1\\.0\\.0 +UpToDate +team")]
    public void Feeds_and_what_comes_from_them_are_tables_of_one_line_each(string command, string head, string row)
    {
        session["feed"] = session.PathOf(new string('f', 90));
        session.Extension("alpha");
        session.Extension("beta");
        session.Run("""
            Register-LlamaGateRepository team $feed -HomePath $store
            Publish-LlamaGatePackage alpha-1.0.0.zip team -HomePath $store
            Find-LlamaGatePackage alpha -HomePath $store | Install-LlamaGatePackage -HomePath $store -NoRefresh
            """);

        string[] lines = Lines(session.Show(command).Text);

        Assert.Equal(3, lines.Length);
        Assert.Matches("^" + head + "$", lines[0]);
        Assert.Matches(row, lines[2]);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, Columns));
    }

    [Fact]
    public void A_package_is_one_line_that_ends_in_its_name()
    {
        session.Install("alpha");

        string text = session.Show($"Export-LlamaGatePackage alpha {new string('f', 100)}/ -HomePath $store").Text;

        string[] lines = Lines(text);
        Assert.Equal(3, lines.Length);
        Assert.Equal(["Id", "Version", "FileCount", "Length", "Path"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith($"ff{Path.DirectorySeparatorChar}alpha-1.0.0.zip", lines[2], StringComparison.Ordinal);
        Assert.InRange(lines[2].Length, Columns - 1, Columns);
    }

    [Fact]
    public void Every_list_of_the_report_of_a_start_is_shown_with_one_item_on_a_line()
    {
        TestPackage.LegacyFolder(session.PathOf("extensions", "one"), "one");
        TestPackage.LegacyFolder(session.PathOf("extensions", "two"), "two");

        string text = session.Show("Invoke-LlamaGateStartup -HomePath $store").Text;

        Assert.Matches(@"LoadedCount\s+: 2", text);
        Assert.Matches(@"Installed\s+: Extension one 1\.0\.0\s+Extension two 1\.0\.0", text);
    }

    [Fact]
    public void A_finding_is_a_list_that_fits_the_window()
    {
        string manifest = session.PathOf("refused", "manifest.yaml");
        TestPackage.LegacyFolder(session.PathOf("refused"), "refused");
        File.AppendAllText(manifest, "\ninputs:\n  type: object\n");
        session.Run("Import-LlamaGatePackage refused -HomePath $store -WarningAction SilentlyContinue");

        string[] lines = Lines(session.Show("Test-LlamaGateHome -HomePath $store").Text);

        Assert.Contains(lines, line => line.StartsWith("Id       : GatewayRefuses", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, Columns));
    }

    [Fact]
    public void Every_column_bears_the_name_of_a_property_and_has_the_width_of_what_it_holds()
    {
        XElement[] tables = [.. XDocument.Load(Path.Combine(StagedModule.Folder, "LlamaGate.Format.ps1xml")).Descendants("TableControl")];

        Assert.All(tables, table =>
        {
            Assert.Empty(table.Descendants("Width"));
            Assert.NotNull(table.Element("AutoSize"));
            foreach ((XElement header, XElement item) in table.Descendants("TableColumnHeader").Zip(table.Descendants("TableColumnItem")))
            {
                // A column that joins a list says so in a script, below the list's name.
                Assert.Equal(header.Element("Label") is null, item.Element("ScriptBlock") is null);
                Assert.Contains($"$_.{header.Element("Label")?.Value}", (string?)item.Element("ScriptBlock") ?? "$_.", StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void Every_emitted_type_has_a_table_and_a_list_of_all_its_properties()
    {
        session.Install("alpha");
        MakeBackup("alpha");
        session.Extension("beta");
        Directory.CreateDirectory(Path.Combine(session.Home, "extensions", "installed", "rubbish"));
        TestPackage.LegacyFolder(session.PathOf("extensions", "old"), "old");
        RunResult result = session.Run("""
            Get-LlamaGateExtension -HomePath $store
            Import-LlamaGatePackage beta-1.0.0.zip -HomePath $store
            Export-LlamaGatePackage beta out.zip -HomePath $store
            Sync-LlamaGateExtension -HomePath $store
            Invoke-LlamaGateMigration -HomePath $store
            New-LlamaGatePackage gamma
            Test-LlamaGatePackage gamma
            $details = Get-LlamaGatePackage gamma
            $details
            $details.Files[0]
            Test-LlamaGateExtension alpha -HomePath $store
            Get-LlamaGateBackup -HomePath $store
            """);
        XElement[] views = [.. XDocument.Load(Path.Combine(StagedModule.Folder, "LlamaGate.Format.ps1xml")).Descendants("View")];

        Assert.Equal(12, result.Output.Count);
        foreach (PSObject item in result.Output)
        {
            XElement[] own = [.. views.Where(view => (string?)view.Element("ViewSelectedBy")?.Element("TypeName") == item.TypeNames[0])];
            Assert.Equal(["TableControl", "ListControl"], own.Select(view => view.Elements().Last().Name.LocalName));
            IEnumerable<string> shown = own[1].Descendants("ListItem").Select(entry => (string)entry.Element("PropertyName")!);
            Assert.Equal(
                item.Properties.Select(property => property.Name).Order(StringComparer.Ordinal),
                shown.Order(StringComparer.Ordinal));
        }
    }

    private void MakeBackup(string id)
    {
        session.Extension(id, "2.0.0");
        session.Run($"Import-LlamaGatePackage {id}-2.0.0.zip -HomePath $store");
    }

    private static string[] Lines(string text) =>
        [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
}
