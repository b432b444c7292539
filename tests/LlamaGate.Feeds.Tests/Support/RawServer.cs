using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace LlamaGate.Tests.Support;

/// <summary>A server that says another length than it sends, which Kestrel would not do.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private Task serving = Task.CompletedTask;

    public Uri Address => new($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/package.zip");

    public static Task<RawServer> StartAsync(byte[] content, long length)
    {
        var server = new RawServer();
        server.listener.Start();
        server.serving = server.ServeAsync(content, length);
        return Task.FromResult(server);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task ServeAsync(byte[] content, long length)
    {
        try
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            NetworkStream stream = client.GetStream();
            byte[] request = new byte[4096];
            _ = await stream.ReadAsync(request);
            string head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
            await stream.WriteAsync(content);
        }
        catch (Exception exception) when (exception is SocketException or System.IO.IOException or ObjectDisposedException)
        {
            // The client had enough, or the test is over.
        }
    }
}
