using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using static LlamaGate.FileSystem.NativeMethods;

namespace LlamaGate.Gateway;

/// <summary>
/// Tries a connection by Linux's own calls. The first <see cref="Socket"/> of a process starts a thread, which costs more than the
/// answer that nobody listens.
/// </summary>
internal static class LinuxConnection
{
    // The same on every processor that .NET runs on.
    private const int IPv4 = 2; // AF_INET
    private const int IPv6 = 10; // AF_INET6
    private const int Stream = 1 | 0x800 | 0x80000; // SOCK_STREAM, SOCK_NONBLOCK, SOCK_CLOEXEC
    private const int InProgress = 115; // EINPROGRESS
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int ErrorOption = 4; // SO_ERROR
    private const short Writable = 4; // POLLOUT

    /// <summary>Connects, and closes the connection again.</summary>
    /// <param name="endPoint">Where to.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was accepted; false, too, when this machine does not speak that version of IP.</returns>
    /// <exception cref="TimeoutException">It was neither accepted nor refused within the limit.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public static bool IsAccepted(IPEndPoint endPoint, TimeSpan limit, CancellationToken cancellationToken)
    {
        int socket = OpenSocket(endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? IPv6 : IPv4, Stream, protocol: 0);
        if (socket < 0)
        {
            return false;
        }

        try
        {
            byte[] address = AddressBytes(endPoint);
            if (Connect(socket, address, address.Length) == 0)
            {
                return true;
            }

            if (Marshal.GetLastWin32Error() != InProgress)
            {
                return false;
            }

            WaitForAnswer(socket, limit, cancellationToken);
            int error = 0;
            int length = sizeof(int);
            return GetSocketOption(socket, SocketLevel, ErrorOption, ref error, ref length) == 0 && error == 0;
        }
        finally
        {
            _ = Close(socket);
        }
    }

    private static byte[] AddressBytes(IPEndPoint endPoint)
    {
        SocketAddress address = endPoint.Serialize();
        byte[] bytes = new byte[address.Size];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = address[i];
        }

        return bytes;
    }

    private static void WaitForAnswer(int socket, TimeSpan limit, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var request = new PollRequest { File = socket, Events = Writable };
        while (Poll(ref request, (UIntPtr)1, LocalListener.MillisecondsBetweenLooks) <= 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (watch.Elapsed >= limit)
            {
                throw new TimeoutException();
            }
        }
    }
}
