using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LlamaGate.FileSystem;

/// <summary>What is at a path, links not followed.</summary>
internal enum PathKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A file.</summary>
    File,

    /// <summary>A symbolic link, a junction or a similar reparse point.</summary>
    Link,
}

/// <summary>Looks at and makes the store's folders, links not followed (contract, section 6).</summary>
internal static class StorePath
{
    /// <summary>What is at a path.</summary>
    public static PathKind Probe(string path)
    {
        FileAttributes attributes;
        try
        {
            attributes = new FileInfo(path).Attributes;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return PathKind.Missing; // .NET Framework throws where .NET answers -1.
        }
        catch (Exception exception) when (IsNoName(exception))
        {
            return PathKind.Missing;
        }

        return attributes == (FileAttributes)(-1) ? PathKind.Missing
            : IsLink(path, attributes) ? PathKind.Link
            : (attributes & FileAttributes.Directory) != 0 ? PathKind.Folder
            : PathKind.File;
    }

    // Nothing can have a name that Windows does not allow, such as "*.zip": ERROR_INVALID_NAME, or what .NET Framework finds by itself.
    private static bool IsNoName(Exception exception) =>
        !Platform.IsUnix && (exception.HResult == unchecked((int)0x8007007B) || exception is ArgumentException);

    /// <summary>Whether what is at a path is a link, as its attributes say; Windows has to be asked what the attribute is for.</summary>
    public static bool IsLink(string path, FileAttributes attributes) =>
        (attributes & FileAttributes.ReparsePoint) != 0 && (Platform.IsUnix || WindowsFile.IsLink(path));

    /// <summary>Whether a folder, and no link to one, is at a path.</summary>
    public static bool IsFolder(string path) => Probe(path) == PathKind.Folder;

    /// <summary>Whether what is at a path, link or not, is a file and no device, pipe or socket.</summary>
    public static bool IsRegularFile(string path) => Platform.IsUnix
        ? (UnixFile.GetMode(path, followLink: true) & UnixFile.KindMask) == UnixFile.RegularFile
        : File.Exists(path);

    /// <summary>Refuses what might be read forever: a device, a pipe or another special file in the place of a file.</summary>
    /// <exception cref="IOException">There is one.</exception>
    public static void RefuseSpecial(string path)
    {
        if (Platform.IsUnix && !Directory.Exists(path) && !IsRegularFile(path))
        {
            throw new IOException($"'{path}' is a device, a pipe or another special file, but a regular file is expected. Move it to another place.");
        }
    }

    /// <summary>Makes a folder below the home, and those on the way; none of them may be a link or a file.</summary>
    /// <exception cref="IOException">Something else is there.</exception>
    public static void Ensure(StoreSettings settings, string folder)
    {
        string parent = Path.GetDirectoryName(folder)!;
        if (parent.Length > settings.Home.Path.Length)
        {
            Ensure(settings, parent);
        }

        switch (Probe(folder))
        {
            case PathKind.Missing:
                settings.Step("folder.create");
                Directory.CreateDirectory(folder);
                break;
            case PathKind.Link:
                throw IsLink(folder);
            case PathKind.File:
                throw IsFile(folder);
        }
    }

    /// <summary>Makes the home itself, which may be a link.</summary>
    public static void EnsureHome(LlamaGateHome home) => Directory.CreateDirectory(home.Path);

    /// <summary>
    /// Refuses a path that leads through a link inside the home, or through a file; what is at the path itself may be either.
    /// </summary>
    /// <exception cref="IOException">A folder on the way is a link or a file.</exception>
    public static void RefuseObstacles(LlamaGateHome home, string path)
    {
        if (OnTheWay(home, path, PathKind.Link) is { } link)
        {
            throw IsLink(link);
        }

        if (OnTheWay(home, path, PathKind.File) is { } file)
        {
            throw IsFile(file);
        }
    }

    /// <summary>Whether a path leads through a link inside the home, and so perhaps out of it; the path itself may be one.</summary>
    public static bool LeadsThroughLink(LlamaGateHome home, string path) => OnTheWay(home, path, PathKind.Link) is not null;

