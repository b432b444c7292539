using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace LlamaGate.Feeds;

/// <summary>
/// Downloads a package from an address: <c>https</c>, or this machine; at most five redirects, to <c>https</c> alone; a user name and
/// password in the address go to its own server and no other; through the system's proxy (contract, section 12).
/// </summary>
internal sealed class WebDownload : IDisposable
{
    private const int MaxRedirects = 5;
    private readonly HttpClient client;
    private readonly Stall stall;

    /// <summary>Prepares downloads.</summary>
    /// <param name="stall">How long a server may send nothing.</param>
    public WebDownload(Stall stall)
    {
        this.stall = stall;
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            DefaultProxyCredentials = CredentialCache.DefaultCredentials,
            CheckCertificateRevocationList = false,
        };
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("LlamaGate", typeof(WebDownload).Assembly.GetName().Version!.ToString(3)));
    }

    /// <summary>Downloads a file.</summary>
    /// <exception cref="LlamaGateException">DownloadFailed.</exception>
    public async Task DownloadAsync(Uri address, LimitedFile destination, CancellationToken token)
    {
        try
        {
            using HttpResponseMessage response = await FollowAsync(address, token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new HttpRequestException($"The server answered {(int)response.StatusCode} {response.ReasonPhrase}.");
            }

            using Stream content = await response.Content.OpenAsync(token).ConfigureAwait(false);
            await destination.CopyFromAsync(content, response.Content.Headers.ContentLength, stall, token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException or WebException or ObjectDisposedException)
        {
            token.ThrowIfCancellationRequested();
            throw Failed(address, FeedMessages.Reason(exception), exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static LlamaGateException Failed(Uri address, string reason, Exception? cause = null)
    {
        string shown = WebAddress.Show(address);
        return new LlamaGateException(
            FeedErrorIds.DownloadFailed,
            $"'{shown}' could not be downloaded, and nothing was installed: {reason} Check the address and the network, then try again.",
            shown,
            innerException: cause);
    }

    private async Task<HttpResponseMessage> FollowAsync(Uri address, CancellationToken token)
    {
        if (!IsAllowed(address))
        {
            throw Failed(address, "it does not use https. Only addresses of this machine can use http.");
        }

        Uri current = address;
        for (int redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            HttpResponseMessage response = await SendAsync(current, CredentialsFor(address, current), token).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            Uri next = location.IsAbsoluteUri ? location : new Uri(current, location);
            if (!IsAllowed(next) || (IsHttps(current) && !IsHttps(next)) || (next.IsLoopback && !current.IsLoopback))
            {
                throw Failed(address, $"the server redirects to '{WebAddress.Show(next)}', which is not allowed: a redirect must use "
                    + "https and must not lead to this machine.");
            }

            current = next;
        }

        throw Failed(address, $"the server redirects more than {MaxRedirects} times.");
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, AuthenticationHeaderValue? credentials, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(address) { UserName = string.Empty, Password = string.Empty }.Uri);
        request.Headers.Authorization = credentials;
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(token);
        stall.Begin(watch);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, watch.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!token.IsCancellationRequested)
        {
            throw new TimeoutException($"The server did not answer for {stall.Limit.TotalSeconds:0.#} seconds.", exception);
        }
    }

    private static AuthenticationHeaderValue? CredentialsFor(Uri address, Uri current) =>
        address.UserInfo.Length > 0 && WebAddress.HaveSameServer(address, current)
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))))
            : null;

    private static bool IsAllowed(Uri address) =>
        IsHttps(address) || (string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) && address.IsLoopback);

    private static bool IsHttps(Uri address) => string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;
}
