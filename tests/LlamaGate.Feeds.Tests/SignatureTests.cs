using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using LlamaGate.Feeds;
using LlamaGate.Tests.Support;
using NuGet.Common;
using NuGet.Packaging.Signing;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Signatures of authors and repositories, accepted and required (contract, section 12).</summary>
public sealed class SignatureTests : IDisposable
{
    private static readonly X509Certificate2 Trusted = TestCertificates.Signer("Trusted");
    private static readonly X509Certificate2 Stranger = TestCertificates.Signer("Stranger");
    private readonly FeedHome home = new();
    private readonly string feed;

    public SignatureTests() => feed = home.Folder("feed");

    public void Dispose() => home.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_trusted_signer_is_known_by_its_fingerprint_alone(bool isRepository)
    {
        Require(isRepository, Trusted);
        await SignAsync(TestPackages.Write(feed, "alpha"), Trusted, isRepository);

        InstallOutcome outcome = home.Install("alpha", repository: feed);

        Assert.Null(outcome.Error);
        Assert.Equal("alpha", outcome.Item!.Id);
        Assert.DoesNotContain(".signature.p7s", TestHome.Tree(outcome.Item.Path).Keys);
    }

    [Fact]
    public void An_unsigned_package_is_refused_where_signatures_are_required_and_taken_where_not()
    {
        TestPackages.Write(feed, "alpha");
        Assert.Equal("alpha", home.Install("alpha", repository: feed).Item!.Id);

        using var strict = new FeedHome();
        Require(isRepository: false, Trusted, strict);
        AssertRefused(strict.Install("alpha", repository: feed), strict);
        Assert.Equal(
            FeedErrorIds.SignatureInvalid,
            Assert.Throws<LlamaGateException>(() => strict.Feeds.Save(strict.Resolve("alpha", repository: feed), strict.Folder("saved"), false, long.MaxValue, CancellationToken.None)).ErrorId);
        Assert.Empty(Directory.EnumerateFileSystemEntries(strict.Folder("saved")));
    }

    [Fact]
    public async Task What_we_publish_can_be_signed_and_NuGets_own_command_finds_the_signature_whole()
    {
        PublishedPackage published = home.Publish(home.Test.ExtensionZip("alpha"), feed);
        string package = Path.Combine(feed, $"{published.Name}.{published.Version}.nupkg");
        await SignAsync(package, Trusted);

        string output = await Dotnet.RunAsync(home, isSuccess: null, "nuget", "verify", package, "--all", "--verbosity", "detailed");

        // The certificate is the test's own, so it has no trusted root; that the content is as it was signed is another check.
        Assert.Contains("CN=Trusted", output, StringComparison.Ordinal);
        Assert.DoesNotContain("NU3008", output, StringComparison.Ordinal);
        Require(isRepository: false, Trusted);
        Assert.Null(home.Install("alpha", repository: feed).Error);
    }

    [Fact]
    public async Task A_package_signed_by_somebody_else_is_refused()
    {
        Require(isRepository: false, Trusted);
        await SignAsync(TestPackages.Write(feed, "alpha"), Stranger);

        AssertRefused(home.Install("alpha", repository: feed), home);
    }

