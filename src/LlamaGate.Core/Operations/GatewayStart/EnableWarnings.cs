using System.Collections.Generic;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests.GatewayRules;
using LlamaGate.Registry;

namespace LlamaGate.Operations.GatewayStart;

/// <summary>Why an item that is enabled is not served all the same (contract, section 7).</summary>
internal static class EnableWarnings
{
    /// <summary>What to tell a user who enables an item.</summary>
    /// <param name="item">The item to enable.</param>
    /// <param name="registry">The registry with all items, which may clash with this one.</param>
    /// <param name="token">Stops the reading.</param>
    public static IEnumerable<string> Of(InstalledItem item, RegistrySnapshot registry, CancellationToken token)
    {
        if (!StorePath.IsFolder(item.Path))
        {
            yield return $"The folder of '{item.Id}' does not exist: '{item.Path}'. Run Sync-LlamaGateExtension (llamagate sync).";
            yield break;
        }

        var files = new GatewayFiles(item.Path);
        var manifest = GatewayManifest.Read(files, item.ItemType, token);
        if ((manifest.Refusal ?? GatewayPackaging.Read(files, item.ItemType, token).Refusal) is { } refusal)
        {
            yield return $"Gateway 0.9.1 does not load '{item.Id}': {refusal}";
            yield break;
        }

        if (!manifest.IsEnabled && !manifest.SaysBuiltIn)
        {
            yield return $"The manifest.yaml of '{item.Id}' says 'enabled: false'. Gateway 0.9.1 follows the manifest, not the registry. "
                + "Change the manifest as well.";
        }

        if (item.ItemType == ItemType.Extension && !string.Equals(manifest.Name, item.Id, System.StringComparison.Ordinal)
            && registry.Find(ItemType.Extension, manifest.Name) is { } other)
        {
            yield return $"The manifest.yaml of '{item.Id}' has the name '{manifest.Name}', which is the id of another extension. When gateway 0.9.1 refreshes, it uses the state of that extension: '{other.Id}' is {(other.Enabled ? "enabled" : "disabled")}.";
        }
    }
}
