using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

public sealed class ImportTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_package_is_installed_and_emitted()
    {
        session.Extension("alpha");

        RunResult result = session.Run("Import-LlamaGatePackage alpha-1.0.0.zip -HomePath $store");

        Assert.Empty(result.Errors);
        dynamic item = result.Single;
        Assert.Equal("alpha", item.Id);
        Assert.Equal("Extension", item.Type);
        Assert.Equal("1.0.0", item.Version);
        Assert.Equal("Installed", item.Status);
        Assert.Null(item.PreviousVersion);
        Assert.True(item.Enabled);
        Assert.Equal(Path.Combine(session.Home, "extensions", "installed", "alpha"), item.Path);
        Assert.Equal(session.Home, item.HomePath);
        Assert.True(File.Exists(Path.Combine(item.Path, "prompts", "greeting.txt")));
    }

    [Fact]
    public void A_folder_is_a_package_too()
    {
        TestPackage.LegacyFolder(session.PathOf("alpha"), "alpha");

        RunResult result = session.Run("Import-LlamaGatePackage ./alpha -HomePath $store");

        Assert.Equal(["alpha"], result.All("Id"));
    }

    [Fact]
    public void An_agentic_module_tells_its_type()
    {
        TestPackage.Module(session.PathOf("triage.zip"), "triage");

        RunResult result = session.Run("Import-LlamaGatePackage triage.zip -HomePath $store");

        Assert.Equal(["AgenticModule"], result.All("Type"));
    }

    [Fact]
    public void The_same_again_is_unchanged_another_version_an_update_and_Force_a_reinstall()
    {
        session.Extension("alpha");
        session.Extension("alpha", "1.1.0");

        RunResult result = session.Run("""
            Import-LlamaGatePackage alpha-1.0.0.zip -HomePath $store
            Import-LlamaGatePackage alpha-1.0.0.zip -HomePath $store
            Import-LlamaGatePackage alpha-1.0.0.zip -HomePath $store -Force
            Import-LlamaGatePackage alpha-1.1.0.zip -HomePath $store
            """);

        Assert.Equal(["Installed", "Unchanged", "Updated", "Updated"], result.All("Status"));
        Assert.Equal("1.0.0", result.Output[^1].Properties["PreviousVersion"].Value);
    }

    [Fact]
    public void A_wildcard_imports_what_it_matches_in_order()
    {
        session.Extension("beta");
        session.Extension("alpha");
        session.Extension("other");

        RunResult result = session.Run("Import-LlamaGatePackage *[ab]*a-*.zip -HomePath $store");

        Assert.Equal(["alpha", "beta"], result.All("Id"));
    }

    [Fact]
    public void A_wildcard_that_matches_nothing_is_silence_with_a_verbose_line()
    {
        RunResult result = session.Run("Import-LlamaGatePackage *.zip -HomePath $store -Verbose");

        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Assert.Contains(result.Verbose, line => line.Contains("*.zip", StringComparison.Ordinal));
        Assert.False(Directory.Exists(session.Home));
    }

    [Theory]
    [InlineData("Import-LlamaGatePackage nothing.zip -HomePath $store")]
    [InlineData("Import-LlamaGatePackage -LiteralPath nothing.zip -HomePath $store")]
    [InlineData("'nothing.zip' | Import-LlamaGatePackage -HomePath $store")]
    public void A_path_without_a_package_is_an_error_that_names_it(string script)
    {
        RunResult result = session.Run(script);

        Assert.False(result.WasTerminated);
        Assert.Equal("PackageNotFound,LlamaGate.PowerShell.Commands.ImportLlamaGatePackageCommand", result.Error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, result.Error.CategoryInfo.Category);
        Assert.Equal(session.PathOf("nothing.zip"), result.Error.TargetObject);
        Assert.StartsWith("There is no package at", result.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Strings_files_and_exported_packages_come_through_the_pipeline()
    {
        session.Extension("alpha");
        session.Extension("beta");
        session.Install("gamma");

        RunResult result = session.Run("""
            'alpha-1.0.0.zip' | Import-LlamaGatePackage -HomePath other
            [System.IO.FileInfo]::new("$work/beta-1.0.0.zip") | Import-LlamaGatePackage -HomePath other
            Export-LlamaGatePackage gamma -Destination exported.zip -HomePath $store | Import-LlamaGatePackage -HomePath other
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["alpha", "beta", "gamma"], result.All("Id"));
    }

    [Fact]
    public void A_provider_item_comes_through_the_pipeline()
    {
        session.Extension("alpha");

        RunResult result = session.Run("""
            $ExecutionContext.InvokeProvider.Item.Get('alpha-1.0.0.zip') | Import-LlamaGatePackage -HomePath $store
            """);

        Assert.Equal(["alpha"], result.All("Id"));
    }

    [Theory]
    [InlineData("Import-LlamaGatePackage 'odd[1].zip' -HomePath $store")]
    [InlineData("Import-LlamaGatePackage -LiteralPath 'odd[1].zip' -HomePath $store")]
    [InlineData("Import-LlamaGatePackage 'odd`[1`].zip' -HomePath $store")]
    [InlineData("[pscustomobject]@{ Path = 'odd[1].zip' } | Import-LlamaGatePackage -HomePath $store")]
    public void A_path_that_exists_as_it_is_written_is_no_wildcard(string script)
    {
        TestPackage.Extension(session.PathOf("odd[1].zip"), "literal");
        TestPackage.Extension(session.PathOf("odd1.zip"), "wildcard");

        RunResult result = session.Run(script);

        Assert.Equal(["literal"], result.All("Id"));
    }

    [Fact]
    public void A_path_outside_the_file_system_is_refused_and_the_rest_goes_on()
    {
        session.Extension("alpha");

        RunResult result = session.Run("Import-LlamaGatePackage Variable:work, nowhere:x, alpha-1.0.0.zip -HomePath $store");

        Assert.Equal(["NotFileSystemPath", "DriveNotFound"], result.ErrorIds);
        Assert.Equal(ErrorCategory.InvalidArgument, result.Errors[0].CategoryInfo.Category);
        Assert.Equal("Variable:work", result.Errors[0].TargetObject);
        Assert.Equal(["alpha"], result.All("Id"));
    }

    [Theory]
    [InlineData("'alpha-1.0.0.zip', 'bad.zip', 'beta-1.0.0.zip' | Import-LlamaGatePackage -HomePath $store")]
    [InlineData("Import-LlamaGatePackage alpha-1.0.0.zip, bad.zip, beta-1.0.0.zip -HomePath $store")]
    public void One_bad_package_is_one_error_and_the_rest_goes_on(string script)
    {
        session.Extension("alpha");
        session.Extension("beta");
        TestPackage.Of(session.PathOf("bad.zip"), ("manifest.yaml", "name: bad\nversion: one\n"));

        RunResult result = session.Run(script);

        Assert.Equal(["alpha", "beta"], result.All("Id"));
        Assert.Equal(["ManifestInvalid"], result.ErrorIds);
        Assert.Contains("manifest validation failed", result.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_carries_every_problem()
    {
        TestPackage.Of(session.PathOf("bad.zip"), ("manifest.yaml", "name: bad\nversion: one\n"));

        RunResult result = session.Run("Import-LlamaGatePackage bad.zip -HomePath $store");

        Assert.Equal(ErrorCategory.InvalidData, result.Error.CategoryInfo.Category);
        var problems = (IEnumerable)PSObject.AsPSObject(result.Error.Exception).Properties["Problems"].Value;
        Assert.All(problems.Cast<object>().Select(PSObject.AsPSObject), problem => Assert.Equal("manifest.yaml", problem.Properties["File"].Value));
        Assert.True(problems.Cast<object>().Count() > 1, "The version is wrong, and description, type and steps are missing.");
    }

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

    [Theory]
    [InlineData("-Type AgenticModule", "PackageTypeMismatch")]
    [InlineData("-MaxEntryCount 1", "PackageInvalid")]
    [InlineData("-MaxUnpackedBytes 10", "PackageInvalid")]
    public void A_package_that_is_not_what_the_caller_allows_is_refused(string parameters, string errorId)
    {
        session.Extension("alpha");

        RunResult result = session.Run($"Import-LlamaGatePackage alpha-1.0.0.zip -HomePath $store {parameters}");

        Assert.Empty(result.Output);
        Assert.Equal([errorId], result.ErrorIds);
    }

    [Theory]
    [InlineData("-Type Plugin")]
    [InlineData("-MaxEntryCount 0")]
    [InlineData("-MaxUnpackedBytes 0")]
    [InlineData("-LockTimeoutSeconds -1")]
    [InlineData("-HomePath ''")]
    public void A_value_that_makes_no_sense_is_refused_by_the_parameter(string parameters)
    {
        RunResult result = session.Run($"Import-LlamaGatePackage alpha.zip {parameters}");

        Assert.Equal(["ParameterArgumentValidationError"], result.ErrorIds);
    }
}
