using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.Packaging;
using NuGet.Packaging.Signing;

namespace LlamaGate.Feeds;

/// <summary>
/// NuGet's own check of signatures: <c>signatureValidationMode</c> and <c>trustedSigners</c> of the home's <c>NuGet.Config</c> decide.
/// Mode <c>accept</c> (the default) takes unsigned packages and refuses those that were changed after they were signed; mode
/// <c>require</c> takes what a trusted signer has signed and nothing else.
/// </summary>
internal sealed class SignatureCheck
{
    private readonly ClientPolicyContext policy;
    private readonly PackageSignatureVerifier verifier;

    /// <summary>Reads the policy.</summary>
    /// <exception cref="LlamaGateException">RepositoryInvalid: the settings make no sense to NuGet.</exception>
    public SignatureCheck(ISettings settings, ILogger log)
    {
        try
        {
            policy = ClientPolicyContext.GetClientPolicy(settings, log);
        }
        catch (Exception exception) when (exception is NuGetConfigurationException or ArgumentException or InvalidOperationException)
        {
            throw new LlamaGateException(
                FeedErrorIds.RepositoryInvalid,
                $"The signature settings in {Repositories.FileName} are not valid: {exception.Message} Correct the file.",
                Repositories.FileName,
                innerException: exception);
        }

        verifier = new PackageSignatureVerifier(
        [
            new IntegrityVerificationProvider(),
            new AllowListVerificationProvider(
                policy.AllowList,
                requireNonEmptyAllowList: IsRequired,
                emptyListErrorMessage: "Signatures are required, and NuGet.Config names no trusted signers.",
                noMatchErrorMessage: "The package is not signed by a trusted signer."),
            new SignatureTrustAndValidityVerificationProvider(
            [
                .. policy.AllowList.Where(signer => signer.AllowUntrustedRoot)
                    .Select(signer => new KeyValuePair<string, NuGet.Common.HashAlgorithmName>(signer.Fingerprint, signer.FingerprintAlgorithm)),
            ]),
        ]);
    }

    private bool IsRequired => policy.Policy == SignatureValidationMode.Require;

    /// <summary>Checks a package file.</summary>
    /// <exception cref="LlamaGateException">SignatureInvalid; PackageInvalid: it is no NuGet package.</exception>
    public async Task CheckAsync(string packageFile, string subject, IStoreLog log, CancellationToken token)
    {
        try
        {
            using var package = new PackageArchiveReader(packageFile);
            VerifySignaturesResult result = await verifier.VerifySignaturesAsync(package, policy.VerifierSettings, token).ConfigureAwait(false);
            SignatureLog[] issues = [.. result.Results.SelectMany(each => each.Issues)];
            if (!result.IsValid)
            {
                throw Refused(subject, result.IsSigned, issues.Where(issue => issue.Level == LogLevel.Error));
            }

            // To NuGet an expired certificate is a warning where the signer's root need not be trusted.
            if (IsRequired && Array.Exists(issues, issue => issue.Code == NuGetLogCode.NU3037))
            {
                throw Refused(subject, isSigned: true, issues.Where(issue => issue.Code == NuGetLogCode.NU3037));
            }

            foreach (SignatureLog warning in issues.Where(issue => result.IsSigned && issue.Level == LogLevel.Warning))
            {
                log.Verbose($"{subject}: {warning.Code}: {warning.Message}");
            }
        }
        catch (Exception exception) when (exception is SignatureException or CryptographicException)
        {
            throw Refused(subject, isSigned: true, [SignatureLog.Error(NuGetLogCode.NU3000, exception.Message)], exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or NuGet.Packaging.Core.PackagingException or IOException)
        {
            throw new LlamaGateException(
                ErrorIds.PackageInvalid,
                $"'{subject}' is not a complete NuGet package, and nothing was installed: {exception.Message} Download it again.",
                subject,
                innerException: exception);
        }
    }

    private LlamaGateException Refused(string subject, bool isSigned, IEnumerable<SignatureLog> errors, Exception? cause = null)
    {
        Problem[] problems = [.. errors.Select(error => new Problem(Problem.Error, string.Empty, $"{error.Code}: {error.Message}"))];
        string reason = isSigned ? "Its signature is not one that this home accepts" : "It is not signed, and this home requires signatures";
        string list = string.Concat(problems.Select(problem => "\n  " + problem.Message));
        return new LlamaGateException(
            FeedErrorIds.SignatureInvalid,
            $"'{subject}' was refused. {reason}: see signatureValidationMode ({(IsRequired ? "require" : "accept")}) and trustedSigners in "
            + $"{Repositories.FileName} of the home.{list}",
            subject,
            problems,
            cause);
    }
}
