using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>What is installed, compared with what was installed.</summary>
public sealed class IntegrityTests : IDisposable
{
    private readonly TestHome test = new(inMemory: true);

    public void Dispose() => test.Dispose();

    [Fact]
    public void What_was_installed_is_intact()
    {
        test.Import(test.ExtensionZip("alpha"));
        string before = TestHome.Snapshot(test.Root);

        ItemIntegrity integrity = Verify("alpha");

        Assert.Equal((ItemIntegrity.Intact, "Extension", "1.0.0"), (integrity.Status, integrity.Type, integrity.Version));
        Assert.Empty(integrity.ModifiedFiles.Concat(integrity.MissingFiles).Concat(integrity.AddedFiles));
        Assert.Equal(before, TestHome.Snapshot(test.Root));
    }

    [Fact]
    public void Every_file_that_differs_is_named()
    {
        string folder = test.Import(test.ExtensionZip("alpha", more: "enabled: true\n")).Path;
        test.Import(test.ExtensionZip("beta"));
        File.AppendAllText(Path.Combine(folder, "manifest.yaml"), "# mine\n");
        File.Delete(Path.Combine(folder, "templates", "body.txt"));
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "mine");
        File.WriteAllText(Path.Combine(folder, ".DS_Store"), "debris");

        ItemIntegrity integrity = Verify("alpha");

        Assert.Equal(ItemIntegrity.Modified, integrity.Status);
        Assert.Equal(["manifest.yaml"], integrity.ModifiedFiles);
        Assert.Equal(["templates/body.txt"], integrity.MissingFiles);
        Assert.Equal(["notes.txt"], integrity.AddedFiles);
        Assert.Equal(ItemIntegrity.Intact, Verify("beta").Status);
    }

    [Fact]
    public void A_link_in_the_place_of_a_file_is_a_modification()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "Making links takes a privilege on Windows.");
        string folder = test.Import(test.ExtensionZip("alpha")).Path;
        string file = Path.Combine(folder, "templates", "body.txt");
        File.Move(file, Path.Combine(test.Root, "body.txt"));
        File.CreateSymbolicLink(file, Path.Combine(test.Root, "body.txt"));

        Assert.Equal(["templates/body.txt"], Verify("alpha").ModifiedFiles);
    }

    [Fact]
    public void A_folder_that_is_gone_is_missing()
    {
        Directory.Delete(test.Import(test.ExtensionZip("alpha")).Path, recursive: true);

        Assert.Equal(ItemIntegrity.Missing, Verify("alpha").Status);
    }

    [Fact]
    public void What_nobody_installed_is_unrecorded()
    {
        test.Write("extensions/installed/alpha/manifest.yaml", TestHome.Manifest("alpha"));

        ItemIntegrity integrity = Verify("alpha");

        Assert.Equal(ItemIntegrity.Unrecorded, integrity.Status);
        Assert.Empty(integrity.AddedFiles);
    }

    [Fact]
    public void Sync_tells_drift_and_keeps_the_recorded_checksums()
    {
        string folder = test.Import(test.ExtensionZip("alpha")).Path;
        File.AppendAllText(Path.Combine(folder, "manifest.yaml"), "# mine\n");
        using (PackageStore store = test.Open())
        {
            store.Sync(store.PlanSync(default), _ => true, default);
            store.TellDrift(default);
        }

        Assert.Contains(test.Log.Verboses, line => line.Contains("'alpha' differs from what was installed: 1 modified (manifest.yaml)", StringComparison.Ordinal));
        Assert.Equal(ItemIntegrity.Modified, Verify("alpha").Status);
    }

    [Fact]
    public void Accepted_content_is_intact_and_the_others_are_left_alone()
    {
        string folder = test.Import(test.ExtensionZip("alpha")).Path;
        test.Import(test.ExtensionZip("beta"));
        File.AppendAllText(Path.Combine(folder, "manifest.yaml"), "# mine\n");
        test.Write("extensions/installed/gamma/manifest.yaml", TestHome.Manifest("gamma"));
        using (PackageStore store = test.Open())
        {
            store.Sync(store.PlanSync(default), _ => true, default);
        }

        Assert.Empty(Accept(_ => false));
        Assert.Equal(ItemIntegrity.Modified, Verify("alpha").Status);
        Assert.Equal(["alpha", "gamma"], Accept(_ => true).Select(change => change.Id));
        Assert.All(["alpha", "beta", "gamma"], id => Assert.Equal(ItemIntegrity.Intact, Verify(id).Status));
        Assert.Empty(Accept(_ => true));
    }

    [Theory]
    [InlineData("accept.create")]
    [InlineData("accept.write")]
    [InlineData("accept.replace")]
    public void A_failure_leaves_the_recorded_checksums(string step)
    {
        string folder = test.Import(test.ExtensionZip("alpha")).Path;
        string recorded = test.Read("registry/checksums/extension/alpha.sha256");
        File.AppendAllText(Path.Combine(folder, "manifest.yaml"), "# mine\n");
        using (PackageStore store = test.Open(settings => settings.OnStep = name => Fail(name == step)))
        {
            Assert.Equal(
                ErrorIds.InstallFailed, Assert.Throws<LlamaGateException>(() => store.AcceptContent(_ => true, default).ToList()).ErrorId);
        }

        Assert.Equal(recorded, test.Read("registry/checksums/extension/alpha.sha256"));
        Assert.Equal("alpha", Assert.Single(Accept(_ => true)).Id);
    }

    /// <summary>While an update is at it, a reader sees one version or the other with its own checksums, and so does who comes after a crash.</summary>
    [Theory]
    [InlineData("install.exchange")]
    [InlineData("install.keep-backup")]
    [InlineData("install.checksums")]
    [InlineData("backups.prune")]
    public void A_reader_in_the_middle_of_an_update_finds_the_item_intact(string step)
    {
        if (step is "install.keep-backup")
        {
            test.SkipUnlessExchanging(); // It comes after an exchange only.
        }

        foreach (string version in new[] { "1.0.0", "1.1.0", "1.2.0" })
        {
            test.Import(test.ExtensionZip("alpha", version, body: version));
        }

        var seen = new List<ItemIntegrity>();
        using (PackageStore store = test.Open(settings => settings.OnStep = name =>
        {
            if (name == step)
            {
                seen.Add(Verify("alpha"));
            }
        }))
        {
            ImportOutcome outcome = Assert.Single(
                store.Import([test.ExtensionZip("alpha", "2.0.0", body: "new")], new ImportOptions(), _ => true, TestContext.Current.CancellationToken));
            Assert.Null(outcome.Error);
        }

        ItemIntegrity integrity = Assert.Single(seen);
        Assert.Equal((ItemIntegrity.Intact, "2.0.0"), (integrity.Status, integrity.Version));
    }

    private static void Fail(bool now)
    {
        if (now)
        {
            throw new IOException("the disk says no");
        }
    }

    private ItemIntegrity Verify(string id)
    {
        using PackageStore store = test.Open();
        return store.Verify(store.FindItem(id, null), TestContext.Current.CancellationToken);
    }

    private List<SyncChange> Accept(Func<SyncChange, bool> approve)
    {
        using PackageStore store = test.Open();
        return [.. store.AcceptContent(approve, TestContext.Current.CancellationToken)];
    }
}
