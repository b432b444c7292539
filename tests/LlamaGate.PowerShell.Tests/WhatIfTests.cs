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

        RunResult result = session.Run($"{command} -HomePath $store -WhatIf");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        string expected = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, message, session.Work + Path.DirectorySeparatorChar, Path.DirectorySeparatorChar);
        Assert.Contains(expected, result.Text, StringComparison.Ordinal);
        Assert.Equal(before, FolderSnapshot.Of(session.Work));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_preference_variable_asks_for_it_too(string command, string message)
    {
        Prepare();
        string before = FolderSnapshot.Of(session.Work);

        RunResult result = session.Run($$"""
            $WhatIfPreference = $true
            {{command}} -HomePath $store
            """);

        Assert.NotEmpty(message);
        Assert.Empty(result.Output);
        Assert.StartsWith("What if: ", result.Text, StringComparison.Ordinal);
        Assert.Equal(before, FolderSnapshot.Of(session.Work));
    }

    [Theory]
    [InlineData("Import-LlamaGatePackage alpha-1.0.0.zip")]
    [InlineData("Remove-LlamaGateExtension *")]
    [InlineData("Disable-LlamaGateExtension *")]
    [InlineData("Enable-LlamaGateExtension *")]
    [InlineData("Export-LlamaGatePackage * out/")]
    [InlineData("Sync-LlamaGateExtension")]
    [InlineData("Invoke-LlamaGateMigration")]
    public void A_home_that_is_not_there_stays_away(string command)
    {
        session.Extension("alpha");
        TestPackage.LegacyFolder(session.PathOf("extensions", "old"), "old");

        RunResult result = session.Run($"{command} -HomePath $store -WhatIf");

        Assert.Empty(result.Errors);
        Assert.False(Directory.Exists(session.Home));
    }

    [Fact]
    public void A_bad_package_is_an_error_as_it_would_be_without()
    {
        TestPackage.Of(session.PathOf("bad.zip"), ("readme.txt", "no manifest"));

        RunResult result = session.Run("Import-LlamaGatePackage bad.zip -HomePath $store -WhatIf");

        Assert.Equal(["PackageInvalid"], result.ErrorIds);
    }

    [Fact]
    public void The_parameter_wins_over_the_preference()
    {
        session.Extension("alpha");

        RunResult result = session.Run("""
            $WhatIfPreference = $true
            Import-LlamaGatePackage alpha-1.0.0.zip -HomePath $store -WhatIf:$false
            """);

        Assert.Equal(["Installed"], result.All("Status"));
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
