using System;
using System.IO;
using System.Threading;
using LlamaGate.FileSystem;

namespace LlamaGate.Transactions;

/// <summary>
/// The writers' lock: <c>store.lock</c> held open and shared with nobody. The system releases it when a process ends. The file holds
/// the signature of the last holder: the clock of a file system is too coarse to tell whether others have rewritten the registry.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private const int FirstPauseMilliseconds = 1;
    private const int LongestPauseMilliseconds = 40;
    private readonly FileStream held;

    private StoreLock(FileStream held)
    {
        this.held = held;
    }

    /// <summary>Waits for the lock.</summary>
    /// <param name="path">The lock file; it is never deleted.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="log">Gets a message when the wait takes longer than a second.</param>
    /// <param name="token">Ends the wait at once.</param>
    /// <returns>The lock; disposing releases it.</returns>
    /// <exception cref="LlamaGateException">StoreLocked.</exception>
    public static StoreLock Acquire(string path, TimeSpan timeout, IStoreLog log, CancellationToken token)
    {
        using var wait = new LockWait(path, timeout, log);
        for (int pause = FirstPauseMilliseconds; ; pause = Math.Min(pause * 2, LongestPauseMilliseconds))
        {
            token.ThrowIfCancellationRequested();
            if (TryHold(path, FileMode.OpenOrCreate) is { } held)
            {
                return new StoreLock(held);
            }

            if (wait.IsOver)
            {
                throw new LlamaGateException(
                    ErrorIds.StoreLocked,
                    $"Another process has been changing this LlamaGate home for more than {timeout.TotalSeconds:0.##} seconds. Wait until "
                        + $"it ends and try again, or wait longer with -LockTimeoutSeconds (--lock-timeout). The lock is '{path}'; do not delete it.",
                    path);
            }

            wait.Tell();
            token.WaitHandle.WaitOne(pause);
        }
    }

    /// <summary>Opens a file exclusively; null when another process has it open exclusively.</summary>
    public static FileStream? TryHold(string path, FileMode mode)
    {
        try
        {
            switch (StorePath.Probe(path))
            {
                case PathKind.Link:
                    throw new IOException($"'{path}' is a link. Replace the link with a file.");
                case PathKind.File:
                    StorePath.RefuseSpecial(path);
                    break;
            }

            return new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsHeldByAnother(exception))
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the lock keeps others out. It does not on some network file systems, nor where locks are switched off for all of .NET
    /// (<c>DOTNET_SYSTEM_IO_DISABLEFILELOCKING</c>): a second one can be had then.
    /// </summary>
    public bool KeepsOthersOut()
    {
        using FileStream? second = TryHold(held.Name, FileMode.Open);
        return second is null;
    }

    /// <summary>Signs the lock.</summary>
    /// <param name="signature">What the holder recognizes itself by.</param>
    /// <returns>Whether nobody else has held the lock since this holder signed it.</returns>
    public bool Sign(Guid signature)
    {
        byte[] mine = signature.ToByteArray();
        byte[] last = new byte[mine.Length];
        if (held.Read(last, 0, last.Length) == last.Length && mine.AsSpan().SequenceEqual(last))
        {
            return true;
        }

        held.Position = 0;
        held.Write(mine, 0, mine.Length);
        held.Flush();
        return false;
    }

    /// <summary>Lets go of the lock.</summary>
    public void Dispose() => held.Dispose();

    private static bool IsHeldByAnother(IOException exception)
    {
        int code = exception.HResult & 0xFFFF;

        // Mono reports the codes of Windows on Unix as well. As codes of Unix, they are not errors of opening a file.
        return Sharing.IsHeld(exception)
            || (Platform.IsUnix && code is 11 or 35); // EWOULDBLOCK on Linux, on macOS and BSD
    }
}
