using System;
using System.IO;
using LlamaGate.Registry;

namespace LlamaGate.Installation;

/// <summary>What the registry says of an item's place. It is compared, never followed (contract, section 2).</summary>
internal static class SourcePath
{
    /// <summary>Whether an entry names the item's own folder.</summary>
    public static bool IsFolderOf(RegistryEntry entry, LlamaGateHome home) => string.Equals(
        entry.SourcePath.TrimEnd('/', Path.DirectorySeparatorChar),
        home.ItemFolder(entry.Type, entry.Id),
        Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
