using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Tests.Support;

/// <summary>A server on this machine that answers as a test says.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly WebApplication application;

    private WebServer(WebApplication application, ConcurrentQueue<RecordedRequest> requests)
    {
        this.application = application;
        Requests = requests;
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray()[0];
        Port = new Uri(address).Port;
        Scheme = new Uri(address).Scheme;
    }

    public int Port { get; }

    public string Scheme { get; }

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<RecordedRequest> Requests { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Answers a request.</param>
    /// <param name="certificate">The certificate of an https server; null for http.</param>
    public static async Task<WebServer> StartAsync(RequestDelegate answer, X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(options =>
        {
            // On a busy machine a client may take long; no test is about a client that does.
            options.Limits.MinResponseDataRate = null;
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.RequestHeadersTimeout = Patience;
            options.Limits.KeepAliveTimeout = Patience;
            options.Limits.MaxRequestBodySize = null;
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (certificate is not null)
                {
                    listen.UseHttps(certificate, https => https.HandshakeTimeout = Patience);
                }
            });
        });
        var requests = new ConcurrentQueue<RecordedRequest>();
        WebApplication host = builder.Build();
        host.Run(context =>
        {
            requests.Enqueue(new RecordedRequest(
                context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Host.Value ?? string.Empty, context.Request.Headers.Authorization.ToString()));
            return answer(context);
        });
        await host.StartAsync();
        return new WebServer(host, requests);
    }

    /// <summary>An address on the server.</summary>
    public Uri Uri(string path, string host = "localhost") => new($"{Scheme}://{host}:{Port}{path}");

    public async ValueTask DisposeAsync()
    {
        using var now = new System.Threading.CancellationTokenSource(TimeSpan.Zero);
        await application.StopAsync(now.Token);
        await application.DisposeAsync();
    }
}

/// <summary>What a server was asked.</summary>
internal sealed record RecordedRequest(string Method, string Path, string Host, string Authorization);
