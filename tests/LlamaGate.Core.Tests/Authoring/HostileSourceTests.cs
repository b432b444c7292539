using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using LlamaGate.Tests.Fuzzing;
using Xunit;

namespace LlamaGate.Tests.Authoring;

/// <summary>Hostile packages that are offered to be packed: as they are, and unpacked by a tool that asks no questions.</summary>
public sealed class HostileSourceTests : AuthoringTest
{
    // More files than a package may have; the rest of a hundred thousand would only take time.
    private const int EnoughFiles = PackageLimits.DefaultMaxEntryCount + 50;

    // What is wrong with the archive is gone when it is unpacked. What is wrong with the files is still there.
    private static readonly string[] WrongInAFolder =
    [
        "Windows cannot hold", "device on Windows", "dot or a space", "only by case", "symbolic link", "item not found",
        "ambiguous", "list of checksums",
    ];

    public static TheoryData<string> Hostile => [.. HostilePackage.All.Select(package => package.What)];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void It_is_refused_as_a_file_and_nothing_is_written(string what)
    {
        string zip = Save(HostilePackage.All.Single(each => each.What == what).Build());
        string before = Snapshot();

        Assert.Equal(ErrorIds.PackageNotFound, Assert.Throws<LlamaGateException>(() => Pack(zip, InScratch("out/x.zip"))).ErrorId);

        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Its_unpacked_form_gives_the_errors_of_an_import_and_nothing_is_written(string what)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows cannot hold most of these files.");
        HostilePackage package = HostilePackage.All.Single(each => each.What == what);
        string source = NewFolder();
        Unpack(package.Build(), source);
        string before = Snapshot();
        using var home = new TestHome(inMemory: true);
        LlamaGateException? import = home.Import(new ImportOptions(checkOnly: true), source).SingleOrDefault()?.Error;

        LlamaGateException? pack = Record.Exception(() => Pack(source, InScratch("out/x.zip"))) as LlamaGateException;
        LlamaGateException? inspect = Record.Exception(() => Inspect(source)) as LlamaGateException;
        PackageTestResult test = Check(source);

        Assert.Equal((import?.ErrorId, import?.Message), (pack?.ErrorId, pack?.Message));
        Assert.Equal((import?.ErrorId, import?.Message), (inspect?.ErrorId, inspect?.Message));
        Assert.Equal(import is null, test.IsValid);
        if (package.ErrorId != ErrorIds.PackageInvalid || WrongInAFolder.Contains(package.Reason))
        {
            Assert.Equal(package.ErrorId, pack?.ErrorId);
            Assert.Contains(package.Reason, pack!.Message, StringComparison.Ordinal);
        }

        if (import is not null)
        {
            Assert.Equal(before, Snapshot());
        }
    }

    /// <summary>Unpacks what a folder of Linux can hold, links included, and nothing outside the folder.</summary>
    private static void Unpack(byte[] zip, string folder)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip));
            foreach (ZipArchiveEntry entry in archive.Entries.Take(EnoughFiles))
            {
                Unpack(entry, folder);
            }
        }
        catch (InvalidDataException)
        {
            // Not an archive: the folder stays empty.
        }
    }

    private static void Unpack(ZipArchiveEntry entry, string folder)
    {
        string path = Path.Combine(folder, entry.FullName);
        if (path.Contains('\0', StringComparison.Ordinal) || Path.GetFullPath(path) != path || !path.StartsWith(folder + "/", StringComparison.Ordinal)
            || Parents(path, folder).Any(parent => new FileInfo(parent).LinkTarget is not null))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if ((entry.ExternalAttributes >> 28 & 0xF) == 0xA)
            {
                // That it is a link matters, not where it leads: this test looks at everything below the folder.
                File.CreateSymbolicLink(path, Path.Combine(folder, "manifest.yaml"));
            }
            else
            {
                using Stream content = entry.Open();
                using FileStream file = File.Create(path);
                content.CopyTo(file);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // The folder cannot hold it, or its content cannot be read.
        }
    }

    private static IEnumerable<string> Parents(string path, string folder)
    {
        for (string parent = Path.GetDirectoryName(path)!; parent.Length > folder.Length; parent = Path.GetDirectoryName(parent)!)
        {
            yield return parent;
        }
    }
}
