using System.IO;
using LlamaGate.FileSystem;

namespace LlamaGate.Transactions;

/// <summary>
/// Finds out whether the file system of a home holds the permission to execute (contract, section 5). NTFS, exFAT and shares may show it on
/// every file or on none, and some refuse to change it: only a file that the store has written tells, not the file system's name.
/// </summary>
internal static class ExecuteBit
{
    /// <summary>Whether the file system holds the permission.</summary>
    /// <param name="settings">The settings of the store.</param>
    /// <param name="mayWrite">Whether a file may be written for it. If not, a file system that shows the permission on no file is taken for one that holds it.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static bool IsHeld(StoreSettings settings, bool mayWrite)
    {
        if (IsExecutable(settings.Home.LockFile))
        {
            return false; // It was written without.
        }

        if (!mayWrite)
        {
            return true;
        }

        using var area = StagingArea.Create(settings);
        string file = Path.Combine(area.Folder, "executable");
        File.WriteAllBytes(file, []);
        return !IsExecutable(file) && UnixFile.TryMakeExecutable(file);
    }

    private static bool IsExecutable(string path) =>
        StorePath.Probe(path) == PathKind.File && (UnixFile.GetMode(path) & UnixFile.OwnerMayExecute) != 0;
}
