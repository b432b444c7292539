using System;
using System.IO;
using System.Linq;
using System.Text;
using LlamaGate.Tests.Packages;
using Xunit;

namespace LlamaGate.Tests.Fuzzing;

/// <summary>Packages that mean harm, offered to the store: refused, and nothing anywhere is as it would be without them.</summary>
public sealed class HostileImportTests : IDisposable
{
    private readonly TestHome test = new();

    public static TheoryData<string, string> Packages { get; } = new(
        ("climbs out", ErrorIds.PackageInvalid),
        ("climbs out with backslashes", ErrorIds.PackageInvalid),
        ("is absolute", ErrorIds.PackageInvalid),
        ("names a drive", ErrorIds.PackageInvalid),
        ("links out and writes below", ErrorIds.PackageInvalid),
        ("names a device", ErrorIds.PackageInvalid),
        ("has a name twice", ErrorIds.PackageInvalid),
        ("has a name that differs by case", ErrorIds.PackageInvalid),
        ("has a file and a folder of one name", ErrorIds.PackageInvalid),
        ("is encrypted", ErrorIds.PackageInvalid),
        ("has a wrong CRC", ErrorIds.PackageInvalid),
        ("is a bomb", ErrorIds.PackageInvalid),
        ("has too many entries", ErrorIds.PackageInvalid),
        ("is cut off", ErrorIds.PackageInvalid),
        ("is text", ErrorIds.PackageInvalid),
        ("is empty", ErrorIds.PackageInvalid),
        ("has no manifest", ErrorIds.PackageInvalid),
        ("has wrong checksums", ErrorIds.ChecksumMismatch),
        ("has an id that climbs out", ErrorIds.ManifestInvalid),
        ("has a manifest that is an alias bomb", ErrorIds.ManifestInvalid),
        ("has a manifest that is nested too deep", ErrorIds.ManifestInvalid),
        ("has a manifest that is no UTF-8", ErrorIds.ManifestInvalid));

    public void Dispose() => test.Dispose();

    [Theory]
    [MemberData(nameof(Packages))]
    public void It_is_refused_and_leaves_no_trace(string what, string errorId)
    {
        test.Import(test.ExtensionZip("installed"));
        string zip = Path.Combine(test.Root, "hostile.zip");
        File.WriteAllBytes(zip, Forge(what));
        string before = TestHome.Snapshot(test.Root);

        LlamaGateException error = test.ImportFails(zip);

        Assert.Equal(errorId, error.ErrorId);
        Assert.DoesNotContain("Exception", error.Message, StringComparison.Ordinal);
        Assert.Equal(WithoutStaging(before), WithoutStaging(TestHome.Snapshot(test.Root)));
        test.AssertNoStaging();
    }

    [Fact]
    public void Among_others_it_stops_none()
    {
        string zip = Path.Combine(test.Root, "hostile.zip");
        File.WriteAllBytes(zip, Forge("climbs out"));

        Assert.Equal(
            ["a", null, "b"],
            test.Import(new ImportOptions(), test.ExtensionZip("a"), zip, test.ExtensionZip("b")).Select(outcome => outcome.Item?.Id));
    }

    // The folders of staging, empty, may have been made, and the time of the one that holds them changes.
    private static string WithoutStaging(string snapshot) => string.Join('\n', snapshot.Split('\n')
        .Where(line => !line.StartsWith("home/tmp", StringComparison.Ordinal) && !line.StartsWith("home|", StringComparison.Ordinal)));

    private static byte[] Forge(string what)
    {
        var forge = new ZipForge();
        string manifest = TestHome.Manifest("hostile");
        switch (what)
        {
            case "climbs out":
                forge.Add("manifest.yaml", manifest);
                forge.Add("a/../../../evil.txt", "evil");
                break;
            case "climbs out with backslashes":
                forge.Add("manifest.yaml", manifest);
                forge.Add("..\\..\\evil.txt", "evil");
                break;
            case "is absolute":
                forge.Add("manifest.yaml", manifest);
                forge.Add("/tmp/llamagate-evil.txt", "evil");
                break;
            case "names a drive":
                forge.Add("manifest.yaml", manifest);
                forge.Add("C:/evil.txt", "evil");
                break;
            case "links out and writes below":
                forge.Add("manifest.yaml", manifest);
                forge.Add("link", "../../../..").Mode = 0xA1FF;
                forge.Add("link/evil.txt", "evil");
                break;
            case "names a device":
                forge.Add("manifest.yaml", manifest);
                forge.Add("docs/aux.txt", "evil");
                break;
            case "has a name twice":
                forge.Add("manifest.yaml", manifest);
                forge.Add("manifest.yaml", manifest);
                break;
            case "has a name that differs by case":
                forge.Add("manifest.yaml", manifest);
                forge.Add("MANIFEST.yaml", manifest);
                break;
            case "has a file and a folder of one name":
                forge.Add("manifest.yaml", manifest);
                forge.Add("a", "file");
                forge.Add("a/b", "below");
                break;
            case "is encrypted":
                forge.Add("manifest.yaml", manifest).Flags |= 1;
                break;
            case "has a wrong CRC":
                forge.Add("manifest.yaml", manifest);
                forge.Add("data.bin", "data").Crc = 1;
                break;
            case "is a bomb":
                forge.Add("manifest.yaml", manifest);
                ForgedEntry bomb = forge.Add("zeros.bin", new byte[1 << 20]);
                bomb.Method = 8;
                bomb.Packed = ForgedEntry.Deflate(new byte[64 << 20]);
                bomb.Length = 1 << 20;
                break;
            case "has too many entries":
                forge.Add("manifest.yaml", manifest);
                for (int i = 0; i < PackageLimits.DefaultMaxEntryCount; i++)
                {
                    forge.Add($"f{i}");
                }

                break;
            case "is cut off":
                forge.Add("manifest.yaml", manifest);
                return forge.Build()[..^30];
            case "is text":
                return Encoding.UTF8.GetBytes("this is no zip at all\n");
            case "is empty":
                return [];
            case "has no manifest":
                forge.Add("readme.txt", "nothing else");
                break;
            case "has wrong checksums":
                forge.Add("manifest.yaml", manifest);
                forge.Add("checksums.txt", new string('0', 64) + "  manifest.yaml\n");
                break;
            case "has an id that climbs out":
                forge.Add("manifest.yaml", TestHome.Manifest("../../evil"));
                break;
            case "has a manifest that is an alias bomb":
                forge.Add("manifest.yaml", manifest + "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(
                    Enumerable.Range(0, 12).Select(i => $"{(char)('b' + i)}: &{(char)('b' + i)} [*{(char)('a' + i)},*{(char)('a' + i)},*{(char)('a' + i)},*{(char)('a' + i)},*{(char)('a' + i)}]\n")));
                break;
            case "has a manifest that is nested too deep":
                forge.Add("manifest.yaml", manifest + "x: " + new string('[', 100_000));
                break;
            case "has a manifest that is no UTF-8":
                forge.Add("manifest.yaml", [.. Encoding.UTF8.GetBytes(manifest), 0xC3, 0x28]);
                break;
            default:
                throw new ArgumentException(what, nameof(what));
        }

        return forge.Build();
    }
}
