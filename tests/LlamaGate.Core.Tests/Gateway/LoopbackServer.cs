using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace LlamaGate.Tests.Gateway;

/// <summary>
/// An HTTP server for one test, at 127.0.0.1 or ::1. It holds its port at the other address too, so that nobody else answers
/// there, and records the head of every request. It answers on threads of its own: those of the pool may all be waiting, such as for the end
/// of a process that waits for the answer.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly ConcurrentQueue<string> requests = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Func<Stream, CancellationToken, Task> answer;
    private readonly Socket? listener;
    private readonly List<Socket> sockets = [];

    private LoopbackServer(IPAddress? address, Func<Stream, CancellationToken, Task> answer, int port = 0)
    {
        this.answer = answer;
        Port = Bind(port);
        if (address is not null)
        {
            listener = sockets.Single(socket => ((IPEndPoint)socket.LocalEndPoint!).Address.Equals(address));
            listener.Listen();
            Start(Accept);
        }
    }

    /// <summary>The port, at both addresses.</summary>
    public int Port { get; }

    /// <summary>The requests so far: request line and headers.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>A server that gives one answer to every request, at a port of its own unless the test names one.</summary>
    /// <exception cref="SocketException">The named port is in use.</exception>
    public static LoopbackServer Answering(int statusCode, string headers = "", IPAddress? address = null, int port = 0) => new(
        address ?? IPAddress.Loopback,
        (stream, _) =>
        {
            stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {statusCode} Any\r\n{headers}Content-Length: 2\r\n\r\n{{}}"));
            return Task.CompletedTask;
        },
        port);

    /// <summary>A server with a mind of its own.</summary>
    public static LoopbackServer Doing(Func<Stream, CancellationToken, Task> answer) => new(IPAddress.Loopback, answer);

    /// <summary>A port that refuses connections for as long as this lives.</summary>
    public static LoopbackServer Closed() => new(address: null, (_, _) => Task.CompletedTask);

    public void Dispose()
    {
        stop.Cancel();
        sockets.ForEach(socket => socket.Dispose());
        stop.Dispose();
    }

    private int Bind(int named)
    {
        for (int attempt = 0; ; attempt++)
        {
            var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var second = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                first.Bind(new IPEndPoint(IPAddress.Loopback, named));
                int port = ((IPEndPoint)first.LocalEndPoint!).Port;
                second.Bind(new IPEndPoint(IPAddress.IPv6Loopback, port));
                sockets.AddRange([first, second]);
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && named == 0 && attempt < 20)
            {
                first.Dispose();
                second.Dispose();
            }
        }
    }

    // A call on a thread of its own, which ends when the server does or the client leaves.
    private static void Start(Action call)
    {
        var thread = new Thread(() =>
        {
            try
            {
                call();
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException or IOException)
            {
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
    }

    private void Accept()
    {
        CancellationToken token = stop.Token;
        while (!token.IsCancellationRequested)
        {
            Socket connection = listener!.Accept();
            Start(() => Serve(connection, token));
        }
    }

    private void Serve(Socket connection, CancellationToken token)
    {
        using var stream = new NetworkStream(connection, ownsSocket: true);
        using CancellationTokenRegistration end = token.Register(connection.Dispose);
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var head = new StringBuilder();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            head.Append(line).Append('\n');
        }

        if (head.Length > 0)
        {
            requests.Enqueue(head.ToString());
            answer(stream, token).GetAwaiter().GetResult();
        }
    }
}
