using System;
using System.IO;
using System.Net.Sockets;
using LlamaGate.Gateway;
using Xunit;

namespace LlamaGate.Tests.Gateway;

/// <summary>In this project alone: the same test against the netstandard2.0 build would need the same port at the same time.</summary>
public sealed class DefaultPortTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("llamagate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Without_a_named_port_the_call_goes_to_11435()
    {
        LoopbackServer? server = null;
        try
        {
            server = LoopbackServer.Answering(200, port: GatewayClient.DefaultPort);
        }
        catch (SocketException)
        {
            Assert.Skip("Port 11435 is in use.");
        }

        using (server)
        {
            var settings = new GatewaySettings(_ => null, folder) { Limit = TimeSpan.FromMinutes(10) };

            GatewayRefreshResult result = GatewayClient.Refresh(uri: null, apiKey: null, settings, TestContext.Current.CancellationToken);

            Assert.Equal((GatewayRefreshResult.Refreshed, "http://localhost:11435/v1/extensions/refresh"), (result.Status, result.Uri));
            Assert.Single(server.Requests);
        }
    }
}
