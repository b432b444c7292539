using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LlamaGate.Tests.Packages;

namespace LlamaGate.Tests.Fuzzing;

/// <summary>A package that means harm, or is broken, and what must be said of it.</summary>
/// <param name="What">What is the matter with it.</param>
/// <param name="ErrorId">The id of the refusal.</param>
/// <param name="Reason">A part of the message.</param>
/// <param name="Build">Makes its bytes.</param>
internal sealed record HostilePackage(string What, string ErrorId, string Reason, Func<byte[]> Build)
{
    private const int SymbolicLink = 0xA1FF;
    private static readonly string Zeros = new('0', 64);

    public static IReadOnlyList<HostilePackage> All { get; } =
    [
        Named("climbs out", "../evil.txt", "'..'"),
        Named("climbs out from deep below", "a/b/c/../../../../evil.txt", "'..'"),
        Named("climbs out with backslashes", "..\\..\\evil.txt", "'..'"),
        Named("climbs out with both separators", "a/..\\../evil.txt", "'..'"),
        Named("is absolute", "/tmp/llamagate-evil.txt", "absolute"),
        Named("is absolute with backslashes", "\\evil.txt", "absolute"),
        Named("names a share", "//server/share/evil.txt", "absolute"),
        Named("names a drive", "C:/evil.txt", "that Windows does not allow"),
        Named("names a drive with backslashes", "c:\\evil.txt", "that Windows does not allow"),
        Named("has a NUL in a name", "evil.txt\0.png", "control character"),
        Named("has a control character in a name", "evil\u001b[2J.txt", "control character"),
        Named("names a device", "docs/aux.txt", "device name of Windows"),
        Named("has a name that ends in a dot", "evil.", "dot or a space"),
        Named("has a name that ends in a space", "evil /x.txt", "dot or a space"),
        Named("has a name of 300 characters", new string('n', 300), "300 bytes"),
        Named("has a name of 5,000 characters", new string('n', 5000), "5000 bytes"),
        Named("has a path of 5,000 characters", string.Join('/', Enumerable.Repeat(new string('n', 249), 20)), "4999 bytes"),
        Zip("has a name twice", "more than once", zip => zip.Add("manifest.yaml", "name: another")),
        Zip("has a name that differs by case", "only by case", zip => zip.Add("MANIFEST.yaml", "name: another")),
        Zip("has a file and a folder of one name", "for a file and for a folder", zip =>
        {
            zip.Add("a", "file");
            zip.Add("a/b", "below");
        }),
        Zip("has a link", "symbolic link", zip => zip.Add("link", "/etc/passwd").Mode = SymbolicLink),
        Zip("has a link and a file below it", "symbolic link", zip =>
        {
            zip.Add("link", "../../../..").Mode = SymbolicLink;
            zip.Add("link/evil.txt", "evil");
        }),
        Zip("has a device", "a device, a pipe", zip => zip.Add("null").Mode = 0x21B6),
        Zip("is encrypted", "encrypted", zip => zip.Add("secret.txt", "cipher").Flags = 1),
        Zip("is compressed by a method of its own", "method 12", zip => zip.Add("x.bin", "x").Method = 12),
        Zip("has a wrong CRC of deflated content", "CRC-32", zip =>
        {
            ForgedEntry entry = zip.Add("x.txt", "content");
            entry.Method = 8;
            entry.Crc = 1;
        }),
        Zip("has a wrong CRC of stored content", "CRC-32", zip => zip.Add("x.txt", "content").Crc = 1),
        Zip("says less than it holds", "longer than", zip => Deflated(zip, 500).Length = 10),
        Zip("says more than it holds", "ends after", zip => Deflated(zip, 500).Length = 900),
        Zip("says another length of stored content", "stored with", zip => zip.Add("x.txt", "content").Length = 8),
        Zip("has a local header of another name", "local header", zip => zip.Add("x.txt", "x").LocalRawName = "y.txt"u8.ToArray()),
        Zip("has a local header of another size", "local header", zip => zip.Add("x.txt", "x").LocalLength = 2),
        Zip("has two entries on one content", "overlap", zip =>
        {
            zip.Add("x.txt", "x");
            ForgedEntry twin = zip.Add("y.txt", "x");
            twin.OmitFromBody = true;
            twin.Offset = 0;
        }),
        Zip("is a bomb that lies", "longer than", zip =>
        {
            ForgedEntry bomb = zip.Add("zeros.bin", new byte[1 << 20]);
            bomb.Method = 8;
            bomb.Packed = ForgedEntry.Deflate(new byte[64 << 20]);
            bomb.Length = 1 << 20;
        }),
        Zip("is a bomb that tells the truth", "its files have more than", zip =>
        {
            ForgedEntry bomb = zip.Add("zeros.bin");
            bomb.Method = 8;
            bomb.Packed = ForgedEntry.Deflate(new byte[1 << 20]);
            bomb.Length = PackageLimits.DefaultMaxUnpackedBytes + 1;
        }),
        Zip("has 100,000 entries", "more than 10000 entries", zip =>
        {
            for (int i = 0; i < 100_000; i++)
            {
                zip.Add($"f{i}");
            }
        }),
        Zip("has junk before it", "do not belong", zip => zip.Prefix = new byte[100]),
        Zip("has junk in it", "do not belong", zip => zip.AfterDirectory = new byte[100]),
        Zip("has junk at its end", "added at the end", zip => zip.Suffix = new byte[100]),
        Zip("is one part of several", "one part of several", zip => zip.Disk = 1),
        new("is cut off", ErrorIds.PackageInvalid, "bytes are missing", () => Good().Build()[..^10]),
        new("has no end", ErrorIds.PackageInvalid, "cut off", () => Good().Build()[..40]),
        new("is an archive without entries", ErrorIds.PackageInvalid, "no files", () => new ZipForge().Build()),
        new("is an empty file", ErrorIds.PackageInvalid, "empty", () => []),
        new("is a text file", ErrorIds.PackageInvalid, "not a zip file", () => "this is no zip at all, only a text that is called one\n"u8.ToArray()),
        new("has no manifest", ErrorIds.PackageInvalid, "item not found", () => Of(("readme.txt", "nothing else")).Build()),
        new("has a folder that is named like a manifest", ErrorIds.PackageInvalid, "item not found", () => Of(("manifest.yaml/readme.txt", "x"), ("y.txt", "y")).Build()),
        new("is an extension and a module at once", ErrorIds.PackageInvalid, "ambiguous", () => Of(
            ("manifest.yaml", TestHome.Manifest("hostile")),
            ("agenticmodule.yaml", "name: hostile\nversion: 1.0.0\ndescription: d\nsteps:\n  - extension: a\n")).Build()),
        Checked("has wrong checksums", $"{Zeros}  manifest.yaml\n", "SHA-256"),
        Checked("has checksums of nothing", "\n", "not listed"),
        Checked("has checksums of a file that is not there", $"{Zeros}  manifest.yaml\n{Zeros}  ghost.txt\n", "is listed, but is not in the package"),
        Checked("has a checksum twice", $"{Zeros}  manifest.yaml\n{Zeros}  manifest.yaml\n", "listed twice"),
        Checked("has checksums that are none", "manifest.yaml: all well\n", "64 hexadecimal digits"),
        Zip("has a folder that is called as the checksums are", "reserved for the checksums", zip => zip.Add("checksums.txt/x", "x")),
        Zip("has a file that is almost called as the checksums are", "reserved for the checksums", zip => zip.Add("Checksums.TXT", "x")),
        Manifest("has an id that climbs out", TestHome.Manifest("../../evil"), "name"),
        Manifest("has an id that is a device", TestHome.Manifest("con"), "name"),
        Manifest("has an id of 10,000 characters", TestHome.Manifest(new string('i', 10_000)), "name"),
        Manifest("has an empty id", TestHome.Manifest("''"), "name"),
        Manifest("has no version at all", TestHome.Manifest("hostile", "latest"), "version"),
        Manifest("has duplicate keys", TestHome.Manifest("hostile") + "name: other\n", "name"),
        Manifest("names a type in a tag", TestHome.Manifest("hostile") + "description: !!python/object:os.system x\n", "manifest.yaml(7,"),
        Manifest("is an alias bomb", TestHome.Manifest("hostile") + "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(0, 12)
            .Select(i => $"{(char)('b' + i)}: &{(char)('b' + i)} [{string.Join(',', Enumerable.Repeat("*" + (char)('a' + i), 5))}]\n")), "alias"),
        Manifest("is nested 100,000 deep", TestHome.Manifest("hostile") + "x: " + new string('[', 100_000), "deep"),
        Manifest("has a manifest of 100 MiB", TestHome.Manifest("hostile") + "# " + new string('x', 100 << 20), "1 MiB"),
        Manifest("has two documents", TestHome.Manifest("hostile") + "---\nname: other\n", "document"),
        Manifest("has an empty manifest", string.Empty, "empty"),
        new("has a manifest that is no UTF-8", ErrorIds.ManifestInvalid, "UTF-8", () =>
        {
            var zip = new ZipForge();
            zip.Add("manifest.yaml", [.. Encoding.UTF8.GetBytes(TestHome.Manifest("hostile")), 0xC3, 0x28]);
            return zip.Build();
        }),
        new("has a manifest in UTF-16", ErrorIds.ManifestInvalid, "UTF-8", () =>
        {
            var zip = new ZipForge();
            zip.Add("manifest.yaml", Encoding.Unicode.GetBytes(TestHome.Manifest("hostile")));
            return zip.Build();
        }),
    ];

    /// <summary>A package that obeys the rules, to be made worse.</summary>
    public static ZipForge Good() => Of(("manifest.yaml", TestHome.Manifest("hostile")));

    private static ZipForge Of(params (string Name, string Content)[] entries)
    {
        var zip = new ZipForge();
        foreach ((string name, string content) in entries)
        {
            zip.Add(name, content);
        }

        return zip;
    }

    private static HostilePackage Zip(string what, string reason, Action<ZipForge> worsen) => new(what, ErrorIds.PackageInvalid, reason, () =>
    {
        ZipForge zip = Good();
        worsen(zip);
        return zip.Build();
    });

    private static HostilePackage Named(string what, string name, string reason) => Zip(what, reason, zip => zip.Add(name, "evil"));

    private static HostilePackage Checked(string what, string checksums, string reason) =>
        Zip(what, reason, zip => zip.Add("checksums.txt", checksums)) with { ErrorId = ErrorIds.ChecksumMismatch };

    private static HostilePackage Manifest(string what, string manifest, string reason) =>
        new(what, ErrorIds.ManifestInvalid, reason, () =>
        {
            ZipForge zip = Of(("manifest.yaml", manifest));
            zip.Entries[0].Method = 8;
            return zip.Build();
        });

    private static ForgedEntry Deflated(ZipForge zip, int length)
    {
        ForgedEntry entry = zip.Add("x.txt", new string('x', length));
        entry.Method = 8;
        return entry;
    }
}
