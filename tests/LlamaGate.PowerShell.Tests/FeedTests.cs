using System;
using System.IO;
using System.Linq;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>Repositories, feeds, addresses and updates in the module.</summary>
public sealed class FeedTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public FeedTests()
    {
        session["feed"] = session.PathOf("feed");
        session["other"] = session.PathOf("other");
        session.Extension("alpha");
        session.Run("Register-LlamaGateRepository team $feed -HomePath $store; Register-LlamaGateRepository shared $feed -HomePath $other");
    }

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_package_goes_through_a_feed_to_another_home_and_is_updated_there()
    {
        Done("Publish-LlamaGatePackage alpha-1.0.0.zip team -HomePath $store");
        Assert.Equal("shared: alpha 1.0.0", Done("Install-LlamaGatePackage alpha -HomePath $other -NoRefresh").All("Source").Single());
        session.Extension("alpha", "1.1.0");
        Done("Publish-LlamaGatePackage alpha-1.1.0.zip team -HomePath $store");
        FolderState before = Snapshot();

        RunResult plan = Done("Update-LlamaGateExtension -HomePath $other -WhatIf");

        Assert.Equal(("1.0.0", "1.1.0", "Available"), (plan.All("Version").Single(), plan.All("AvailableVersion").Single(), plan.All("Status").Single()));
        Assert.Equal(before, Snapshot());
        Assert.Equal("Updated", Done("Update-LlamaGateExtension -HomePath $other -NoRefresh").All("Status").Single());
        Assert.Equal("1.1.0", Done("Get-LlamaGateExtension alpha -HomePath $other").All("Version").Single());
        Assert.Equal("Intact", Done("Test-LlamaGateExtension alpha -HomePath $other").All("Status").Single());
    }

    [Fact]
    public void What_a_search_found_is_installed_and_not_pinned_and_what_was_named_is()
    {
        session.Extension("beta");
        Done("Publish-LlamaGatePackage *.zip team -HomePath $store");

        Done("Find-LlamaGatePackage alpha -HomePath $other | Install-LlamaGatePackage -NoRefresh; Install-LlamaGatePackage beta -Version 1.0.0 -HomePath $other -NoRefresh");

        Assert.Equal(["UpToDate", "Pinned"], Done("Update-LlamaGateExtension -HomePath $other -WhatIf").All("Status"));
    }

    [Fact]
    public void Installed_items_are_published_and_packages_are_saved()
    {
        Done("Import-LlamaGatePackage alpha-1.0.0.zip -HomePath $store -NoRefresh");
        Done("Publish-LlamaGatePackage -Id alpha -Repository $feed -PackageId Contoso.Alpha -HomePath $store");

        RunResult saved = Done("Save-LlamaGatePackage Contoso.Alpha saved -HomePath $other");

        Assert.Equal(session.PathOf("saved", "Contoso.Alpha.1.0.0.nupkg"), saved.All("Path").Single());
        Assert.Equal("alpha", Done("Get-ChildItem saved | Import-LlamaGatePackage -HomePath $other -NoRefresh").All("Id").Single());
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Done("Publish-LlamaGatePackage alpha-1.0.0.zip team -HomePath $store");
        FolderState before = Snapshot();

        Done("""
            Install-LlamaGatePackage alpha -HomePath $other -WhatIf
            Save-LlamaGatePackage alpha saved -HomePath $other -WhatIf
            Unregister-LlamaGateRepository * -HomePath $other -WhatIf
            Register-LlamaGateRepository third $feed -HomePath $other -WhatIf
            Import-LlamaGatePackage -Uri https://localhost:1/alpha.zip -HomePath $other -WhatIf
            """);

        Assert.Equal(before, Snapshot());
        Assert.False(Directory.Exists(session.PathOf("saved")));
    }

    [Fact]
    public void One_that_is_not_there_does_not_stop_the_rest()
    {
        Done("Publish-LlamaGatePackage alpha-1.0.0.zip team -HomePath $store");

        RunResult result = session.Run("'nothing', 'alpha' | Install-LlamaGatePackage -HomePath $other -NoRefresh");

        Assert.Equal(["PackageNotFound"], result.ErrorIds);
        Assert.Equal(["alpha"], result.All("Id"));
        Assert.Equal(["DownloadFailed", "DownloadFailed"], session.Run("Import-LlamaGatePackage -Uri https://localhost:1/a.zip, relative.zip -HomePath $other").ErrorIds);
    }

    [Fact]
    public void Credentials_are_kept_and_not_shown()
    {
        session.Run("""
            $secret = ConvertTo-SecureString '%LLAMAGATE_TESTS_SECRET%' -AsPlainText -Force
            Register-LlamaGateRepository private https://feeds.example/index.json -Credential ([pscredential]::new('me', $secret)) -HomePath $store
            """);

        RunResult result = Done("Get-LlamaGateRepository private -HomePath $store");

        Assert.Equal("True", result.All("HasCredentials").Single());
        Assert.DoesNotContain("SECRET", session.Show("Get-LlamaGateRepository -HomePath $store | Format-List *").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_repositories_are_completed()
    {
        RunResult result = session.Run("""
            $line = "Find-LlamaGatePackage -HomePath '$store' -Repository t"
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
            """);

        Assert.Equal("team", result.Single.BaseObject);
    }

    [Fact]
    public void Names_of_packages_are_completed_from_the_last_search()
    {
        Done("Publish-LlamaGatePackage alpha-1.0.0.zip team -HomePath $store");

        RunResult result = session.Run("""
            $null = Find-LlamaGatePackage -HomePath $store
            $line = 'Install-LlamaGatePackage al'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
            """);

        Assert.Equal("alpha", result.Single.BaseObject);
    }

    private RunResult Done(string script)
    {
        RunResult result = session.Run(script);
        Assert.Empty(result.Errors);
        return result;
    }

    private FolderState Snapshot() => new(string.Join('\n', Directory
        .EnumerateFiles(session.PathOf("other"), "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(file => $"{file} {File.GetLastWriteTimeUtc(file).Ticks} {Convert.ToHexString(File.ReadAllBytes(file))}")));

    private sealed record FolderState(string Files);
}
