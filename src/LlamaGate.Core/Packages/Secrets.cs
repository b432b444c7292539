using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LlamaGate.Packages;

/// <summary>
/// Finds files that often hold secrets: <c>.env</c> and private keys. They are content, and a warning: whoever gets the package can read
/// them (contract, section 5).
/// </summary>
internal static class Secrets
{
    /// <summary>The bytes at a file's start in which a private key shows.</summary>
    private const int ProbeLength = 4096;

    private static readonly HashSet<string> KeyNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519",
    };

    private static readonly string[] KeyExtensions = [".pfx", ".p12", ".ppk"];

    /// <summary>What may be inside tells: a certificate or a public key is no secret.</summary>
    private static readonly string[] TextExtensions = [".pem", ".key"];

    /// <summary>What is there for others to copy.</summary>
    private static readonly string[] SampleExtensions = [".example", ".sample", ".template", ".dist"];

    /// <summary>Looks for secrets among the files of a package or an item.</summary>
    /// <returns>A warning for each file that may hold one, ordinal by path.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IEnumerable<Problem> Find(PackageTree tree)
    {
        foreach ((PackageFile file, PackageEntry entry) in tree.Files)
        {
            string name = file.Path[(file.Path.LastIndexOf('/') + 1)..];
            string? what = IsEnvironment(name) ? "settings with secrets" : IsKey(name, entry) ? "a private key" : null;
            if (what is not null)
            {
                string message = $"may contain {what}, which everyone who gets the package can read: if it does, remove it from the package";
                yield return new Problem(Problem.Warning, Printable.Of(file.Path), message);
            }
        }
    }

    private static bool IsEnvironment(string name) =>
        string.Equals(name, ".env", StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith(".env.", StringComparison.OrdinalIgnoreCase) && !EndsWithAny(name, SampleExtensions));

    private static bool IsKey(string name, PackageEntry entry) =>
        KeyNames.Contains(name) || EndsWithAny(name, KeyExtensions) || (EndsWithAny(name, TextExtensions) && HoldsPrivateKey(entry));

    private static bool HoldsPrivateKey(PackageEntry entry)
    {
        try
        {
            return entry.ReadStart(ProbeLength).AsSpan().IndexOf("PRIVATE KEY-----"u8) >= 0;
        }
        catch (InvalidDataException)
        {
            return false; // The file is damaged, which reading it in full tells.
        }
    }

    private static bool EndsWithAny(string name, string[] ends) =>
        ends.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
}
