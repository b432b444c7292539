using System;
using System.IO;
using System.Text;
using LlamaGate.FileSystem;

namespace LlamaGate.Tests;

/// <summary>Copies of a home as it is at one moment: what a killed process would have left.</summary>
internal static class DiskCopy
{
    private static readonly string Staging = Path.DirectorySeparatorChar + Path.Combine("tmp", "import") + Path.DirectorySeparatorChar;

    /// <summary>
    /// Copies a home with its times, modes and links. A folder of the copy is another folder than the one it was copied from: so that
    /// the copy stands for the home itself, the journal names the copied folders.
    /// </summary>
    /// <param name="from">The folder of the home.</param>
    /// <param name="to">The folder of the copy, which does not exist yet.</param>
    /// <param name="keepsIdentities">Whether the copy stands for the home itself; when not, it is what a restored backup is.</param>
    public static void Take(string from, string to, bool keepsIdentities = true)
    {
        CopyFolder(from, to);
        if (keepsIdentities)
        {
            KeepIdentities(from, to);
        }
    }

    /// <summary>Lets the journal of a copy name the copied folders.</summary>
    public static void KeepIdentities(string from, string to)
    {
        string journal = Path.Combine(to, "registry", "journal.jsonl");
        if (!File.Exists(journal))
        {
            return;
        }

        string text = File.ReadAllText(journal, Encoding.Latin1);
        DateTime written = File.GetLastWriteTimeUtc(journal);
        string renamed = text;
        foreach (string folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
        {
            string? old = FileIdentity.Of(folder)?.ToString();
            if (old is not null && text.Contains(old, StringComparison.Ordinal))
            {
                string copy = Path.Combine(to, Path.GetRelativePath(from, folder));
                FileIdentity copied = FileIdentity.Of(copy) ?? throw new IOException($"'{copy}', a copy of '{folder}', cannot be looked at.");
                renamed = renamed.Replace($"\"{old}\"", $"\"{copied}\"", StringComparison.Ordinal);
            }
        }

        if (renamed != text)
        {
            File.WriteAllText(journal, renamed, Encoding.Latin1);
            File.SetLastWriteTimeUtc(journal, written);
        }
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (FileSystemInfo item in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            string target = Path.Combine(to, item.Name);
            if (item.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                Directory.CreateSymbolicLink(target, item.LinkTarget!);
            }
            else if (item is DirectoryInfo)
            {
                CopyFolder(item.FullName, target);
            }
            else
            {
                CopyFile((FileInfo)item, target);
            }
        }

        Directory.SetLastWriteTimeUtc(to, Directory.GetLastWriteTimeUtc(from));
    }

    /// <summary>Puts a copy in the place of a folder.</summary>
    public static void Restore(string copy, string folder)
    {
        StorePath.Delete(folder);
        Take(copy, folder);
    }

    // A file that this process has open for itself alone cannot be read: an empty lock file, or content that is being staged, of
    // which a dead process may have left nothing.
    private static void CopyFile(FileInfo file, string target)
    {
        try
        {
            file.CopyTo(target);
        }
        catch (IOException) when (file.Extension == ".lock" || file.FullName.Contains(Staging, StringComparison.Ordinal))
        {
            File.Create(target).Dispose();
        }

        File.SetLastWriteTimeUtc(target, file.LastWriteTimeUtc);
    }
}
