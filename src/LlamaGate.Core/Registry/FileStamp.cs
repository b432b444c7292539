using System;
using System.IO;
using LlamaGate.FileSystem;

namespace LlamaGate.Registry;

/// <summary>What changes when somebody replaces or rewrites a file.</summary>
internal readonly record struct FileStamp(bool Exists, long Length, DateTime Written, DateTime Created)
{
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(StorePath.ThroughLink(path));
        return file.Exists
            ? new FileStamp(true, file.Length, file.LastWriteTimeUtc, file.CreationTimeUtc)
            : default;
    }
}
