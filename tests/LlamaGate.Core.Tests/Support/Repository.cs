using System;
using System.IO;

namespace LlamaGate.Tests;

/// <summary>The folder of the repository, which the tests run below.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CHANGELOG.md")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
