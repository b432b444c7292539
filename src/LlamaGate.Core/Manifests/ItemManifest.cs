using System.Collections.Generic;

namespace LlamaGate.Manifests;

/// <summary>What the manifests of an item say, packaging file and definition file taken together (contract, section 4).</summary>
internal sealed class ItemManifest
{
    public ItemManifest(
        ItemType type,
        string id,
        string name,
        string version,
        string description,
        bool enabledByDefault,
        bool definitionEnabled,
        bool hotReload,
        IReadOnlyList<Problem> warnings)
    {
        Type = type;
        Id = id;
        Name = name;
        Version = version;
        Description = description;
        EnabledByDefault = enabledByDefault;
        DefinitionEnabled = definitionEnabled;
        HotReload = hotReload;
        Warnings = warnings;
    }

    public ItemType Type { get; }

    public string Id { get; }

    public string Name { get; }

    /// <summary>The name in the definition file, by which gateway 0.9.1 knows an extension; null when there is no such file.</summary>
    public string? DefinitionName { get; init; }

    public string Version { get; }

    public string Description { get; }

    /// <summary>The state of a first install: <c>enabled_default</c>, else <c>enabled</c> of the definition, else true.</summary>
    public bool EnabledByDefault { get; }

    /// <summary>False when <c>manifest.yaml</c> says <c>enabled: false</c>, which gateway 0.9.1 obeys whatever the registry says.</summary>
    public bool DefinitionEnabled { get; }

    public bool HotReload { get; }

    public IReadOnlyList<Problem> Warnings { get; }

    /// <summary>What the packaging file says; null when there is none.</summary>
    public ManifestFields? Packaging { get; init; }

    /// <summary>What the definition file says; null when there is none.</summary>
    public ManifestFields? Definition { get; init; }
}
