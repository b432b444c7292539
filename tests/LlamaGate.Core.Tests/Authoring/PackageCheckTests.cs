using System;
using System.IO;
using System.Linq;
using LlamaGate.Tests.Fuzzing;
using Xunit;

namespace LlamaGate.Tests.Authoring;

/// <summary>Packages that are checked and read without a home.</summary>
public sealed class PackageCheckTests : AuthoringTest
{
    public static TheoryData<string> Hostile => [.. HostilePackage.All.Select(package => package.What)];

    [Fact]
    public void A_valid_package_is_described()
    {
        string folder = NewFolder();
        WriteFile(folder, "manifest.yaml", TestHome.Manifest("my-ext", "1.2.3"));
        WriteFile(folder, "extension.yaml", "name: My extension\n");
        WriteFile(folder, "data/x.txt", "12345");

        PackageTestResult result = Check(folder);

        Assert.True(result.IsValid);
        Assert.Empty(result.Problems);
        Assert.Equal(
            (folder, "my-ext", "Extension", "My extension", "1.2.3"), (result.Path, result.Id, result.Type, result.Name, result.Version));
        Assert.Equal(3, result.FileCount);
        Assert.Equal(new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length), result.UnpackedLength);
        Assert.False(result.HasChecksums);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        string folder = NewFolder();
        WriteFile(folder, "manifest.yaml", "name: x\nversion: one\ntype: workflow\n");
        WriteFile(folder, "checksums.txt", new string('0', 64) + "  manifest.yaml\n");

        PackageTestResult result = Check(folder);

        Assert.False(result.IsValid);
        Assert.Equal(
            [string.Empty, "description", "steps", "version"], result.Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
        Assert.Contains(result.Problems, problem => problem is { File: "manifest.yaml", Line: 2, Column: 10, Severity: Problem.Error });
        Assert.True(result.HasChecksums);
        Assert.Null(result.Id);
    }

    [Fact]
    public void A_warning_counts_in_a_strict_check_alone()
    {
        string folder = NewFolder();
        WriteFile(folder, "extension.yaml", "name: my-ext\nversion: 1.0.0\n");

        Assert.True(Check(folder).IsValid);
        PackageTestResult strict = Check(folder, strict: true);
        Assert.False(strict.IsValid);
        Assert.Equal(Problem.Warning, Assert.Single(strict.Problems).Severity);
    }

    [Fact]
    public void A_package_that_is_not_there_is_an_error() =>
        Assert.Equal(ErrorIds.PackageNotFound, Assert.Throws<LlamaGateException>(() => Check(InScratch("nothing.zip"))).ErrorId);

    [Fact]
    public void Another_type_than_the_one_that_was_named_is_a_problem()
    {
        string folder = NewFolder();
        WriteFile(folder, "manifest.yaml", TestHome.Manifest("my-ext"));

        PackageTestResult result = Check(folder, type: ItemType.AgenticModule);

        Assert.False(result.IsValid);
        Assert.Contains("is of type Extension", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    /// <summary>What an import refuses, the others refuse, for the same reason; and none of them writes anything.</summary>
    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_package_is_refused_as_by_an_import_and_nothing_is_written(string what)
    {
        HostilePackage package = HostilePackage.All.Single(each => each.What == what);
        string zip = Save(package.Build());
        string before = Snapshot();

        PackageTestResult result = Check(zip);
        LlamaGateException inspected = Assert.Throws<LlamaGateException>(() => Inspect(zip));

        Assert.False(result.IsValid);
        Assert.Contains(result.Problems, problem => problem.ToString().Contains(package.Reason, StringComparison.Ordinal));
        Assert.Equal(package.ErrorId, inspected.ErrorId);
        Assert.Contains(package.Reason, inspected.Message, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void An_inspection_tells_what_the_manifests_say_and_the_files()
    {
        string folder = NewFolder();
        WriteFile(folder, "manifest.yaml", TestHome.Manifest("my-ext", "1.2.3", "  - uses: file.write\nendpoints:\n  - {path: /x, method: get}\nenabled: false\n"));
        WriteFile(folder, "extension.yaml", "id: other\nload_mode: lazy\nautostart: true\nhot_reload: false\ndescription: Better\n");
        string script = WriteFile(folder, "bin/run.sh", "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, (UnixFileMode)0x1ED);
        }

        PackageDetails details = Inspect(folder);

        Assert.Equal(("other", "Extension", "my-ext", "1.2.3", "Better", "workflow"), (details.Id, details.Type, details.Name, details.Version, details.Description, details.Kind));
        Assert.Equal((false, false, true, "lazy"), (details.EnabledByDefault, details.HotReload, details.AutoStart, details.LoadMode));
        Assert.Equal(["llm.chat", "file.write"], details.Steps);
        Assert.Equal(["GET /x"], details.Endpoints);
        PackagedFile file = details.Files[0];
        Assert.Equal(("bin/run.sh", 10L, Hash("#!/bin/sh\n"u8.ToArray())), (file.Path, file.Length, file.Sha256));
        Assert.Equal(OperatingSystem.IsWindows() ? null : true, file.Executable);
        Assert.Equal(3, details.Files.Count);
    }

    [Fact]
    public void An_inspection_of_a_module_names_the_extensions_of_its_steps()
    {
        string folder = NewFolder();
        WriteFile(folder, "agenticmodule.yaml", "name: m\nversion: 1.0.0\ndescription: d\nsteps: [{extension: a}, {extension: b}]\n");
        WriteFile(folder, "module.yaml", "entry_workflow: main\n");

        PackageDetails details = Inspect(folder);

        Assert.Equal(["a", "b"], details.Steps);
        Assert.Equal(("main", null, null), (details.EntryWorkflow, details.LoadMode, details.Kind));
    }
}
