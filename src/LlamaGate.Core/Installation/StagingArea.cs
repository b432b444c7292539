using System;
using System.Collections.Generic;
using System.IO;

namespace LlamaGate.Installation;

/// <summary>
/// A folder of one's own below <c>tmp/import</c>, with a locked file beside it that tells others that its owner lives (contract,
/// section 6). New content is made in it; what is to be deleted is moved into it. Disposing it deletes what is still there.
/// </summary>
internal sealed class StagingArea : IDisposable
{
    private const string LockSuffix = ".lock";
    private const string ChecksumsSuffix = ".sha256";
    private readonly FileStream held;

    private StagingArea(LlamaGateHome home, string name, FileStream held)
    {
        Name = name;
        Folder = FolderOf(home, name);
        ChecksumsFile = ChecksumsOf(home, name);
        this.held = held;
    }

    /// <summary>The folder's name: 32 hexadecimal digits.</summary>
    public string Name { get; }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The file beside it for the checksums of what is in it.</summary>
    public string ChecksumsFile { get; }

    /// <summary>Whether a name may be that of a staging folder.</summary>
    public static bool IsValidName(string name) => Guid.TryParseExact(name, "N", out _);

    public static string FolderOf(LlamaGateHome home, string name) => Path.Combine(home.StagingFolder, name);

    public static string ChecksumsOf(LlamaGateHome home, string name) => Path.Combine(home.StagingFolder, name + ChecksumsSuffix);

    /// <summary>Makes an empty staging folder.</summary>
    public static StagingArea Create(LlamaGateHome home)
    {
        StorePath.Ensure(home, home.StagingFolder);
        while (true)
        {
            string name = Guid.NewGuid().ToString("N");

            // Null: a sweep opened the file between our making it and locking it, and is about to delete it.
            if (StoreLock.TryHold(Path.Combine(home.StagingFolder, name + LockSuffix), FileMode.CreateNew) is { } held)
            {
                var area = new StagingArea(home, name, held);
                try
                {
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

    /// <summary>Deletes the staging folders whose owners died; the caller holds the store's lock and has read the journal.</summary>
    /// <param name="home">The home.</param>
    /// <returns>What could not be deleted, and why.</returns>
    public static IReadOnlyList<string> Sweep(LlamaGateHome home)
    {
        var complaints = new List<string>();
        if (!StorePath.IsFolder(home.StagingFolder))
        {
            return complaints;
        }

        foreach (string lockFile in Directory.GetFiles(home.StagingFolder, "*" + LockSuffix))
        {
            string name = Path.GetFileNameWithoutExtension(lockFile);
            if (!IsValidName(name))
            {
                continue;
            }

            try
            {
                using FileStream? dead = StoreLock.TryHold(lockFile, FileMode.Open);
                if (dead is not null)
                {
                    StorePath.Delete(FolderOf(home, name));
                    StorePath.Delete(ChecksumsOf(home, name));
                    File.Delete(lockFile);
                }
            }
            catch (FileNotFoundException)
            {
                // Its owner was alive and has just finished.
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                complaints.Add($"What an interrupted command left at '{FolderOf(home, name)}' cannot be deleted: {exception.Message}");
            }
        }

        return complaints;
    }

    /// <summary>Deletes what is still there. What cannot be deleted is left to the next sweep.</summary>
    public void Dispose()
    {
        bool clean = true;
        try
        {
            StorePath.Delete(Folder);
            StorePath.Delete(ChecksumsFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            clean = false; // The lock file stays, so that the next writer finds the folder, tries again and says why it cannot.
        }

        string lockFile = held.Name;
        if (clean && Path.DirectorySeparatorChar == '/')
        {
            File.Delete(lockFile);
            held.Dispose();
        }
        else
        {
            held.Dispose();
            if (clean)
            {
                File.Delete(lockFile);
            }
        }
    }
}
