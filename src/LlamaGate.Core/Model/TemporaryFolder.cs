using System;

namespace LlamaGate;

/// <summary>
/// An empty folder in the home's <c>tmp/</c> that disposing deletes. If the process ends before that, the next command that changes the
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
