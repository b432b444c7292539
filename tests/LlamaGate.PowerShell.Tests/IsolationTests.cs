using System;
using System.IO;
using System.Threading.Tasks;

using LlamaGate.Tests.Hosting;

using Xunit;

namespace LlamaGate.Tests;

/// <summary>The module beside another one that brings another YamlDotNet, in processes of their own.</summary>
public sealed class IsolationTests : IDisposable
{
    private const string UseModule = "(Import-LlamaGatePackage alpha.zip -HomePath home -Force).Status\n";

    private const string UseOther = "[YamlDotNet.Serialization.DeserializerBuilder]::new().Build().Deserialize('answer: 42', [object])['answer']\n";

    private const string ListVersions = """
        [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName() } |
            Where-Object Name -eq YamlDotNet | ForEach-Object { "YamlDotNet $($_.Version.Major)" }

        """;

    private static readonly string ImportModule = $"Import-Module '{StagedModule.Manifest}'\n";

    private static readonly string LoadOther = $"$null = [System.Reflection.Assembly]::LoadFrom('{ChildPowerShell.OtherYamlDotNet}')\n";

    private readonly TempFolder folder = new();

    public IsolationTests() => TestPackage.Extension(folder["alpha.zip"], "alpha");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Another_YamlDotNet_that_came_first_disturbs_nothing()
    {
        string[] output = await ChildPowerShell.Run(folder.Path, LoadOther + ImportModule + UseModule + UseOther + ListVersions);

        Assert.Equal(["Installed", "42", "YamlDotNet 11", "YamlDotNet 18"], output);
    }

    [Fact]
    public async Task Another_YamlDotNet_that_comes_later_is_not_disturbed()
    {
        string[] output = await ChildPowerShell.Run(folder.Path, ImportModule + UseModule + LoadOther + UseOther + UseModule + ListVersions);

        Assert.Equal(["Installed", "42", "Updated", "YamlDotNet 18", "YamlDotNet 11"], output);
    }

    [Fact]
    public async Task The_modules_own_libraries_are_not_in_anyones_way()
    {
        string[] output = await ChildPowerShell.Run(folder.Path, ImportModule + UseModule + """
            [AppDomain]::CurrentDomain.GetAssemblies() |
                Where-Object { [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_) -eq [System.Runtime.Loader.AssemblyLoadContext]::Default } |
                ForEach-Object { $_.GetName().Name } | Where-Object { $_ -in 'LlamaGate.Core', 'YamlDotNet', 'System.IO.Hashing' }
            try { [System.Reflection.Assembly]::Load('YamlDotNet') } catch { 'not found' }
            """);

        Assert.Equal(["Installed", "not found"], output);
    }

    [Fact]
    public async Task What_knows_of_feeds_is_loaded_by_the_commands_that_use_them_alone()
    {
        const string List = """
            @([AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -like 'NuGet.*' -or $_ -eq 'LlamaGate.Feeds' }).Count -gt 0

            """;

        string[] output = await ChildPowerShell.Run(
            folder.Path, ImportModule + List + UseModule + List + "(Get-LlamaGateRepository -HomePath home | Measure-Object).Count\n" + List);

        Assert.Equal(["False", "Installed", "False", "0", "True"], output);
    }

    [Fact]
    public async Task It_can_be_imported_again_removed_and_imported_beside_the_other()
    {
        string[] output = await ChildPowerShell.Run(
            folder.Path,
            LoadOther + ImportModule + UseModule + $"Import-Module '{StagedModule.Manifest}' -Force\n" + UseModule + "Remove-Module LlamaGate\n"
            + ImportModule + UseModule + UseOther + ListVersions);

        Assert.Equal(["Installed", "Updated", "Updated", "42", "YamlDotNet 11", "YamlDotNet 18"], output);
    }

    [Fact]
    public async Task Runspaces_share_what_was_loaded()
    {
        string[] output = await ChildPowerShell.Run(folder.Path, LoadOther + $$"""
            $results = 1..4 | ForEach-Object -Parallel {
                Import-Module '{{StagedModule.Manifest}}'
                (Import-LlamaGatePackage alpha.zip -HomePath "home-$_").Status
            } -ThrottleLimit 4
            $results
            """ + "\n" + UseOther + ListVersions);

        Assert.Equal(["Installed", "Installed", "Installed", "Installed", "42", "YamlDotNet 11", "YamlDotNet 18"], output);
    }

    [Fact]
    public async Task The_libraries_for_older_runtimes_are_complete_and_work()
    {
        string module = CopyModule();
        Directory.Delete(Path.Combine(module, "lib", "net8.0"), recursive: true);
        Directory.Move(Path.Combine(module, "lib", "netstandard2.0"), Path.Combine(module, "lib", "net8.0"));

        string[] output = await ChildPowerShell.Run(folder.Path, $"Import-Module '{module}'\n" + UseModule + """
            (Export-LlamaGatePackage alpha -Destination exported/ -HomePath home | Import-LlamaGatePackage -HomePath other).Status
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object Location -like "*LlamaGate?lib?net8.0?System.Text.Json.dll" |
                ForEach-Object { $_.GetName().Name }
            """);

        Assert.Equal(["Installed", "Installed", "System.Text.Json"], output);
    }

    [Fact]
    public async Task The_environment_names_the_home_unless_the_parameter_does()
    {
        string[] output = await ChildPowerShell.Run(
            folder.Path,
            ImportModule + """
                (Import-LlamaGatePackage alpha.zip).HomePath
                (Import-LlamaGatePackage alpha.zip -HomePath named).HomePath
                """,
            ("LLAMAGATE_HOME", folder["of-the-environment"]));

        Assert.Equal([folder["of-the-environment"], folder["named"]], output);
    }

    private string CopyModule()
    {
        string copy = folder["LlamaGate"];
        foreach (string file in Directory.EnumerateFiles(StagedModule.Folder, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(StagedModule.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }
}
