using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using LlamaGate.Tests.Packages;
using Xunit;

namespace LlamaGate.Tests.Fuzzing;

/// <summary>Packages that mean harm, offered to the store: refused, and nothing anywhere is as it would be without them.</summary>
public sealed class HostileImportTests : IDisposable
{
    private readonly TestHome test = new(inMemory: true);

    public static TheoryData<string> Hostile => [.. HostilePackage.All.Select(package => package.What)];

    public static TheoryData<string> Unusual { get; } =
    [
        "zip64", "a comment", "no modes", "written by a Windows tool", "stored", "deflated", "data descriptors", "zip64 data descriptors",
        "names in UTF-8", "wrapped in one folder", "a manifest with a byte order mark", "a manifest with CRLF", "folders of their own", "extra fields",
    ];

    public void Dispose() => test.Dispose();

    [Theory]
    [MemberData(nameof(Hostile))]
    public void It_is_refused_and_leaves_no_trace(string what)
    {
        HostilePackage package = HostilePackage.All.Single(each => each.What == what);
        test.Import(test.ExtensionZip("installed"));
        string zip = Save(package.Build());
        string before = TestHome.Snapshot(test.Root);
        string[] outside = Outside();

        // A dry run tells the same, and does not even make a folder.
        using (PackageStore store = test.Open())
        {
            ImportOutcome dry = Assert.Single(store.Import([zip], new ImportOptions(checkOnly: true), _ => true, default));
            Assert.Equal(package.ErrorId, dry.Error?.ErrorId);
        }

        Assert.Equal(before, TestHome.Snapshot(test.Root));
        LlamaGateException error = test.ImportFails(zip);

        Assert.Equal(package.ErrorId, error.ErrorId);
        Assert.Contains(package.Reason, error.Message, StringComparison.Ordinal);
        Assert.True(error.Problems.Count > 0 || package.Reason is "item not found" or "ambiguous");
        Assert.DoesNotContain("Exception", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, c => char.IsControl(c) && c != '\n');
        Assert.Equal(WithoutStaging(before), WithoutStaging(TestHome.Snapshot(test.Root)));
        Assert.Equal(outside, Outside());
        test.AssertNoStaging();
    }

    [Fact]
    public void Every_violation_is_named()
    {
        ZipForge zip = HostilePackage.Good();
        (string Name, string Reason)[] names =
        [
            ("../up", "'..'"), ("/top", "absolute"), ("C:/drive", "that Windows does not allow"), ("a\\..\\b", "'..'"), ("nul.txt", "device name of Windows"),
            ("dot.", "dot or a space"), (new string('n', 300), "300 bytes"), ("control\u0007", "control character"),
            ("manifest.yaml", "more than once"), ("Manifest.yaml", "only by case"), ("link", "symbolic link"), ("secret", "encrypted"),
            ("packed", "method 9"),
        ];
        foreach ((string name, string _) in names)
        {
            zip.Add(name, "evil");
        }

        zip.Entries[^3].Mode = 0xA1FF;
        zip.Entries[^2].Flags = 1;
        zip.Entries[^1].Method = 9;

        LlamaGateException error = test.ImportFails(Save(zip.Build()));

        Assert.All(names, each => Assert.Contains(error.Problems, problem =>
            problem.Message.Contains(each.Reason, StringComparison.Ordinal)
            && problem.File.StartsWith(each.Name.Replace('\\', '/')[..Math.Min(7, each.Name.Length)].TrimEnd('\a'), StringComparison.Ordinal)));
    }

