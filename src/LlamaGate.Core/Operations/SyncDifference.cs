using LlamaGate.Manifests;
using LlamaGate.Registry;

namespace LlamaGate.Operations;

/// <summary>A difference between the registry and the disk.</summary>
/// <param name="Change">What the sync does about it.</param>
/// <param name="Manifest">The manifest on disk; null when there is none that can be read.</param>
/// <param name="Entry">The registry's entry; null when there is none.</param>
internal sealed record SyncDifference(SyncChange Change, ItemManifest? Manifest, RegistryEntry? Entry);
