using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using LlamaGate.Manifests;
using Xunit;

namespace LlamaGate.Tests.Manifests;

public sealed class FolderManifestFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("llamagate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_manifests_in_a_folder_are_listed_and_nothing_else()
    {
        foreach (string name in new[] { "manifest.yaml", "extension.yml", "README.md", "manifest.yaml.bak", "checksums.txt" })
        {
            Write(name, "x");
        }

        Directory.CreateDirectory(Path.Combine(folder, "module.yaml"));

        string[] files = [.. new FolderManifestFiles(folder).RootFiles.OrderBy(name => name, StringComparer.Ordinal)];
        Assert.Equal(["extension.yml", "manifest.yaml"], files);
    }

    [Fact]
    public void Every_name_of_a_manifest_is_looked_for()
    {
        foreach (string name in ManifestNames.All)
        {
            Write(name, "x");
        }

        Assert.Equal(8, new FolderManifestFiles(folder).RootFiles.Count);
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_manifests() =>
        Assert.Empty(new FolderManifestFiles(Path.Combine(folder, "none")).RootFiles);

    [Fact]
    public void An_item_on_disk_is_read()
    {
        Write("manifest.yaml", InMemoryManifests.Definition);

        ItemManifest manifest = ManifestReader.Read(
            new FolderManifestFiles(folder), ItemType.Extension, "the-folder", folder, TestContext.Current.CancellationToken);

        Assert.Equal("the-folder", manifest.Id);
        Assert.Equal("sample", manifest.Name);
    }

    [Fact]
    public void An_empty_manifest_is_empty()
    {
        Write("manifest.yaml", string.Empty);

        Assert.Equal("manifest.yaml: is empty: write at least 'name' and 'version'", OnlyProblem());
    }

    [Fact]
    public void A_manifest_can_be_replaced_while_it_is_read()
    {
        Write("manifest.yaml", "old");
        using Stream open = new FolderManifestFiles(folder).OpenRootFile("manifest.yaml");

        string renamed = Path.Combine(folder, "renamed");
        File.Move(Path.Combine(folder, "manifest.yaml"), renamed);
        Write("manifest.yaml", "new");

        using var reader = new StreamReader(open);
        Assert.Equal("old", reader.ReadToEnd());
    }

    [Fact]
    public void A_manifest_that_went_away_is_a_problem()
    {
        Write("manifest.yaml", "x");
        var files = new FolderManifestFiles(folder);
        File.Delete(Path.Combine(folder, "manifest.yaml"));

        LlamaGateException refusal = Assert.Throws<LlamaGateException>(() => Read(files));
        Assert.StartsWith("manifest.yaml: cannot be read: ", Assert.Single(refusal.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_are_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links needs a privilege there.");
        string elsewhere = Path.Combine(folder, "elsewhere");
        File.WriteAllText(elsewhere, InMemoryManifests.Definition);
        TestLink.ToFile(Path.Combine(folder, "manifest.yaml"), elsewhere);
        TestLink.ToFile(Path.Combine(folder, "extension.yaml"), Path.Combine(folder, "nowhere"));

        Assert.Empty(new FolderManifestFiles(folder).RootFiles);
    }

    [Fact]
    public void A_pipe_is_never_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Folders hold no pipes there.");
        using (Process mkfifo = Process.Start("mkfifo", [Path.Combine(folder, "manifest.yaml")]))
        {
            mkfifo.WaitForExit();
            Assert.Equal(0, mkfifo.ExitCode);
        }

        Assert.Contains("is a device, a pipe or another special file", OnlyProblem(), StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    private ItemManifest Read(FolderManifestFiles files) =>
        ManifestReader.Read(files, ItemType.Extension, "sample", folder, TestContext.Current.CancellationToken);

    private string OnlyProblem()
    {
        LlamaGateException refusal = Assert.Throws<LlamaGateException>(() => Read(new FolderManifestFiles(folder)));
        return Assert.Single(refusal.Problems).ToString();
    }
}
