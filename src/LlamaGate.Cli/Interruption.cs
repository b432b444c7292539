using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace LlamaGate.Cli;

/// <summary>
/// Turns the first Ctrl+C (or SIGTERM) into a cancellation, so that the store stops in good order. The second one ends the process
/// at once, which the store survives as well.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>SIGXFSZ: a file would become larger than <c>ulimit -f</c> allows. The write fails, too, which can be told.</summary>
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, 130)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, 143)),
        .. OperatingSystem.IsWindows() ? Array.Empty<PosixSignalRegistration>() : [PosixSignalRegistration.Create(FileTooLarge, Ignore)],
    ];
    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>128 and the number of the signal, as shells have it.</summary>
    public int ExitCode { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private static void Ignore(PosixSignalContext context) => context.Cancel = true;

    private void Stop(PosixSignalContext context, int exitCode)
    {
        context.Cancel = !source.IsCancellationRequested;
        ExitCode = exitCode;
        source.Cancel();
    }
}
