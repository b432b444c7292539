using System;
using System.IO;
using System.Threading;

namespace LlamaGate.Feeds;

/// <summary>Saves packages of feeds to files.</summary>
internal sealed class PackageSaver
{
    private readonly PackageDownloads downloads;
    private readonly CallersThread caller;

    public PackageSaver(PackageDownloads downloads, CallersThread caller)
    {
        this.downloads = downloads;
        this.caller = caller;
    }

    /// <summary>Saves a package; see <see cref="PackageFeeds.Save"/>.</summary>
    public SavedPackage Save(FeedPackage package, string folder, bool overwrite, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Path.GetFullPath(folder), PackageDownloads.FileNameOf(package));
        if (!overwrite && File.Exists(path))
        {
            throw new LlamaGateException(
                ErrorIds.DestinationExists, $"'{path}' already exists. Use -Force (--force) to replace it, or specify another folder.", path);
        }

        // Beside the destination, then renamed: an interrupted download leaves what was there.
        string partial = path + "." + Guid.NewGuid().ToString("N") + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            caller.Run(
                async (log, token) =>
                {
                    await downloads.GetAsync(package, partial, log, token).ConfigureAwait(false);
                    return true;
                },
                cancellationToken);
            var saved = new SavedPackage(package, path, new FileInfo(partial).Length, FileHash.Sha512(partial));
            File.Delete(path);
            File.Move(partial, path);
            return saved;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LlamaGateException(
                ErrorIds.ExportFailed,
                $"'{path}' could not be written: {exception.Message} Check disk space and permissions, then try again.",
                path,
                innerException: exception);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
