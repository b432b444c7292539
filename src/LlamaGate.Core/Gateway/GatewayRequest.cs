using System;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;

namespace LlamaGate.Gateway;

/// <summary>The one HTTP call that is made. Apart from <see cref="GatewayClient"/>, so that nothing else loads the HTTP client.</summary>
internal static class GatewayRequest
{
    /// <summary>Asks what is loaded, in the same way. An answer of more than 4 MiB is discarded.</summary>
    /// <returns>The answer; null when there was none.</returns>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public static GatewayList? List(Uri endpoint, IPAddress address, string? apiKey, CancellationToken cancellationToken)
    {
        using HttpClient client = NewClient();
        client.MaxResponseContentBufferSize = 4 * 1024 * 1024;
        using HttpRequestMessage request = NewRequest(HttpMethod.Get, endpoint, address, apiKey);
        try
        {
            using HttpResponseMessage response =
                client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken).GetAwaiter().GetResult();
#if NETSTANDARD
            byte[] body = response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult(); // It is there already.
#else
            byte[] body = response.Content.ReadAsByteArrayAsync(cancellationToken).GetAwaiter().GetResult();
#endif
            return new GatewayList(endpoint, (int)response.StatusCode, response.IsSuccessStatusCode ? GatewayList.Parse(body) : null);
        }
        catch (HttpRequestException)
        {
            return null; // It has gone away, or is no HTTP server.
        }
    }

    /// <summary>Posts an empty body: straight to the address, without a proxy, and following no redirects.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="address">The address to connect to instead of what the host's name resolves to; null for that.</param>
    /// <param name="apiKey">The value of <c>X-API-Key</c>, fit for a header; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How it was answered; the body of the answer is not read.</returns>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public static GatewayRefreshResult Post(Uri endpoint, IPAddress? address, string? apiKey, CancellationToken cancellationToken)
    {
        using HttpClient client = NewClient();
        using HttpRequestMessage request = NewRequest(HttpMethod.Post, endpoint, address, apiKey);
        try
        {
            using HttpResponseMessage response =
                client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).GetAwaiter().GetResult();
            return GatewayRefreshResult.Answered(endpoint, (int)response.StatusCode);
        }
        catch (HttpRequestException e) when (e.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return GatewayRefreshResult.NobodyThere(endpoint);
        }
        catch (HttpRequestException e)
        {
            return GatewayRefreshResult.Unanswered(
                endpoint, $"The call to the gateway at {endpoint.GetLeftPart(UriPartial.Authority)} failed: "
                + e.GetBaseException().Message.TrimEnd('.'));
        }
    }

    private static HttpClient NewClient() =>
        new(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };

    private static HttpRequestMessage NewRequest(HttpMethod method, Uri endpoint, IPAddress? address, string? apiKey)
    {
        var request = new HttpRequestMessage(method, endpoint);
        if (address is not null)
        {
            request.RequestUri = new UriBuilder(endpoint) { Host = address.ToString() }.Uri;
            request.Headers.Host = endpoint.Authority;
        }

        if (!string.IsNullOrEmpty(apiKey))
        {
            request.Headers.TryAddWithoutValidation("X-API-Key", apiKey);
        }

        return request;
    }
}