    [Fact]
    public async Task A_signature_of_the_other_kind_is_refused()
    {
        Require(isRepository: true, Trusted);
        await SignAsync(TestPackages.Write(feed, "alpha"), Trusted, isRepository: false);

        AssertRefused(home.Install("alpha", repository: feed), home);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_package_that_was_changed_after_it_was_signed_is_refused_in_every_mode(bool isRequired)
    {
        if (isRequired)
        {
            Require(isRepository: false, Trusted);
        }

        string package = TestPackages.Write(feed, "alpha");
        await SignAsync(package, Trusted);
        byte[] bytes = await File.ReadAllBytesAsync(package);
        bytes[bytes.AsSpan().IndexOf("content/llamagate/manifest.yaml"u8) + 40] ^= 1;
        await File.WriteAllBytesAsync(package, bytes);

        AssertRefused(home.Install("alpha", repository: feed), home);
    }

    [Fact]
    public async Task A_signature_without_a_timestamp_ends_with_its_certificate()
    {
        X509Certificate2 ended = TestCertificates.Signer("Ended", DateTimeOffset.UtcNow.AddDays(-1));
        Require(isRepository: false, ended);
        await SignWithEndedAsync(TestPackages.Write(feed, "alpha"), ended);

        InstallOutcome outcome = home.Install("alpha", repository: feed);
        AssertRefused(outcome, home);
        Assert.All(outcome.Error!.Problems, problem => Assert.StartsWith("NU3037: ", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Required_signatures_without_trusted_signers_let_nothing_in()
    {
        home.Test.Write("NuGet.Config", """<configuration><config><add key="signatureValidationMode" value="require" /></config></configuration>""");
        TestPackages.Write(feed, "alpha");

        AssertRefused(home.Install("alpha", repository: feed), home);
    }

    private static void AssertRefused(InstallOutcome outcome, FeedHome home)
    {
        Assert.Equal(FeedErrorIds.SignatureInvalid, outcome.Error?.ErrorId);
        Assert.NotEmpty(outcome.Error!.Problems);
        home.AssertUntouched();
    }

    private static async Task SignAsync(string package, X509Certificate2 signer, bool isRepository = false)
    {
        string signed = package + ".signed";
        using (SignPackageRequest request = isRepository
            ? new RepositorySignPackageRequest(
                new X509Certificate2(signer),
                NuGet.Common.HashAlgorithmName.SHA256,
                NuGet.Common.HashAlgorithmName.SHA256,
                new Uri("https://feeds.example/v3/index.json"),
                packageOwners: null)
            : new AuthorSignPackageRequest(new X509Certificate2(signer), NuGet.Common.HashAlgorithmName.SHA256))
        using (SigningOptions options = SigningOptions.CreateFromFilePaths(
            package, signed, overwrite: true, new X509SignatureProvider(timestampProvider: null), NullLogger.Instance))
        {
            await SigningUtility.SignAsync(options, request, CancellationToken.None);
        }

        File.Move(signed, package, overwrite: true);
    }

    // NuGet signs with no certificate that has ended, so this puts the signature together by itself.
    private static async Task SignWithEndedAsync(string package, X509Certificate2 signer)
    {
        string signed = package + ".signed";
        using (FileStream source = File.OpenRead(package))
        using (FileStream target = File.Create(signed))
        using (var archive = new SignedPackageArchive(source, target))
        {
            byte[] hash = await archive.GetArchiveHashAsync(NuGet.Common.HashAlgorithmName.SHA256, CancellationToken.None);
            var content = new SignatureContent(SigningSpecifications.V1, NuGet.Common.HashAlgorithmName.SHA256, Convert.ToBase64String(hash));
            var cms = new SignedCms(new ContentInfo(content.GetBytes()));
            var by = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, signer)
            {
                DigestAlgorithm = new Oid(NuGet.Common.HashAlgorithmName.SHA256.ConvertToOidString()),
                IncludeOption = X509IncludeOption.EndCertOnly,
                SignedAttributes =
                {
                    new Pkcs9SigningTime(signer.NotAfter.AddDays(-1)),
                    AttributeUtility.CreateSigningCertificateV2(signer, NuGet.Common.HashAlgorithmName.SHA256),
                    AttributeUtility.CreateCommitmentTypeIndication(SignatureType.Author),
                },
            };
            cms.ComputeSignature(by, silent: true);
            using var bytes = new MemoryStream(cms.Encode());
            await archive.AddSignatureAsync(bytes, CancellationToken.None);
        }

        File.Move(signed, package, overwrite: true);
    }

    private void Require(bool isRepository, X509Certificate2 signer, FeedHome? other = null)
    {
        string fingerprint = Convert.ToHexString(SHA256.HashData(signer.RawData));
        string certificate = $"""<certificate fingerprint="{fingerprint}" hashAlgorithm="SHA256" allowUntrustedRoot="true" />""";
        string signers = isRepository
            ? $"""<repository name="tests" serviceIndex="https://feeds.example/v3/index.json">{certificate}</repository>"""
            : $"""<author name="tests">{certificate}</author>""";
        (other ?? home).Test.Write("NuGet.Config", $"""
            <configuration>
              <config><add key="signatureValidationMode" value="require" /></config>
              <trustedSigners>{signers}</trustedSigners>
            </configuration>
            """);
    }
}
