using System;
using System.IO;
using System.IO.Compression;

namespace LlamaGate.Tests.Hosting;

/// <summary>Makes the packages that tests import.</summary>
internal static class TestPackage
{
    /// <summary>A zip of an extension: a manifest and one prompt.</summary>
    /// <param name="path">Where to write it.</param>
    /// <param name="id">The id.</param>
    /// <param name="version">The version.</param>
    /// <param name="enabled">What its manifest says of its state.</param>
    /// <param name="zeroBytes">The size of a further file of zeros, which is large unpacked and small packed.</param>
    public static string Extension(string path, string id, string version = "1.0.0", bool enabled = true, long zeroBytes = 0) =>
        Zip(path, zeroBytes, ("manifest.yaml", $"""
            name: {id}
            version: {version}
            description: An extension of the tests
            type: workflow
            enabled: {(enabled ? "true" : "false")}
            steps:
              - uses: llm.chat
            """), ("prompts/greeting.txt", $"Hello from {id} {version}.\n"));

    /// <summary>A zip of an agentic module.</summary>
    /// <param name="path">Where to write it.</param>
    /// <param name="id">The id.</param>
    /// <param name="version">The version.</param>
    public static string Module(string path, string id, string version = "1.0.0") => Zip(path, 0, ("agenticmodule.yaml", $"""
        name: {id}
        version: {version}
        description: A module of the tests
        steps:
          - extension: summary
        """));

    /// <summary>A zip of any files.</summary>
    /// <param name="path">Where to write it.</param>
    /// <param name="files">Names and texts.</param>
    public static string Of(string path, params (string Name, string Text)[] files) => Zip(path, 0, files);

    /// <summary>A legacy folder that holds an extension.</summary>
    /// <param name="folder">The folder to make.</param>
    /// <param name="id">The id.</param>
    public static string LegacyFolder(string folder, string id)
    {
        Directory.CreateDirectory(folder);
        string zip = Extension(folder + ".zip", id);
        ZipFile.ExtractToDirectory(zip, folder);
        File.Delete(zip);
        return folder;
    }

    private static string Zip(string path, long zeroBytes, params (string Name, string Text)[] files)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream stream = File.Create(path);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach ((string name, string text) in files)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(text);
        }

        if (zeroBytes > 0)
        {
            using Stream zeros = zip.CreateEntry("zeros.bin", CompressionLevel.Fastest).Open();
            var block = new byte[1024 * 1024];
            for (long left = zeroBytes; left > 0; left -= block.Length)
            {
                zeros.Write(block, 0, (int)Math.Min(block.Length, left));
            }
        }

        return path;
    }
}
