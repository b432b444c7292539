using System;
using System.IO;
using System.Linq;
using LlamaGate.Packages;
using Xunit;

namespace LlamaGate.Tests.Packages;

/// <summary>Files on disk that somebody writes to while they are read.</summary>
public sealed class GrowingFileTests : PackageTest
{
    private const int Length = 300_000;

    [Fact]
    public void Of_a_file_that_grows_what_it_had_is_imported()
    {
        (string source, string log) = Folder();
        using PackageContent content = Open(source);
        using FileStream writer = Append(log);
        string target = NewFolder();

        content.ExtractTo(target, Work(onStep: step => Grow(writer, step, "extract-write")));

        Assert.Equal(Noise(Length), File.ReadAllBytes(Path.Combine(target, "a.log")));
        Assert.True(writer.Length > Length);
    }

    [Fact]
    public void Of_a_file_that_grows_what_it_had_is_exported()
    {
        (string source, string log) = Folder();
        using FileStream writer = Append(log);
        using var output = new MemoryStream();

        PackageWriter.Write(source, output, Work(onStep: step => Grow(writer, step, "export-write")));

        using PackageContent package = Open(Save(output.ToArray()));
        package.Verify(Work());
        Assert.Equal(Length, package.Files.Single(file => file.Path == "a.log").Length);
        Assert.True(writer.Length > Length);
    }

    [Fact]
    public void What_is_opened_later_is_read_as_it_is_then()
    {
        (string source, string log) = Folder();
        using PackageContent content = Open(source);
        File.WriteAllText(Path.Combine(source, "manifest.yaml"), "a much longer text than before");
        File.WriteAllText(log, "now");
        string target = NewFolder();

        content.ExtractTo(target, Work());

        Assert.Equal("a much longer text than before", File.ReadAllText(Path.Combine(target, "manifest.yaml")));
        Assert.Equal("now", File.ReadAllText(Path.Combine(target, "a.log")));
        using Stream manifest = content.OpenRootFile("manifest.yaml");
        Assert.Equal("a much longer text than before".Length, manifest.Length);
    }

    [Fact]
    public void A_file_that_loses_its_end_while_it_is_imported_is_said_to_change()
    {
        (string source, string log) = Folder();
        using PackageContent content = Open(source);

        LlamaGateException refusal = Assert.Throws<LlamaGateException>(
            () => content.ExtractTo(NewFolder(), Work(onStep: step => Cut(log, step, "extract-write"))));

        Assert.Equal(ErrorIds.PackageInvalid, refusal.ErrorId);
        Assert.Contains("became shorter while it was read", Assert.Single(refusal.Problems).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Get it again", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_loses_its_end_while_it_is_exported_is_said_to_change()
    {
        (string source, string log) = Folder();

        IOException failure = Assert.ThrowsAny<IOException>(
            () => PackageWriter.Write(source, new MemoryStream(), Work(onStep: step => Cut(log, step, "export-write"))));

        Assert.Contains("'a.log' became shorter while it was read", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Close the program", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_grows_is_held_to_the_limit()
    {
        (string source, string log) = Folder();
        using PackageContent content = Open(source, new PackageLimits(maxUnpackedBytes: Length + 100));
        using (FileStream writer = Append(log))
        {
            writer.Write(new byte[200]);
        }

        LlamaGateException refusal = Assert.Throws<LlamaGateException>(() => content.Verify(Work()));

        Assert.Contains("has grown", Assert.Single(refusal.Problems).Message, StringComparison.Ordinal);
    }

    private (string Source, string Log) Folder()
    {
        string source = NewFolder();
        WriteFile(source, "manifest.yaml", "m");
        string log = Path.Combine(source, "a.log");
        File.WriteAllBytes(log, Noise(Length));
        return (source, log);
    }

    // As programs open their logs.
    private static FileStream Append(string log) => new(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);

    private static void Grow(FileStream writer, string step, string wanted)
    {
        if (step == wanted)
        {
            lock (writer)
            {
                writer.Write(new byte[10_000]);
                writer.Flush();
            }
        }
    }

    private static void Cut(string log, string step, string wanted)
    {
        if (step == wanted)
        {
            using var file = new FileStream(log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.SetLength(10);
        }
    }
}
