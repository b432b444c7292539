using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using LlamaGate.FileSystem;

namespace LlamaGate.Gateway;

/// <summary>
/// Finds out at which of its two addresses this machine's <c>localhost</c> listens, whatever the resolver says of that name. Mostly
/// no gateway is running, and then the answer comes at once and no HTTP client has to be loaded.
/// </summary>
internal static class LocalListener
{
    // SIO_TCP_INITIAL_RTO with { unspecified round trip time, TCP_INITIAL_RTO_NO_SYN_RETRANSMISSIONS }.
    private const int InitialRetransmission = unchecked((int)0x98000011);
    private static readonly byte[] NoRetransmission = [0xFF, 0xFF, 0xFE, 0];

    /// <summary>Knocks at 127.0.0.1, then at ::1.</summary>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first address that listens; null when neither does.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public static IPAddress? Find(int port, CancellationToken cancellationToken)
    {
        foreach (IPAddress address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            if (Listens(new IPEndPoint(address, port), cancellationToken))
            {
                return address;
            }
        }

        return null;
    }

    // Windows knocks three times, two seconds in all, before it believes that a port of its own is closed. Where it cannot be told to
    // knock once, the answer only takes longer.
    private static void KnockOnce(Socket socket)
    {
        try
        {
            socket.IOControl(InitialRetransmission, NoRetransmission, null);
        }
        catch (SocketException)
        {
        }
    }

    private static bool Listens(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (Platform.IsWindows)
            {
                KnockOnce(socket);
            }

            socket.ConnectAsync(endPoint).Wait(cancellationToken);
            return true;
        }
        catch (AggregateException e) when (e.InnerException is SocketException)
        {
            return false;
        }
        catch (SocketException)
        {
            // This machine does not speak that version of IP.
            return false;
        }
    }
}
