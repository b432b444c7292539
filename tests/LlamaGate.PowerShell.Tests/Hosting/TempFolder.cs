using System;
using System.IO;

namespace LlamaGate.Tests.Hosting;

/// <summary>A folder of a test's own, gone when the test is over.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("llamagate-");

    /// <summary>The folder's full path.</summary>
    public string Path => folder.FullName;

    /// <summary>The full path of something in the folder.</summary>
    /// <param name="parts">The path below the folder.</param>
    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => folder.Delete(recursive: true);
}
