using System;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;

namespace LlamaGate.Gateway;

/// <summary>The one HTTP call that is made. Apart from <see cref="GatewayClient"/>, so that nothing else loads the HTTP client.</summary>
internal static class GatewayRequest
{
    /// <summary>Posts an empty body: straight to the address, without a proxy, and following no redirects.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="address">The address to connect to instead of what the host's name resolves to; null for that.</param>
    /// <param name="apiKey">The value of <c>X-API-Key</c>, fit for a header; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How it was answered; the body of the answer is not read.</returns>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public static GatewayRefreshResult Post(Uri endpoint, IPAddress? address, string? apiKey, CancellationToken cancellationToken)
    {
        using var handler = new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        if (address is not null)
        {
            request.RequestUri = new UriBuilder(endpoint) { Host = address.ToString() }.Uri;
            request.Headers.Host = endpoint.Authority;
        }

        if (!string.IsNullOrEmpty(apiKey))
        {
            request.Headers.TryAddWithoutValidation("X-API-Key", apiKey);
        }

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
                endpoint, $"The gateway at {endpoint.GetLeftPart(UriPartial.Authority)} could not be asked to refresh its extensions: "
                + e.GetBaseException().Message.TrimEnd('.'));
        }
    }
}
