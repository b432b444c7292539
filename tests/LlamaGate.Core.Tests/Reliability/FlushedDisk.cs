using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LlamaGate.Tests.Reliability;

/// <summary>What has reached the disk, as the system calls of a command tell it: contents of files, and names in folders.</summary>
internal sealed class FlushedDisk
{
    private readonly HashSet<string> files;
    private readonly HashSet<string> unflushed = new(StringComparer.Ordinal);

    /// <summary>Begins with a folder whose files have all reached the disk.</summary>
    public FlushedDisk(string root) => files = [.. Directory.GetFiles(root, "*", SearchOption.AllDirectories)];

    /// <summary>The files that were written, and the folders in which names were changed, since they were flushed.</summary>
    public IEnumerable<string> Unflushed => unflushed;

    /// <summary>How often something was renamed.</summary>
    public int Moves { get; private set; }

    /// <summary>Whether a file is there, and its content and name have reached the disk.</summary>
    public bool Has(string file) => files.Contains(file) && !unflushed.Contains(file) && !unflushed.Contains(Path.GetDirectoryName(file)!);

    /// <summary>Takes note of a call.</summary>
    public void Take(SystemCall call)
    {
        string first = call.Paths[0];
        switch (call.Name)
        {
            case "openat" when !first.EndsWith(".lock", StringComparison.Ordinal):
                unflushed.Add(first);
                if (files.Add(first))
                {
                    unflushed.Add(Path.GetDirectoryName(first)!);
                }

                break;
            case "fsync":
                unflushed.Remove(first);
                break;
            case "syncfs":
                unflushed.Clear();
                break;
            case "unlink":
                files.Remove(first);
                unflushed.Remove(first);
                break;
            case var _ when call.IsMove:
                Moves++;
                files.UnionWith(call.Paths.Skip(1).Where(_ => files.Remove(first)));
                unflushed.UnionWith(call.Paths.Select(path => Path.GetDirectoryName(path)!));
                break;
        }
    }
}
