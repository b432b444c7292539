using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace LlamaGate.Tests.Hosting;

/// <summary>Everything below a folder, as text to compare: two snapshots are equal when the folder was left exactly as it was.</summary>
internal static class FolderSnapshot
{
    /// <summary>Names, sizes, times and hashes of what is below a folder, a line each.</summary>
    /// <param name="folder">The folder; it need not be there.</param>
    public static string Of(string folder) => !Directory.Exists(folder)
        ? "(not there)"
        : string.Join('\n', new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .OrderBy(entry => entry.FullName, System.StringComparer.Ordinal)
            .Select(entry => $"{Path.GetRelativePath(folder, entry.FullName)} {entry.LastWriteTimeUtc:O} {Content(entry)}"));

    private static string Content(FileSystemInfo entry) => entry is FileInfo file
        ? System.Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.FullName)))
        : "folder";
}
