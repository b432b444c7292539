using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using NuGet.Configuration;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;

namespace LlamaGate.Feeds;

/// <summary>
/// How NuGet's client reaches a server: through the system's proxy, with the repository's credentials, and only until the command is
/// stopped. NuGet's own provider reads the proxy from the user's <c>NuGet.Config</c> and makes that file where it is missing.
/// </summary>
internal sealed class FeedHandlers : ResourceProvider
{
    private readonly Func<CancellationToken> currentToken;

    /// <summary>Serves one server.</summary>
    /// <param name="currentToken">Gives the token of the command that runs: not all of NuGet's operations take one.</param>
    public FeedHandlers(Func<CancellationToken> currentToken)
        : base(typeof(HttpHandlerResource), nameof(FeedHandlers), nameof(HttpHandlerResourceV3Provider)) => this.currentToken = currentToken;

    /// <inheritdoc/>
    public override Task<Tuple<bool, INuGetResource?>> TryCreate(SourceRepository source, CancellationToken token)
    {
        PackageSource package = source.PackageSource;
        var handler = new HttpClientHandler
        {
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            DefaultProxyCredentials = CredentialCache.DefaultCredentials,
        };
        if (package.ClientCertificates is { } certificates)
        {
            handler.ClientCertificates.AddRange(certificates.ToArray());
        }

        var authentication = new HttpSourceAuthenticationHandler(package, handler, credentialService: null)
        {
            InnerHandler = new ServerWarningLogHandler(handler),
        };
        INuGetResource resource = new HttpHandlerResourceV3(handler, new StopHandler(currentToken) { InnerHandler = authentication });
        return Task.FromResult(Tuple.Create(item1: true, (INuGetResource?)resource));
    }

    /// <summary>Ends every request with the command.</summary>
    private sealed class StopHandler : DelegatingHandler
    {
        private readonly Func<CancellationToken> currentToken;

        public StopHandler(Func<CancellationToken> currentToken) => this.currentToken = currentToken;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, currentToken());
            return await base.SendAsync(request, both.Token).ConfigureAwait(false);
        }
    }
}
