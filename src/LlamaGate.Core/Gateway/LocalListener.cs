using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using LlamaGate.FileSystem;

namespace LlamaGate.Gateway;

/// <summary>
/// Finds out at which of its two addresses this machine's <c>localhost</c> listens, whatever the resolver says of that name. Mostly
/// no gateway is running, and then the answer comes at once: on the caller's thread, without an HTTP client.
/// </summary>
internal static class LocalListener
{
    /// <summary>How long the system waits for an answer before the caller's token is looked at again.</summary>
    public const int MillisecondsBetweenLooks = 20;

    // SIO_TCP_INITIAL_RTO with { unspecified round trip time, TCP_INITIAL_RTO_NO_SYN_RETRANSMISSIONS }.
    private const int InitialRetransmission = unchecked((int)0x98000011);

    private static readonly byte[] NoRetransmission = [0xFF, 0xFF, 0xFE, 0];

    /// <summary>Tries to connect to 127.0.0.1, then to ::1.</summary>
    /// <param name="port">The port, from 1 to 65535.</param>
    /// <param name="limit">How long both may take together.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first address that listens; null when neither does.</returns>
    /// <exception cref="TimeoutException">The limit has passed and an address has neither accepted nor refused.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public static IPAddress? Find(int port, TimeSpan limit, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        foreach (IPAddress address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            if (Listens(new IPEndPoint(address, port), limit - watch.Elapsed, cancellationToken))
            {
                return address;
            }
        }

        return null;
    }

    // Windows tries three times, two seconds in all, before it believes that a port of its own is closed. Where it cannot be told to
    // try once, the answer only takes longer.
    private static void ConnectOnce(Socket socket)
    {
        try
        {
            socket.IOControl(InitialRetransmission, NoRetransmission, null);
        }
        catch (SocketException)
        {
        }
    }

    private static bool Listens(IPEndPoint endPoint, TimeSpan limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Platform.IsLinux)
        {
            return LinuxConnection.IsAccepted(endPoint, limit, cancellationToken);
        }

        try
        {
            using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            if (Platform.IsWindows)
            {
                ConnectOnce(socket);
            }

            return Connects(socket, endPoint, limit, cancellationToken);
        }
        catch (SocketException)
        {
            // It is refused, or this machine does not speak that version of IP.
            return false;
        }
    }

    private static bool Connects(Socket socket, IPEndPoint endPoint, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            socket.Connect(endPoint);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            WaitForAnswer(socket, limit, cancellationToken);
            return socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is 0;
        }
    }

    private static void WaitForAnswer(Socket socket, TimeSpan limit, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            // Unix shows a refusal as writable, Windows as an error.
            var accepted = new List<Socket> { socket };
            var refused = new List<Socket> { socket };
            Socket.Select(null, accepted, refused, 1000 * MillisecondsBetweenLooks);
            if (accepted.Count + refused.Count > 0)
            {
                return;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (watch.Elapsed >= limit)
            {
                throw new TimeoutException();
            }
        }
    }
}
