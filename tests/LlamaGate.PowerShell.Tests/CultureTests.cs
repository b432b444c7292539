using System;
using System.IO;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>The user's culture changes nothing that is written or looked up.</summary>
public sealed class CultureTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public void A_culture_changes_nothing_in_the_home(string culture)
    {
        TestPackage.Extension(session.PathOf("one.zip"), "INDIGO-ID");
        TestPackage.Extension(session.PathOf("two.zip"), "INDIGO-ID", "1.1.0");

        int firstYear = DateTime.UtcNow.Year;
        RunResult result = session.Run($$"""
            [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = '{{culture}}'
            $null = Import-LlamaGatePackage one.zip -HomePath $store
            $null = Import-LlamaGatePackage two.zip -HomePath $store
            Get-LlamaGateExtension indigo-id -HomePath $store
            Get-LlamaGateExtension indi*id -HomePath $store
            Disable-LlamaGateExtension indigo-id -HomePath $store -PassThru
            Export-LlamaGatePackage indi* out/ -HomePath $store
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["INDIGO-ID", "INDIGO-ID", "INDIGO-ID", "INDIGO-ID"], result.All("Id"));
        string registry = File.ReadAllText(Path.Combine(session.Home, "registry", "installed.json"));
        string year = $"({firstYear}|{DateTime.UtcNow.Year})";
        Assert.Matches($"\"installed_at\": \"{year}-\\d\\d-\\d\\dT", registry);
        string backup = Assert.Single(Directory.GetDirectories(Path.Combine(session.Home, "extensions", "backups", "INDIGO-ID")));
        Assert.Matches($"^{year}\\d{{4}}-\\d{{6}}-\\d{{3}}$", Path.GetFileName(backup));
    }
}
