using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace LlamaGate.Feeds;

/// <summary>A file that a download is written to: counts the bytes while they arrive, and tells how far it is.</summary>
internal sealed class LimitedFile : IDisposable
{
    private const int BufferBytes = 128 * 1024;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);
    private readonly FileStream stream;
    private readonly long maxBytes;
    private readonly IStoreLog log;
    private readonly string subject;
    private DateTime lastReport = DateTime.UtcNow;
    private long total;

    /// <summary>Makes the file, which must not be there.</summary>
    public LimitedFile(string path, long maxBytes, string subject, IStoreLog log)
    {
        this.maxBytes = maxBytes;
        this.subject = subject;
        this.log = log;
        stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1, useAsync: true);
    }

    /// <summary>Where the file is.</summary>
    public string Path => stream.Name;

    /// <summary>Copies everything from a source; what an attempt before has written is overwritten.</summary>
    /// <param name="source">Where the bytes come from.</param>
    /// <param name="length">How many there will be, if that is known.</param>
    /// <param name="stall">How long no byte may arrive.</param>
    /// <param name="token">Stops the copying.</param>
    /// <exception cref="LlamaGateException">DownloadFailed: there are too many.</exception>
    /// <exception cref="TimeoutException">No byte has arrived for too long.</exception>
    public async Task CopyFromAsync(Stream source, long? length, Stall stall, CancellationToken token)
    {
        if (length > maxBytes)
        {
            throw TooLong();
        }

        total = length ?? 0;
        stream.SetLength(0);
        byte[] buffer = new byte[BufferBytes];
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(token);

        // Not every stream obeys a token on .NET Framework; all obey being closed.
        using CancellationTokenRegistration closing = watch.Token.Register(source.Dispose);
        while (true)
        {
            int count;
            stall.Begin(watch);
            try
            {
                count = await source.ReadAsync(buffer.AsMemory(), watch.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (watch.IsCancellationRequested)
            {
                token.ThrowIfCancellationRequested();
                throw new TimeoutException($"No data has arrived for {stall.Limit.TotalSeconds:0.#} seconds.", exception);
            }

            if (count == 0)
            {
                break;
            }

            if (stream.Position + count > maxBytes)
            {
                throw TooLong();
            }

            await stream.WriteAsync(buffer.AsMemory(0, count), token).ConfigureAwait(false);
            Report();
        }

        log.Progress(new StoreProgress("Downloading packages", subject, stream.Position, total, isCompleted: true));
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void Report()
    {
        DateTime now = DateTime.UtcNow;
        if (now - lastReport >= ReportEvery)
        {
            lastReport = now;
            log.Progress(new StoreProgress("Downloading packages", subject, stream.Position, total));
        }
    }

    private LlamaGateException TooLong() => new(
        FeedErrorIds.DownloadFailed,
        $"'{subject}' has more than {maxBytes} bytes and was not downloaded. If you trust the package, raise the limit with "
            + "-MaxDownloadBytes (--max-download-bytes).",
        subject);
}
