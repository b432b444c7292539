using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CsCheck;
using LlamaGate.Tests.Manifests;
using LlamaGate.Tests.Packages;
using Xunit;

namespace LlamaGate.Tests.Fuzzing;

/// <summary>
/// Packages that were valid before random bytes of the archive, or random characters of a manifest, were changed: the store installs
/// them whole or refuses them and stays as it is; no other exception, and nothing is written elsewhere.
/// </summary>
public sealed class MutatedImportTests : IDisposable
{
    private static readonly string[] Refusals =
        [ErrorIds.PackageInvalid, ErrorIds.ManifestInvalid, ErrorIds.ChecksumMismatch, ErrorIds.IdConflict];

    private static readonly string[] Manifests =
    [
        TestHome.Manifest("x", "2.0.0"),
        "name: x\nversion: 2.0.0\ndescription: d\ntype: middleware\nenabled: true\nhooks:\n  - on: request\ninputs:\n  - id: a\n    type: string\n",
    ];

    private static readonly Gen<byte[]> MutatedArchive = Gen.Select(Gen.OneOf(Manifests), Gen.Bool, ZipMutationTests.Mutation.List[1, 3]).Select(
        (manifest, zip64, mutations) =>
        {
            List<byte> bytes = [.. Archive(Encoding.UTF8.GetBytes(manifest), zip64)];
            foreach (Action<List<byte>> mutate in mutations.Where(_ => bytes.Count > 0))
            {
                mutate(bytes);
            }

            return bytes.ToArray();
        });

    private static readonly Gen<byte[]> MutatedManifest =
        ManifestPropertyTests.Edited(Gen.OneOf(Manifests)).Select(manifest => Archive(manifest, zip64: false));

    private readonly TestHome test = new(inMemory: true);

    public void Dispose() => test.Dispose();

    [Fact]
    public void A_mutated_package_is_installed_whole_or_refused_and_the_store_is_as_it_was()
    {
        test.Import(test.ExtensionZip("other"));
        test.Import(test.ExtensionZip("x", "1.0.0", "old"));
        string before = Path.Combine(test.Root, "before");
        string zip = Path.Combine(test.Root, "mutated.zip");
        DiskCopy.Take(test.Home.Path, before);
        IReadOnlyDictionary<string, string> old = TestHome.Tree(test.Home.Path);
        File.WriteAllBytes(zip, []);
        string[] around = Around();
        int tried = 0;
        int installed = 0;

        Gen.OneOf(MutatedArchive, MutatedManifest).Sample(
            bytes =>
            {
                tried++;
                File.WriteAllBytes(zip, bytes);
                ImportOutcome outcome = Assert.Single(test.Import(new ImportOptions(), zip));
                Assert.Equal(around, Around());
                if (outcome.Error is { } error)
                {
                    Assert.Contains(error.ErrorId, Refusals);
                    Assert.DoesNotContain("Exception", error.Message, StringComparison.Ordinal);
                    Assert.Equal(old, TestHome.Tree(test.Home.Path));
                    return;
                }

                installed++;
                InstalledItem item = test.Item(outcome.Item!.Id);
                Assert.All(
                    TestHome.Tree(item.Path).Where(file => !file.Key.EndsWith("ml", StringComparison.Ordinal)),
                    file => Assert.Contains(file.Value, new[] { "body", "#!/bin/sh\n" }));
                using (PackageStore store = test.Open())
                {
                    Assert.Empty(store.PlanSync(default).Changes);
                }

                Assert.Contains(test.Items(), each => each.Id == "other");
                test.AssertNoStaging();
                DiskCopy.Restore(before, test.Home.Path);
            },
            iter: 300,
            time: TestScale.FuzzSeconds,
            threads: 1);

        // That some pass shows that the others were refused for a reason.
        Assert.InRange(installed, 1, tried);
        TestScale.Report(tried, "imports of mutated packages");
        TestScale.Report(installed, "of them were still packages");
    }

    private static byte[] Archive(byte[] manifest, bool zip64)
    {
        var zip = new ZipForge { Zip64 = zip64, Comment = "a comment that may say anything"u8.ToArray() };
        zip.Add("manifest.yaml", manifest).Mode = 0x81A4;
        ForgedEntry body = zip.Add("templates/body.txt", "body");
        body.Method = 8;
        body.Zip64 = zip64;
        body.Descriptor = zip64 ? 24 : null;
        zip.Add("run.sh", "#!/bin/sh\n").Mode = 0x81ED;
        return zip.Build();
    }

    private string[] Around() => [.. Directory.GetFileSystemEntries(test.Root).Order(StringComparer.Ordinal)];
}