    [Fact]
    public void Cut_off_at_every_kibibyte_it_is_refused()
    {
        ZipForge zip = HostilePackage.Good();
        zip.Add("stored.bin", Noise(20_000));
        zip.Add("deflated.txt", Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, 4000)))).Method = 8;
        byte[] whole = zip.Build();
        Assert.Equal(ImportedItem.Installed, test.Import(Save(whole)).Status);
        Dictionary<string, string> before = new(TestHome.Tree(test.Home.Path));

        for (int length = 0; length < whole.Length; length += 1024)
        {
            Assert.Equal(ErrorIds.PackageInvalid, test.ImportFails(Save(whole[..length])).ErrorId);
        }

        Assert.Equal(before, TestHome.Tree(test.Home.Path));
    }

    [Fact]
    public void Among_others_it_stops_none()
    {
        string zip = Save(HostilePackage.All[0].Build());

        Assert.Equal(
            ["a", null, "b"],
            test.Import(new ImportOptions(), test.ExtensionZip("a"), zip, test.ExtensionZip("b")).Select(outcome => outcome.Item?.Id));
    }

    [Theory]
    [MemberData(nameof(Unusual))]
    public void What_is_only_unusual_is_installed(string what)
    {
        ImportedItem item = test.Import(Save(Forge(what)));

        Assert.Equal((ImportedItem.Installed, "hostile", "1.0.0"), (item.Status, item.Id, item.Version));
        Dictionary<string, string> files = new(TestHome.Tree(item.Path));
        Assert.Equal("text", files[what == "names in UTF-8" ? "sub/\u00e9\u4e2d\U0001F999.txt" : "sub/file.txt"]);
        Assert.Equal(2, files.Count);
    }

    // The folders of staging, empty, may have been made, and the time of the one that holds them changes.
    private static string WithoutStaging(string snapshot) => string.Join('\n', snapshot.Split('\n')
        .Where(line => !line.StartsWith(Path.Combine("home", "tmp"), StringComparison.Ordinal) && !line.StartsWith("home|", StringComparison.Ordinal)));

    // What a name that climbs or is absolute would have made.
    private string[] Outside() => [.. new[] { Path.GetPathRoot(test.Root)!, Path.GetTempPath(), Path.GetDirectoryName(test.Root)!, Path.Combine(test.Root, "../..") }
        .SelectMany(folder => Directory.GetFileSystemEntries(folder, "*evil*"))];

    private string Save(byte[] zip)
    {
        string path = Path.Combine(test.Root, Guid.NewGuid().ToString("N") + ".zip");
        File.WriteAllBytes(path, zip);
        return path;
    }

    private static byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        new Random(1).NextBytes(noise);
        return noise;
    }

    private static byte[] Forge(string what)
    {
        string manifest = TestHome.Manifest("hostile");
        string folder = what == "wrapped in one folder" ? "hostile-1.0.0/" : string.Empty;
        var zip = new ZipForge { Zip64 = what == "zip64", Comment = Encoding.UTF8.GetBytes(what == "a comment" ? "Made by hand." : string.Empty) };
        if (what == "folders of their own")
        {
            zip.Add("sub/").Mode = 0x41ED;
        }

        zip.Add(folder + "manifest.yaml", what switch
        {
            "a manifest with a byte order mark" => "\ufeff" + manifest,
            "a manifest with CRLF" => manifest.ReplaceLineEndings("\r\n"),
            _ => manifest,
        });
        zip.Add(folder + (what == "written by a Windows tool" ? "sub\\file.txt" : what == "names in UTF-8" ? "sub/\u00e9\u4e2d\U0001F999.txt" : "sub/file.txt"), "text");
        foreach (ForgedEntry entry in zip.Entries)
        {
            entry.Zip64 = what.StartsWith("zip64", StringComparison.Ordinal);
            entry.Method = (ushort)(what == "stored" || entry.Content.Length == 0 ? 0 : 8);
            entry.Descriptor = what switch
            {
                "data descriptors" => 16,
                "zip64 data descriptors" => 24,
                _ => null,
            };
            entry.Extra = what == "extra fields" ? [0x55, 0x54, 5, 0, 1, 0, 0, 0, 0] : [];
            if (what == "written by a Windows tool")
            {
                entry.Attributes = 0x20; // Archive
            }
            else if (what != "no modes" && !what.StartsWith("folders", StringComparison.Ordinal))
            {
                entry.Mode = 0x81A4;
            }
        }

        return zip.Build();
    }
}
