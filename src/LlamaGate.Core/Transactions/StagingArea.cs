using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;

namespace LlamaGate.Transactions;

/// <summary>
/// A folder of one's own below <c>tmp/import</c>, with a locked file beside it that tells others that its owner lives (contract,
/// section 6). New content is made in it; what is to be deleted is moved into it. Disposing it deletes what is still there.
/// </summary>
internal sealed class StagingArea : IDisposable
{
    private const string LockSuffix = ".lock";
    private const string ChecksumsSuffix = ".sha256";
    private const string SourceSuffix = ".source";
    private readonly StoreSettings settings;
    private readonly FileStream held;

    private StagingArea(StoreSettings settings, string name, FileStream held)
    {
        Name = name;
        Folder = FolderOf(settings.Home, name);
        ChecksumsFile = ChecksumsOf(settings.Home, name);
        SourceFile = SourceOf(settings.Home, name);
        this.settings = settings;
        this.held = held;
    }

    /// <summary>The folder's name: 32 hexadecimal digits.</summary>
    public string Name { get; }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The file beside it for the checksums of what is in it.</summary>
    public string ChecksumsFile { get; }

    /// <summary>The file beside it that says where what is in it came from; empty when that is to be forgotten.</summary>
    public string SourceFile { get; }

    public static string FolderOf(LlamaGateHome home, string name) => Path.Combine(home.StagingFolder, name);

    public static string ChecksumsOf(LlamaGateHome home, string name) => Path.Combine(home.StagingFolder, name + ChecksumsSuffix);

    public static string SourceOf(LlamaGateHome home, string name) => Path.Combine(home.StagingFolder, name + SourceSuffix);

    /// <summary>Makes an empty staging folder.</summary>
    public static StagingArea Create(StoreSettings settings)
    {
        LlamaGateHome home = settings.Home;
        StorePath.Ensure(settings, home.StagingFolder);
        while (true)
        {
            string name = StagingName.New();
            settings.Step("staging.lock");

            // A sweep may open the file between our making it and locking it, and delete it: it is not ours then, or not there.
            string lockFile = Path.Combine(home.StagingFolder, name + LockSuffix);
            if (StoreLock.TryHold(lockFile, FileMode.CreateNew) is { } held)
            {
                if (!File.Exists(lockFile))
                {
                    held.Dispose();
                    continue;
                }

                var area = new StagingArea(settings, name, held);
                try
                {
                    settings.Step("staging.folder");
                    Directory.CreateDirectory(area.Folder);
                    return area;
                }
                catch
                {
                    area.Dispose();
                    throw;
                }
            }
        }
    }

    /// <summary>Deletes the staging folders whose owners have ended; the caller holds the store's lock and has read the journal.</summary>
    /// <returns>What could not be deleted, and why.</returns>
    public static IReadOnlyList<string> Sweep(StoreSettings settings)
    {
        LlamaGateHome home = settings.Home;
        var complaints = new List<string>();
        if (!StorePath.IsFolder(home.StagingFolder) || StorePath.LeadsThroughLink(home, home.StagingFolder))
        {
            return complaints;
        }

        IEnumerable<string> names = Directory.EnumerateFileSystemEntries(home.StagingFolder)
            .Select(path => Path.GetFileNameWithoutExtension(path)).Where(StagingName.IsValid);
        foreach (string name in new HashSet<string>(names, StringComparer.Ordinal))
        {
            try
            {
                // A folder without a lock file has no owner: it is made before all else, and goes last.
                string lockFile = Path.Combine(home.StagingFolder, name + LockSuffix);
                bool isOrphan = StorePath.Probe(lockFile) == PathKind.Missing;
                using FileStream? dead = isOrphan ? null : StoreLock.TryHold(lockFile, FileMode.Open);
                if (isOrphan || dead is not null)
                {
                    settings.Step("sweep.folder");
                    StorePath.Delete(FolderOf(home, name));
                    settings.Step("sweep.checksums");
                    StorePath.Delete(ChecksumsOf(home, name));
                    StorePath.Delete(SourceOf(home, name));
                }

                if (dead is not null)
                {
                    settings.Step("sweep.unlock");
                    DeleteHeld(dead);
                }
            }
            catch (FileNotFoundException)
            {
                // Its owner was alive and has just finished.
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                complaints.Add($"'{FolderOf(home, name)}', which an interrupted command left behind, cannot be deleted: "
                    + $"{exception.Sentence()} Delete it by hand.");
            }
        }

        return complaints;
    }

    /// <summary>Lets go of the folder and leaves it to the next writer, who finds in the journal what is to be done with it.</summary>
    public void Leave() => held.Dispose();

    /// <summary>
    /// Deletes what is still there, unless it was left. What cannot be deleted is left to the next sweep.
    /// </summary>
    public void Dispose()
    {
        if (!held.CanWrite)
        {
            return; // Disposed or left already.
        }

        try
        {
            settings.Step("staging.delete-folder");
            StorePath.Delete(Folder);
            settings.Step("staging.delete-checksums");
            StorePath.Delete(ChecksumsFile);
            StorePath.Delete(SourceFile);
            settings.Step("staging.unlock");
            DeleteHeld(held);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The lock file is still there, so that the next writer finds the folder, tries again and says why it cannot.
        }
        finally
        {
            held.Dispose();
        }
    }

    private static void DeleteHeld(FileStream held)
    {
        string path = held.Name;
        if (Platform.IsWindows)
        {
            held.Dispose(); // Windows deletes no file that is open.
        }

        File.Delete(path);
    }
}
