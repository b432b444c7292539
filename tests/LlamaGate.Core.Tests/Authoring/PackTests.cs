using System;
using System.IO;
using System.Linq;
using LlamaGate.Tests.Fuzzing;
using Xunit;

namespace LlamaGate.Tests.Authoring;

/// <summary>Source folders that are packed.</summary>
public sealed class PackTests : AuthoringTest
{
    private static readonly UnixFileMode Executable = (UnixFileMode)0x1ED;

    /// <summary>With everything that may make a difference: what is left out, empty folders, checksums, modes, one folder around it all.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("wrapped/")]
    public void It_has_the_bytes_of_an_import_of_the_folder_and_an_export_of_the_item(string prefix)
    {
        string source = NewFolder();
        WriteFile(source, prefix + "manifest.yaml", TestHome.Manifest("my-ext"));
        WriteFile(source, prefix + "templates/body.txt", new string('x', 100_000));
        WriteFile(source, prefix + "noise.bin", Convert.ToBase64String(Noise(400_000)));
        WriteFile(source, prefix + ".llamagateignore", "*.log\n");
        WriteFile(source, prefix + "debug.log", "x");
        WriteFile(source, prefix + "sub/.git/config", "secret");
        Directory.CreateDirectory(Path.Combine(source, prefix + "empty"));
        string script = WriteFile(source, prefix + "run.sh", "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, Executable);
        }

        ExportedPackage packed = Pack(source, Scratch);

        using var home = new TestHome();
        ImportedItem item = home.Import(source);
        using PackageStore store = home.Open();
        ExportedPackage exported = store.Export(item, Path.Combine(home.Root, "exported.zip"), overwrite: false, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(exported.Path), File.ReadAllBytes(packed.Path));
        Assert.Equal((exported.Sha256, exported.Length, exported.FileCount), (packed.Sha256, packed.Length, packed.FileCount));
        Assert.Equal(Path.Combine(Scratch, "my-ext-1.0.0.zip"), packed.Path);
        Assert.True(Check(packed.Path, strict: true).HasChecksums);
        Assert.Equal(ImportedItem.Unchanged, home.Import(packed.Path).Status);
        Assert.Contains(Log.Verboses, message => message.Contains("Left out: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_with_an_error_is_not_packed()
    {
        string source = NewFolder();
        WriteFile(source, "manifest.yaml", "name: x\n");
        string before = Snapshot();

        Assert.Equal(ErrorIds.ManifestInvalid, Assert.Throws<LlamaGateException>(() => Pack(source, InScratch("out/x.zip"))).ErrorId);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Only_a_folder_is_packed()
    {
        string zip = Save(HostilePackage.Good());
        string before = Snapshot();

        foreach (string path in new[] { zip, InScratch("nothing") })
        {
            Assert.Equal(ErrorIds.PackageNotFound, Assert.Throws<LlamaGateException>(() => Pack(path, InScratch("x.zip"))).ErrorId);
        }

        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_file_that_is_there_stays_unless_it_may_be_replaced()
    {
        string source = Create("x").Path;
        string zip = WriteFile(Scratch, "x.zip", "mine");

        Assert.Equal(ErrorIds.DestinationExists, Assert.Throws<LlamaGateException>(() => Pack(source, zip)).ErrorId);
        Assert.Equal("mine", File.ReadAllText(zip));
        Assert.Equal(zip, Pack(source, zip, overwrite: true).Path);
        Assert.Equal(["x", "x.zip"], Directory.EnumerateFileSystemEntries(Scratch).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_package_is_not_written_into_its_own_source()
    {
        string source = Create("x").Path;

        Assert.Equal(ErrorIds.ExportFailed, Assert.Throws<LlamaGateException>(() => Pack(source, source)).ErrorId);
    }

    [Fact]
    public void What_is_not_approved_is_not_written()
    {
        string source = Create("x").Path;
        string before = Snapshot();
        ExportedPackage? offered = null;

        Assert.Null(Authoring.Pack(
            source,
            InScratch("out/"),
            null,
            overwrite: false,
            package =>
            {
                offered = package;
                return false;
            },
            TestContext.Current.CancellationToken));

        Assert.Equal(("x", InScratch(Path.Combine("out", "x-0.1.0.zip"))), (offered!.Id, offered.Path));
        Assert.Equal(before, Snapshot());
    }
}
