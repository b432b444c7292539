using System;

namespace LlamaGate.Feeds;

/// <summary>Addresses as messages and records show them.</summary>
internal static class WebAddress
{
    /// <summary>The address without what may be secret in it: user name, password, query and fragment.</summary>
    public static string Show(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Whether two addresses are served by the same server: scheme, host and port.</summary>
    public static bool HaveSameServer(Uri one, Uri other) => Uri.Compare(
        one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
