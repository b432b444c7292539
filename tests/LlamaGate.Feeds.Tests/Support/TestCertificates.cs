using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LlamaGate.Tests.Support;

/// <summary>An authority that this process trusts for servers, and certificates from it and from elsewhere.</summary>
internal static partial class TestCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";

    private static readonly X509Certificate2 Authority = MakeAuthority("LlamaGate tests");

    /// <summary>A server's certificate for localhost and 127.0.0.1 that is trusted.</summary>
    public static X509Certificate2 Server { get; } = MakeServer(Authority, "localhost");

    /// <summary>A certificate of the trusted authority for another host.</summary>
    public static X509Certificate2 OtherHost { get; } = MakeServer(Authority, "elsewhere.example");

    /// <summary>A server's certificate that nobody has vouched for.</summary>
    public static X509Certificate2 Untrusted { get; } = MakeServer(MakeAuthority("Nobody"), "localhost");

    /// <summary>Has the runtime trust the authority; on Linux it reads the variable when it first needs authorities.</summary>
    [ModuleInitializer]
    internal static void Trust()
    {
        string folder = Path.Combine(Path.GetTempPath(), "llamagate-tests", "authority-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, "authority.pem");
        File.WriteAllText(file, Authority.ExportCertificatePem());
        if (OperatingSystem.IsLinux())
        {
            _ = SetVariable("SSL_CERT_FILE", file, overwrite: 1);
            _ = SetVariable("SSL_CERT_DIR", folder, overwrite: 1);
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }

    /// <summary>A certificate that signs packages, on its own authority.</summary>
    public static X509Certificate2 Signer(string name, DateTimeOffset? until = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}, O={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(CodeSigning)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        DateTimeOffset end = until ?? DateTimeOffset.UtcNow.AddYears(1);
        return Persist(request.CreateSelfSigned(end.AddYears(-2), end));
    }

    /// <summary>Sets a variable where OpenSSL looks for it; .NET keeps its own copy of the environment.</summary>
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);

    private static X509Certificate2 MakeAuthority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return Persist(request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1)));
    }

    private static X509Certificate2 MakeServer(X509Certificate2 authority, string host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (host == "localhost")
        {
            names.AddIpAddress(System.Net.IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(
            authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddMonths(6), Guid.NewGuid().ToByteArray());
        return Persist(certificate.CopyWithPrivateKey(key));
    }

    /// <summary>With a key that the system's TLS can use on Windows as well.</summary>
    private static X509Certificate2 Persist(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null, X509KeyStorageFlags.Exportable);
}
