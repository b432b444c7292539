using System;

namespace LlamaGate;

/// <summary>
/// An empty folder in the home's <c>tmp/</c> that disposing deletes. Where the process dies first, the next command that changes the
/// home deletes it (contract, section 6).
/// </summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly IDisposable area;

    internal TemporaryFolder(string path, IDisposable area)
    {
        Path = path;
        this.area = area;
    }

    /// <summary>The full path of the folder.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose() => area.Dispose();
}
