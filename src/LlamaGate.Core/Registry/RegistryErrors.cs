using System;
using System.IO;
using System.Text.Json;
using LlamaGate.FileSystem;

namespace LlamaGate.Registry;

/// <summary>The errors of a registry that cannot be read.</summary>
internal static class RegistryErrors
{
    /// <summary>A file of the registry is damaged.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">What the parser said.</param>
    public static LlamaGateException Corrupt(string path, Exception cause)
    {
        string where = cause is JsonException { LineNumber: { } line } ? $" (line {line + 1})" : string.Empty;
        return new LlamaGateException(
            ErrorIds.RegistryCorrupt,
            $"The registry cannot be read: '{path}' does not have the format that LlamaGate writes{where}. Nothing was changed. Run "
                + "Sync-LlamaGateExtension (llamagate sync). It keeps a copy of the file and rebuilds the registry from the items on disk.",
            path,
            innerException: cause);
    }

    /// <summary>The error of a reader that writers gave no chance.</summary>
    public static LlamaGateException ChangesTooFast(LlamaGateHome home) => new(
        ErrorIds.StoreLocked, $"The registry of '{home.Path}' changes faster than it can be read. Try again.", home.RegistryFile);

    /// <summary>Throws when a file is in the place of the home.</summary>
    /// <exception cref="IOException">It is a file.</exception>
    public static void ThrowIfFile(LlamaGateHome home)
    {
        if (StorePath.Probe(home.Path) == PathKind.File)
        {
            throw new IOException("It is a file, but a folder is expected.");
        }
    }
}
