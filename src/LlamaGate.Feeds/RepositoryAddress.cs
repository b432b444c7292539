using System;
using System.IO;

namespace LlamaGate.Feeds;

/// <summary>Where a repository is: a folder, or the address of a feed's index.</summary>
internal static class RepositoryAddress
{
    /// <summary>Whether a text is an address rather than a path.</summary>
    public static bool TryParse(string text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!) && !address.IsFile && text.IndexOf("://", StringComparison.Ordinal) > 0;

    /// <summary>The full path of a folder, which need not be there yet, or the address, once it may be asked.</summary>
    /// <exception cref="LlamaGateException">RepositoryInvalid.</exception>
    public static string Normalize(string source, bool allowInsecureConnections)
    {
        if (!TryParse(source, out Uri address))
        {
            try
            {
                return Path.GetFullPath(source);
            }
            catch (Exception exception) when (exception is ArgumentException or NotSupportedException or IOException)
            {
                throw new LlamaGateException(
                    FeedErrorIds.RepositoryInvalid,
                    $"'{source}' is neither a folder nor an address. Specify a folder, or the https address of the index of a feed.",
                    source,
                    innerException: exception);
            }
        }

        ThrowIfRefused(address, allowInsecureConnections);
        return source;
    }

    /// <summary>Refuses what is neither encrypted nor this machine, unless the user has allowed it, and passwords in addresses.</summary>
    /// <exception cref="LlamaGateException">RepositoryInvalid.</exception>
    public static void ThrowIfRefused(Uri address, bool allowInsecureConnections)
    {
        string shown = WebAddress.Show(address);
        if (address.UserInfo.Length > 0)
        {
            throw new LlamaGateException(
                FeedErrorIds.RepositoryInvalid,
                $"The address '{shown}' contains a user name or a password, which every listing would show. Specify them as the "
                    + "credential of the repository.",
                shown);
        }

        bool isSecure = string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);
        bool isHttp = string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal);
        if (!isSecure && !(isHttp && (address.IsLoopback || allowInsecureConnections)))
        {
            throw new LlamaGateException(
                FeedErrorIds.RepositoryInvalid,
                $"The address '{shown}' does not use https. Use https. If you trust the network, register the repository with "
                    + "-AllowInsecureConnections (--allow-insecure).",
                shown);
        }
    }
}
