using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CsCheck;
using LlamaGate.Packages;
using Xunit;

namespace LlamaGate.Tests.Packages;

/// <summary>Whatever happens to the bytes of a package: it is refused as a package is refused, or it is one.</summary>
public sealed class ZipMutationTests : PackageTest
{
    private static readonly int Iterations = TestScale.Times(inShort: 1000, inFull: 200_000);

    /// <summary>Changes of single bytes anywhere, and of the kind that parsers trip over: lengths and offsets at their limits.</summary>
    internal static Gen<Action<List<byte>>> Mutation { get; } = Gen.OneOf<Action<List<byte>>>(
        Gen.Select(Gen.Double[0, 1], Gen.Byte).Select((place, value) => (Action<List<byte>>)(bytes => bytes[At(bytes, place)] = value)),
        Gen.Select(Gen.Double[0, 1], Gen.Int[0, 7]).Select(
            (place, bit) => (Action<List<byte>>)(bytes => bytes[At(bytes, place)] ^= (byte)(1 << bit))),
        Gen.Select(Gen.Double[0, 1], Gen.OneOf<uint>(0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)).Select(
            (place, value) => (Action<List<byte>>)(bytes => Overwrite(bytes, At(bytes, place), BitConverter.GetBytes(value)))),
        Gen.Select(Gen.Double[0, 1], Gen.OneOf<ushort>(0, 1, 8, 0x7FFF, 0xFFFF)).Select(
            (place, value) => (Action<List<byte>>)(bytes => Overwrite(bytes, At(bytes, place), BitConverter.GetBytes(value)))),
        Gen.Select(Gen.Double[0, 1], Gen.Int[1, 40]).Select(
            (place, count) => (Action<List<byte>>)(bytes =>
                bytes.RemoveRange(At(bytes, place), Math.Min(count, bytes.Count - At(bytes, place))))),
        Gen.Select(Gen.Double[0, 1], Gen.Byte.Array[1, 40]).Select(
            (place, more) => (Action<List<byte>>)(bytes => bytes.InsertRange(At(bytes, place), more))),
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[1, 60]).Select((from, to, count) => (Action<List<byte>>)(bytes =>
            Overwrite(bytes, At(bytes, to), [.. bytes.Skip(At(bytes, from)).Take(count)]))),
        Gen.Select(Gen.Double[0, 1], Gen.OneOf("../", "..\\", "/", "C:", "\0", "a/", "manifest.yaml")).Select(
            (place, text) => (Action<List<byte>>)(bytes => Overwrite(bytes, At(bytes, place), Encoding.ASCII.GetBytes(text)))));

    [Fact]
    public void A_mutated_package_is_refused_or_extracted_below_its_folder()
    {
        byte[][] packages = [.. Forges().Select(forge => forge.Build())];
        string sandbox = NewFolder();
        int accepted = 0;

        Gen.Select(Gen.Int[0, packages.Length - 1], Mutation.List[1, 3]).Sample(
            (which, mutations) =>
            {
                var bytes = new List<byte>(packages[which]);
                foreach (Action<List<byte>> mutate in mutations.Where(_ => bytes.Count > 0))
                {
                    mutate(bytes);
                }

                accepted += Extract(sandbox, [.. bytes]) ? 1 : 0;
            },
            iter: Iterations,
            threads: 1,
            print: sample => $"package {sample.Item1}, {sample.Item2.Count} mutations");

        Assert.Equal(["scratch"], Directory.GetFileSystemEntries(Path.GetDirectoryName(Scratch)!).Select(Path.GetFileName));

        // A comment or an extra field may say anything: that some pass shows that the others were refused for a reason.
        Assert.InRange(accepted, 1, Iterations / 2);
        TestScale.Report(Iterations, "mutated archives");
    }

    [Fact]
    public void A_package_whose_every_header_field_is_broken_in_turn_is_refused_or_extracted_below_its_folder()
    {
        string sandbox = NewFolder();
        foreach (byte[] package in Forges().Select(forge => forge.Build()))
        {
            for (int place = 0; place < package.Length; place++)
            {
                foreach (byte value in new byte[] { 0xFF, (byte)(package[place] + 1) })
                {
                    byte[] broken = [.. package];
                    broken[place] = value;
                    Extract(sandbox, broken);
                }
            }
        }

        Assert.Equal(["scratch"], Directory.GetFileSystemEntries(Path.GetDirectoryName(Scratch)!).Select(Path.GetFileName));
    }

    private static IEnumerable<ZipForge> Forges()
    {
        var plain = new ZipForge { Comment = Encoding.ASCII.GetBytes("a comment") };
        plain.Add("manifest.yaml", "name: x").Mode = 0x81A4;
        plain.Add("sub/text.txt", new string('x', 200)).Method = 8;
        plain.Add("sub/empty/");
        yield return plain;

        var modern = new ZipForge { Zip64 = true };
        modern.Add("manifest.yaml", "name: x").Descriptor = 16;
        ForgedEntry large = modern.Add("\u00e9.bin", Noise(60));
        large.Zip64 = true;
        large.Method = 8;
        large.Descriptor = 24;
        large.Extra = [0x55, 0x54, 5, 0, 1, 0, 0, 0, 0];
        yield return modern;
    }

    /// <summary>Extracts a package and checks that nothing else happens. Whether it was accepted.</summary>
    private static bool Extract(string sandbox, byte[] zip)
    {
        string path = Path.Combine(sandbox, "package.zip");
        string folder = Path.Combine(sandbox, "target");
        File.WriteAllBytes(path, zip);
        try
        {
            using PackageContent content = Open(path);
            Directory.CreateDirectory(folder);
            content.ExtractTo(folder, Work());
            Assert.Equal(
                content.Files.Select(file => file.Path).Concat(content.Folders.Select(name => name + "/")).Order(StringComparer.Ordinal),
                ReadTree(folder).Keys.Order(StringComparer.Ordinal));
            return true;
        }
        catch (LlamaGateException refusal)
        {
            Assert.Contains(refusal.ErrorId, new[] { ErrorIds.PackageInvalid, ErrorIds.ChecksumMismatch });
            return false;
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Assert.Equal([path], Directory.GetFileSystemEntries(sandbox));
        }
    }

    private static int At(List<byte> bytes, double place) => Math.Min((int)(place * bytes.Count), bytes.Count - 1);

    private static void Overwrite(List<byte> bytes, int at, byte[] values)
    {
        for (int i = 0; i < values.Length && at + i < bytes.Count; i++)
        {
            bytes[at + i] = values[i];
        }
    }
}
