using System;
using System.IO;
using System.Linq;
using LlamaGate.Tests.Gateway;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Each finding of <c>doctor</c>: made to arise, and ended by its remedy as it is printed.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly DoctorSandbox doctor = new();

    private Sandbox Sandbox => doctor.Sandbox;

    public void Dispose() => doctor.Dispose();

    public static TheoryData<string> Findings =>
    [
        "RegistryUnreadable", "JournalUnreadable", "RegistryUnreadableByGateway", "NotRegistered", "FolderMissing", "RegistryDiffers", "NotAnItem", "Modified",
        "GatewayRefuses", "NameShadowed", "DisabledAndLoaded", "DisabledByManifest", "LegacyCopyLoaded", "LegacyCopy", "LegacyOnly",
        "LegacyModuleRuns", "LegacyModule", "StepDisabled", "StepMissing", "StaleChecksums", "StaleBackups", "StaleStaging", "GatewayBackup",
        "GatewayBackupLost", "GatewayBehind", "DotEnvUnreadable", "NoPermission", "NotVerified", "LookFailed", "LocksDoNotHold",
        "GatewayRejects", "GatewayWithoutExtensions", "GatewayAnswersOddly", "TemplatesElsewhere",
    ];

    [Theory]
    [MemberData(nameof(Findings))]
    public void A_finding_arises_and_its_remedy_ends_it(string id)
    {
        SkipWhereNothingIsForbidden(id is "NoPermission" or "NotVerified" or "LookFailed");
        Assert.SkipWhen(id is "LocksDoNotHold" && OperatingSystem.IsWindows(), "Locks cannot be switched off on Windows.");
        Assert.DoesNotContain(doctor.Examine(), finding => finding.Id == id);
        doctor.Arrange(id);

        (string _, string item, string remedy) = Assert.Single(doctor.Examine().DistinctBy(finding => (finding.Id, finding.Item)), finding => finding.Id == id);

        Assert.DoesNotContain(doctor.ExamineAfter(remedy), finding => finding.Id == id && finding.Item == item);
    }

    /// <summary>A link in the place of a folder stops the looks as a missing permission does, and another remedy ends that.</summary>
    [Fact]
    public void A_link_in_the_home_that_stops_the_looks_is_moved_away_by_the_remedy()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only administrators make links.");
        doctor.Import("a");
        string installed = Path.GetDirectoryName(doctor.ItemFolder("a"))!;
        Directory.Move(installed, Path.Combine(Sandbox.Folder, "elsewhere"));
        Directory.CreateSymbolicLink(installed, Path.Combine(Sandbox.Folder, "elsewhere"));

        string remedy = doctor.Examine().First(finding => finding.Id == "LookFailed").Remedy;

        Assert.DoesNotContain(doctor.ExamineAfter(remedy), finding => finding.Id == "LookFailed");
        Assert.True(File.Exists(Path.Combine(Sandbox.Folder, "elsewhere", "a", "manifest.yaml")));
        Assert.True(Directory.Exists(installed + ".off"));
    }

    [Fact]
    public void A_file_in_the_place_of_a_folder_is_moved_away_by_the_remedy()
    {
        doctor.Import("a");
        string obstacle = Path.Combine(Sandbox.Home, "agentic-modules", "installed");
        DoctorSandbox.Write(obstacle, "mine");

        string remedy = doctor.Examine().First(finding => finding.Id == "LookFailed").Remedy;

        Assert.DoesNotContain(doctor.ExamineAfter(remedy), finding => finding.Id == "LookFailed");
        Assert.Equal("mine", File.ReadAllText(obstacle + ".off"));
    }

    public static TheoryData<string, string> Oddities => new()
    {
        { "NotAnItem", "a folder whose name cannot be an id" },
        { "NotAnItem", "a folder whose name begins with a dash" },
        { "NotAnItem", "a folder that may not be read" },
        { "NotAnItem", "a manifest that may not be read" },
        { "DisabledAndLoaded", "an extension.yaml whose last line has no end" },
        { "DisabledAndLoaded", "an extension.yaml with another id" },
        { "DisabledAndLoaded", "an id that is a number" },
        { "LegacyCopy", "a folder that was set aside before" },
        { "LegacyCopy", "a folder with quotes and blanks" },
        { "DotEnvUnreadable", "an .env that may not be read" },
        { "LookFailed", "a folder of modules that may not be read" },
    };

    /// <summary>Names and contents for which a remedy that is right for others does not work.</summary>
    [Theory]
    [MemberData(nameof(Oddities))]
    public void A_remedy_ends_its_finding_for(string id, string what)
    {
        SkipWhereNothingIsForbidden(what.EndsWith("may not be read", StringComparison.Ordinal));
        ArrangeOddly(what);

        (string _, string item, string remedy) = Assert.Single(doctor.Examine(), finding => finding.Id == id);

        Assert.DoesNotContain(doctor.ExamineAfter(remedy), finding => finding.Id == id || finding.Item == item);
    }

    [Fact]
    public void What_was_set_aside_before_is_kept()
    {
        ArrangeOddly("a folder that was set aside before");

        doctor.ExamineAfter(doctor.Examine().Single(finding => finding.Id == "LegacyCopy").Remedy);

        Assert.Equal("mine", File.ReadAllText(Path.Combine(Sandbox.Folder, "extensions", "twice", "manifest.yaml.off")));
    }

    /// <summary>What the user may not read need not be broken: it is not deleted for that.</summary>
    [Fact]
    public void The_remedy_for_an_item_that_may_not_be_read_does_not_remove_it()
    {
        SkipWhereNothingIsForbidden(isNeeded: true);
        ArrangeOddly("a manifest that may not be read");

        doctor.ExamineAfter(doctor.Examine().Single(finding => finding.Id == "NotAnItem").Remedy);

        Assert.True(File.Exists(Path.Combine(doctor.ItemFolder("a"), "manifest.yaml")));
    }

    [Fact]
    public void Every_finding_that_the_help_names_has_a_test()
    {
        string help = File.ReadAllText(Path.Combine(Repository.Root, "docs", "Test-LlamaGateHome.md"));
        string notes = help[help.IndexOf("The ids of findings:", StringComparison.Ordinal)..help.IndexOf("## RELATED LINKS", StringComparison.Ordinal)];

        // Two need a store in the middle of its work: see the tests of LlamaGate.Core.
        Assert.Equal(
            Findings.Select(row => row.Data).Concat(["InterruptedChange", "RegistryBehind"]).Order(StringComparer.Ordinal),
            notes.Split('`').Where((_, index) => index % 2 == 1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_home_that_is_well_has_no_findings()
    {
        doctor.Import("a");
        string before = Sandbox.Snapshot();

        Assert.Equal("No problems found.\n", Sandbox.Done("doctor"));
        Assert.Equal(before, Sandbox.Snapshot());
    }

    [Fact]
    public void The_exit_code_is_1_for_errors_and_0_for_all_else()
    {
        doctor.Import("a");
        Directory.Move(doctor.ItemFolder("a"), doctor.ItemFolder("b"));

        CommandResult result = Sandbox.Run("doctor");

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.EndsWith("\nErrors: 1; warnings: 1; information: 0\n", result.Output, StringComparison.Ordinal);
        Sandbox.Run("sync");
        doctor.Arrange("LegacyCopy");
        Assert.Equal(0, Sandbox.Run("doctor").ExitCode);
    }

    [Fact]
    public void No_line_is_longer_than_80_characters_but_for_paths_and_commands()
    {
        doctor.Arrange("GatewayRefuses");
        doctor.Arrange("StepMissing");

        string[] lines = Sandbox.Run("doctor").Output.TrimEnd().Split('\n');

        Assert.Contains("warning GatewayRefuses: extension refused", lines);
        Assert.All(lines, line => Assert.True(line.Length <= 80 || line.Split(' ').Any(word => word.Length > 40) || line.Contains("Remedy: ", StringComparison.Ordinal), line));
    }

    [Fact]
    public void A_gateway_of_another_home_is_not_asked()
    {
        LoopbackServer server = doctor.Gateway(404, "{}");

        Sandbox.Run("doctor", "--home", "other");

        Assert.Empty(server.Requests);
    }

    private void SkipWhereNothingIsForbidden(bool isNeeded)
    {
        Assert.SkipWhen(isNeeded && OperatingSystem.IsWindows(), "Windows has no modes of files.");
        Sandbox.IsUnprivileged = isNeeded;
        Assert.SkipUnless(Sandbox.CanBeUnprivileged || !isNeeded, "This needs setpriv (util-linux), so that something is forbidden to root.");
    }

    private void ArrangeOddly(string what)
    {
        switch (what)
        {
            case "a folder whose name cannot be an id":
                DoctorSandbox.Write(Path.Combine(doctor.ItemFolder("my item (1)"), "manifest.yaml"), Sandbox.Manifest("mine"));
                break;
            case "a folder whose name begins with a dash":
                DoctorSandbox.Write(Path.Combine(doctor.ItemFolder("-x"), "manifest.yaml"), "name: [");
                break;
            case "a folder that may not be read":
                doctor.Import("a");
                DoctorSandbox.Forbid(doctor.ItemFolder("a"), UnixFileMode.None);
                break;
            case "a manifest that may not be read":
                doctor.Import("a");
                DoctorSandbox.Forbid(Path.Combine(doctor.ItemFolder("a"), "manifest.yaml"), UnixFileMode.None);
                break;
            case "an extension.yaml whose last line has no end":
                DisableUnderItsFolder("folder", Sandbox.Manifest("other"), "hot_reload: true");
                break;
            case "an extension.yaml with another id":
                DisableUnderItsFolder("folder", Sandbox.Manifest("folder"), "id: other\n");
                break;
            case "an id that is a number":
                DisableUnderItsFolder("2", Sandbox.Manifest("other"), "hot_reload: true\n");
                break;
            case "a folder that was set aside before":
                doctor.Arrange("LegacyCopy");
                Sandbox.Write("extensions/twice/manifest.yaml.off", "mine");
                break;
            case "a folder with quotes and blanks":
                doctor.Import("twice");
                Sandbox.Write("extensions/it's 'my' & your (own)/manifest.yaml", Sandbox.Manifest("twice"));
                break;
            case "an .env that may not be read":
                DoctorSandbox.Forbid(Sandbox.Write(".env", "PORT=1\n"), UnixFileMode.None);
                break;
            case "a folder of modules that may not be read":
                Sandbox.Write("agenticmodules/m/agenticmodule.yaml", "name: m\n");
                DoctorSandbox.Forbid(Path.Combine(Sandbox.Folder, "agenticmodules"), UnixFileMode.None);
                break;
            default:
                Assert.Fail("There is no home for " + what);
                break;
        }
    }

    private void DisableUnderItsFolder(string folder, string manifest, string packaging)
    {
        DoctorSandbox.Write(Path.Combine(doctor.ItemFolder(folder), "manifest.yaml"), manifest);
        DoctorSandbox.Write(Path.Combine(doctor.ItemFolder(folder), "extension.yaml"), packaging);
        Assert.Equal(0, Sandbox.Run("sync").ExitCode);
        Assert.Equal(0, Sandbox.Run("disable", folder).ExitCode);
    }
}
