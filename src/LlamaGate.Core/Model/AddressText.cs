using System;
using System.Text.RegularExpressions;

namespace LlamaGate;

/// <summary>Addresses in messages.</summary>
public static class AddressText
{
    private static readonly Regex UserInfo = new(@"(?<=//)[^/?#]*@", RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1));

    /// <summary>An address as a message may show it: without user name, password, query and fragment, which may hold secrets.</summary>
    /// <param name="address">The text of an address; it need not be a valid one.</param>
    /// <returns>The rest of the text.</returns>
    public static string WithoutSecrets(string address)
    {
        int end = address.IndexOfAny(['?', '#']);
        return UserInfo.Replace(end < 0 ? address : address[..end], string.Empty);
    }
}
