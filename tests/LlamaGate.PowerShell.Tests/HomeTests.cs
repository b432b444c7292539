using System;
using System.IO;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary><c>Test-LlamaGateHome</c>: findings, and remedies that work when they are pasted.</summary>
public sealed class HomeTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_home_that_is_well_gives_nothing_and_is_left_as_it_was()
    {
        session.Install("a");
        string before = FolderSnapshot.Of(session.Work);

        Assert.Empty(session.Run("Test-LlamaGateHome -HomePath $store").Output);
        Assert.Equal(before, FolderSnapshot.Of(session.Work));
    }

    [Theory]
    [InlineData("RegistryUnreadable", "Error")]
    [InlineData("FolderMissing", "Error")]
    [InlineData("NotAnItem", "Error")]
    [InlineData("GatewayRefuses", "Warning")]
    [InlineData("StepDisabled", "Warning")]
    [InlineData("GatewayBackupLost", "Warning")]
    public void A_remedy_ends_its_finding(string id, string severity)
    {
        session.Install("a");
        Arrange(id);

        RunResult found = session.Run($"Test-LlamaGateHome -HomePath $store | Where-Object Id -EQ {id}");
        Assert.Equal(severity, found.Single.Properties["Severity"].Value);
        Assert.Empty(session.Run((string)found.Single.Properties["Remedy"].Value).Errors);

        Assert.Empty(session.Run($"Test-LlamaGateHome -HomePath $store | Where-Object Id -EQ {id}").Output);
    }

    [Fact]
    public void The_view_fits_80_columns()
    {
        Arrange("GatewayRefuses");

        string[] lines = session.Show("Test-LlamaGateHome -HomePath $store").Text.Split('\n');

        Assert.Contains(lines, line => line.StartsWith("Id       : GatewayRefuses", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    private void Arrange(string id)
    {
        switch (id)
        {
            case "RegistryUnreadable":
                File.WriteAllText(session.PathOf("home", "registry", "installed.json"), "{ no json");
                break;
            case "FolderMissing":
                Directory.Delete(session.PathOf("home", "extensions", "installed", "a"), recursive: true);
                break;
            case "NotAnItem":
                Write("name: [", "home", "extensions", "installed", "broken", "manifest.yaml");
                break;
            case "GatewayRefuses":
                Write(Manifest("refused") + "inputs:\n  type: object\n", "refused", "manifest.yaml");
                session.Run("Import-LlamaGatePackage refused -HomePath $store -WarningAction SilentlyContinue");
                break;
            case "StepDisabled":
                Write("name: mod\nversion: 1.0.0\ndescription: d\nsteps:\n  - extension: a\n", "mod", "agenticmodule.yaml");
                session.Run("Import-LlamaGatePackage mod -HomePath $store; Disable-LlamaGateExtension a -HomePath $store");
                break;
            case "GatewayBackupLost":
                Write(Manifest("lost"), "home", "extensions", "installed", "backups", "lost", "20260101-000000", "manifest.yaml");
                break;
        }
    }

    private static string Manifest(string id) => $"name: {id}\nversion: 1.0.0\ndescription: d\ntype: workflow\nsteps:\n  - uses: llm.chat\n";

    private void Write(string content, params string[] path)
    {
        string file = session.PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
