using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.Gateway;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>Findings that need a store in the middle of its work; the others are made to arise through the command line.</summary>
public sealed class DoctorTests : IDisposable
{
    private const ushort NotSupported = 95;
    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void Changes_that_the_registry_does_not_hold_yet_are_told()
    {
        test.Import(test.ExtensionZip("a"));
        using PackageStore writer = test.Open();
        writer.SetEnabled(writer.FindItem("a", null), enabled: false, TestContext.Current.CancellationToken);

        HomeFinding finding = Assert.Single(Examine());
        Assert.Equal(("RegistryBehind", HomeFinding.Warning, test.Home.JournalFile), (finding.Id, finding.Severity, finding.Item));
        Assert.Contains("contains 1 changes", finding.Message, StringComparison.Ordinal);
        Assert.Equal($"llamagate sync --home {Word(test.Home.Path)}", finding.CommandLine);

        Sync();
        Assert.Empty(Examine());
    }

    [Fact]
    public void An_interrupted_change_is_told()
    {
        test.Import(test.ExtensionZip("a", "1.0.0"));
        Interrupt(test.ExtensionZip("a", "2.0.0"));

        HomeFinding finding = Assert.Single(Examine(), each => each.Id is "InterruptedChange");
        Assert.Equal(("a", "Extension"), (finding.Item, finding.Type));
        Assert.Equal($"llamagate sync --home {Word(test.Home.Path)}", finding.CommandLine);

        Sync();
        Assert.DoesNotContain(Examine(), each => each.Id is "InterruptedChange");
    }

    [Fact]
    public void A_home_on_a_file_system_without_locks_is_told_and_a_copy_elsewhere_is_well()
    {
        Assert.SkipWhen(RefusedCalls.Lock.Length == 0, "The numbers of the system calls are not known here.");
        test.Import(test.ExtensionZip("a"));
        IReadOnlyList<HomeFinding> findings = [];
        Assert.SkipUnless(
            RefusedCalls.TryRun(RefusedCalls.Lock, NotSupported, () => findings = Examine()), "The kernel cannot be asked to refuse locks here.");

        HomeFinding finding = Assert.Single(findings);
        Assert.Equal("LocksDoNotHold", finding.Id);
        Assert.Contains("the file system does not support them", finding.Message, StringComparison.Ordinal);
        string copy = Path.Combine(test.Root, "a copy");

        // The last command of the remedy is the sync, which this test does itself.
        string asked = Path.Combine(test.Root, "asked");
        Assert.True(SystemTool.TryRun("/bin/sh", "-c", $"llamagate() {{ echo \"$*\" > '{asked}'; }}; echo '{copy}' | {{ {finding.CommandLine}; }}"));
        Assert.Equal($"sync --home {copy}\n", File.ReadAllText(asked));
        using (var writer = new PackageStore(new LlamaGateHome(copy), test.Log))
        {
            writer.Sync(writer.PlanSync(default), _ => true, default);
        }

        using var store = new PackageStore(new LlamaGateHome(copy), test.Log);
        Assert.Empty(store.Examine(
            Path.Combine(test.Root, "extensions"), Path.Combine(test.Root, "agenticmodules"), new GatewaySettings(_ => null, test.Root),
            isGatewayHome: false, TestContext.Current.CancellationToken));
        Assert.Equal("a", Assert.Single(store.GetItems()).Id);
    }

    [Fact]
    public void Errors_come_first()
    {
        test.Import(test.ExtensionZip("lost"));
        Directory.Delete(test.Home.ItemFolder(ItemType.Extension, "lost"), recursive: true);
        test.Write("extensions/installed/found/manifest.yaml", TestHome.Manifest("found"));
        test.Write("registry/checksums/extension/gone.sha256", string.Empty);

        Assert.Equal(["Error", "Warning", "Information"], Examine().Select(finding => finding.Severity));
    }

    [Fact]
    public void A_look_that_fails_is_a_finding_and_the_others_go_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "needs links");
        test.Import(test.ModuleZip("mod"));
        string real = test.Folder("real", ("a/manifest.yaml", TestHome.Manifest("a")));
        Directory.CreateDirectory(Path.Combine(test.Home.Path, "extensions"));
        Directory.CreateSymbolicLink(test.Home.InstalledFolder(ItemType.Extension), real);

        IReadOnlyList<HomeFinding> findings = Examine();

        Assert.Contains(findings, finding => finding.Id is "LookFailed" && finding.Message.Contains("is a link", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Id is "StepMissing");
    }

    [Fact]
    public void A_home_that_is_not_there_has_no_findings_and_is_not_made()
    {
        Assert.Empty(Examine());
        Assert.False(Directory.Exists(test.Home.Path));
    }

    // A writer that ends between the journal and the folders, as if it were killed there.
    // As the doctor writes it into a command.
    private static string Word(string path) => OperatingSystem.IsWindows() ? $"\"{path}\"" : path;

    private void Interrupt(string package)
    {
        var settings = test.Context();
        bool isDead = false;
        settings.OnStep = step =>
        {
            isDead |= step is "install.exchange" or "install.set-aside";
            if (isDead)
            {
                throw new InvalidOperationException("killed");
            }
        };
        var store = new PackageStore(settings);
        Assert.Throws<InvalidOperationException>(() => store.Import([package], new ImportOptions(), _ => true, default).ToList());
    }

    private void Sync()
    {
        using PackageStore store = test.Open();
        store.Sync(store.PlanSync(default), _ => true, default);
    }

    private IReadOnlyList<HomeFinding> Examine()
    {
        using PackageStore store = test.Open();
        return store.Examine(
            Path.Combine(test.Root, "extensions"), Path.Combine(test.Root, "agenticmodules"), new GatewaySettings(_ => null, test.Root),
            isGatewayHome: false, TestContext.Current.CancellationToken);
    }
}
