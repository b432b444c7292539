using System;
using System.IO;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>The errors that the specification lists under "Troubleshooting", with its phrase and the remedy.</summary>
public sealed class TroubleshootingTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_manifest_that_is_wrong()
    {
        sandbox.Zip("bad.zip", ("manifest.yaml", "name: bad\nversion: 1.0\ntype: workflow\n"));

        Fails("import bad.zip", "ManifestInvalid", "manifest validation failed", "manifest.yaml(2,10): version");
    }

    [Fact]
    public void A_package_without_a_manifest()
    {
        sandbox.Zip("bad.zip", ("readme.txt", "nothing"));

        Fails("import extension bad.zip", "PackageInvalid", "item not found", "manifest.yaml or extension.yaml");
    }

    [Fact]
    public void A_disk_that_does_not_take_it()
    {
        sandbox.ExtensionZip("good.zip", "good");
        Directory.CreateDirectory(sandbox.Home);
        File.WriteAllText(Path.Combine(sandbox.Home, "tmp"), "a file in the way");

        Fails("import good.zip", "InstallFailed", "failed to install", "disk space and permissions");
    }

    [Fact]
    public void An_id_that_is_not_installed() =>
        Fails("export extension nothing --out x.zip", "ItemNotFound", "item not found", "llamagate list");

    [Fact]
    public void An_item_whose_folder_is_gone()
    {
        sandbox.Register(("gone", "extension", true));

        Fails("export extension gone --out x.zip", "SourcePathMissing", "source path does not exist", "llamagate sync");
    }

    [Fact]
    public void A_registry_that_is_corrupt()
    {
        Directory.CreateDirectory(Path.Combine(sandbox.Home, "registry"));
        File.WriteAllText(Path.Combine(sandbox.Home, "registry", "installed.json"), "garbage");

        Fails("list extensions", "RegistryCorrupt", "cannot be read", "llamagate sync");
    }

    private void Fails(string line, string errorId, string phrase, string remedy)
    {
        CommandResult result = sandbox.RunLine("llamagate " + line);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"error {errorId}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(phrase, result.Error, StringComparison.Ordinal);
        Assert.Contains(remedy, result.Error, StringComparison.Ordinal);
    }
}