    /// <summary>
    /// Deletes a file or a whole folder, also what forbids its owner to change it; links in it are deleted, never followed.
    /// </summary>
    /// <exception cref="IOException">Something is mounted in it, which is not its own, or it cannot be deleted.</exception>
    public static void Delete(string path)
    {
        switch (Probe(path))
        {
            case PathKind.File:
                Delete(path, File.Delete);
                break;
            case PathKind.Link:
                DeleteLink(path);
                break;
            case PathKind.Folder:
                RefuseMountPoint(path);
                try
                {
                    DeleteFolder(path);
                }
                catch (Exception exception) when (Platform.IsUnix && exception is IOException or UnauthorizedAccessException)
                {
                    if (!UnixFile.MakeWritable(path))
                    {
                        throw;
                    }

                    DeleteFolder(path);
                }

                break;
        }
    }

    /// <summary>Whether a path is one of the places that the home consists of, or is in one, by this or any other name.</summary>
    public static bool BelongsTo(LlamaGateHome home, string path)
    {
        for (string at = path; Path.GetDirectoryName(at) is { } parent; at = parent)
        {
            if (IsSame(parent, home.Path) && Owns(home, Path.Combine(home.Path, Path.GetFileName(at))))
            {
                return true;
            }
        }

        return LiesIn(path, home.Folders);
    }

    /// <summary>Whether a path is one of some folders, or is in one, by this or any other name.</summary>
    public static bool LiesIn(string path, IReadOnlyCollection<string> folders)
    {
        for (string? at = path; at is not null; at = Path.GetDirectoryName(at))
        {
            if (folders.Any(folder => IsSame(at, folder)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether two paths are the same text, or lead to the same file or folder.</summary>
    public static bool IsSame(string path, string other) =>
        string.Equals(path, other, Platform.PathComparison)
        || (FileIdentity.OfTarget(path) is { } identity && FileIdentity.OfTarget(other) is { } otherIdentity && identity.Matches(otherIdentity));

    /// <summary>Where a file really lies: the path itself, or what the link at the path leads to in the end.</summary>
    /// <exception cref="IOException">The link leads nowhere.</exception>
    public static string ThroughLink(string path) => Probe(path) != PathKind.Link ? path
        : (Platform.IsWindows ? WindowsFile.TryGetTarget(path) : UnixFile.TryGetTarget(path))
            ?? throw new IOException($"'{path}' is a link to a file that does not exist. Create that file, or delete the link.");

    // Whether a path is the home's marker, is one of the folders that the home consists of, or is in one.
    private static bool Owns(LlamaGateHome home, string path) =>
        string.Equals(path, home.MigrationMarker, Platform.PathComparison)
        || home.Folders.Any(folder =>
            (path + Path.DirectorySeparatorChar).StartsWith(folder + Path.DirectorySeparatorChar, Platform.PathComparison));

    private static string? OnTheWay(LlamaGateHome home, string path, PathKind kind)
    {
        for (string folder = Path.GetDirectoryName(path)!; folder.Length > home.Path.Length; folder = Path.GetDirectoryName(folder)!)
        {
            if (Probe(folder) == kind)
            {
                return folder;
            }
        }

        return null;
    }

    private static IOException IsLink(string path) =>
        new($"'{path}' is a link. Links inside a LlamaGate home are not followed. Replace the link with a folder.");

    private static IOException IsFile(string path) => new($"'{path}' is a file, but a folder is expected. Move the file to another place.");

    // Before anything is tried: its permissions are not ours to change either.
    private static void RefuseMountPoint(string path)
    {
        if (Platform.IsUnix && UnixFile.IsMountPoint(path))
        {
            throw new IOException($"'{path}' is a mount point, and its content does not belong to LlamaGate. Unmount it.");
        }
    }

    private static void DeleteFolder(string path)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(path))
        {
            Delete(entry);
        }

        Delete(path, Directory.Delete);
    }

    private static void DeleteLink(string path) =>
        Delete(path, Platform.IsWindows && (File.GetAttributes(path) & FileAttributes.Directory) != 0 ? Directory.Delete : File.Delete);

    // Windows deletes neither what somebody has open nor what is marked read-only.
    private static void Delete(string path, Action<string> delete) => Sharing.Retry(() =>
    {
        try
        {
            delete(path);
        }
        catch (Exception exception) when (Sharing.MayPass(exception) && (File.GetAttributes(path) & FileAttributes.ReadOnly) != 0)
        {
            File.SetAttributes(path, FileAttributes.Normal);
            delete(path);
        }
    });
}
