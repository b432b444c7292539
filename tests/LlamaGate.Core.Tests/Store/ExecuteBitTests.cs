using System;
using System.IO;
using System.Runtime.Versioning;
using LlamaGate.Tests.Packages;
using Xunit;

namespace LlamaGate.Tests.Store;

/// <summary>Homes on file systems that hold no permission to execute, or refuse it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ExecuteBitTests : IDisposable
{
    private const ushort NotPermitted = 1;
    private const ushort NoSuchCall = 38;
    private const ushort NotSupported = 95;

    private readonly TestHome test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public void Where_every_file_shows_the_permission_the_same_package_is_unchanged()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows has no modes.");
        string package = Package();
        test.Import(package);

        // As NTFS, exFAT and shares show what was written to them.
        foreach (string file in Directory.EnumerateFiles(test.Home.Path, "*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(file, (UnixFileMode)0x1FF);
        }

        Assert.Equal(ImportedItem.Unchanged, test.Import(package).Status);
    }

    [Fact]
    public void Where_the_permission_is_held_a_file_that_lost_it_gets_it_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows has no modes.");
        string package = Package();
        string program = Path.Combine(test.Import(package).Path, "run.sh");
        File.SetUnixFileMode(program, UnixFileMode.UserRead);

        Assert.Equal(ImportedItem.Updated, test.Import(package).Status);
        Assert.True(File.GetUnixFileMode(program).HasFlag(UnixFileMode.UserExecute));
        test.AssertNoStaging();
    }

    [Theory]
    [InlineData(NotPermitted)]
    [InlineData(NoSuchCall)]
    [InlineData(NotSupported)]
    public void Where_the_permission_is_refused_the_package_is_installed_with_a_warning(ushort error)
    {
        Assert.SkipWhen(RefusedCalls.Chmod.Length == 0, "This needs Linux, which can refuse a system call.");
        string package = Package();

        bool isRefused = RefusedCalls.TryRun(RefusedCalls.Chmod, error, () =>
        {
            Assert.Equal(ImportedItem.Installed, test.Import(package).Status);
            Assert.Contains("run.sh", Assert.Single(test.Log.Warnings), StringComparison.Ordinal);
            Assert.Equal(ImportedItem.Unchanged, test.Import(package).Status);
        });

        Assert.SkipUnless(isRefused, "This kernel cannot be asked to refuse a system call.");
        Assert.False(Directory.Exists(test.Home.BackupFolder(ItemType.Extension, "a")));
        test.AssertNoStaging();
    }

    private string Package()
    {
        var forge = new ZipForge();
        forge.Add("manifest.yaml", TestHome.Manifest("a")).Mode = 0x81A4;
        forge.Add("run.sh", "#!/bin/sh\n").Mode = 0x81ED;
        string path = Path.Combine(test.Root, "a.zip");
        File.WriteAllBytes(path, forge.Build());
        return path;
    }
}
