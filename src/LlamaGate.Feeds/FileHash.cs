using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace LlamaGate.Feeds;

/// <summary>Hashes as lower-case hexadecimal digits.</summary>
internal static class FileHash
{
    public static string Sha256(string path)
    {
        using var hash = SHA256.Create();
        return Of(path, hash);
    }

    public static string Sha512(string path)
    {
        using var hash = SHA512.Create();
        return Of(path, hash);
    }

    /// <summary>The SHA-256 of a text.</summary>
    public static string OfText(string text)
    {
        using var hash = SHA256.Create();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Hex.Of(hash.ComputeHash(stream));
    }

    private static string Of(string path, HashAlgorithm hash)
    {
        using FileStream stream = File.OpenRead(path);
        return Hex.Of(hash.ComputeHash(stream));
    }
}
