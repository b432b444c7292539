using System.IO;
using LlamaGate.FileSystem;

namespace LlamaGate.Registry;

/// <summary>What the registry says of an item's place. It is compared, never followed (contract, section 2).</summary>
internal static class SourcePath
{
    /// <summary>Whether an entry names the item's own folder.</summary>
    public static bool IsFolderOf(RegistryEntry entry, LlamaGateHome home) => string.Equals(
        entry.SourcePath.TrimEnd('/', Path.DirectorySeparatorChar),
        home.ItemFolder(entry.Type, entry.Id),
        Platform.PathComparison);
}
