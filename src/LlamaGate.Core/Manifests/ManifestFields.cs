using System.Collections.Generic;

namespace LlamaGate.Manifests;

/// <summary>What one manifest says of its item. A field is null when it is absent or not valid.</summary>
/// <param name="Source">The manifest, to record what only shows when both manifests are seen together.</param>
/// <param name="Id"><c>id</c>, whether or not it may be one; of a packaging file alone.</param>
/// <param name="Name"><c>name</c>.</param>
/// <param name="Version"><c>version</c>.</param>
/// <param name="Description"><c>description</c>.</param>
/// <param name="Enabled"><c>enabled_default</c> of a packaging file, <c>enabled</c> of a definition file.</param>
/// <param name="HotReload"><c>hot_reload</c>; of a packaging file alone.</param>
internal sealed record ManifestFields(
    FieldReader Source, string? Id, string? Name, string? Version, string? Description, bool? Enabled, bool? HotReload)
{
    /// <summary><c>autostart</c>; of a packaging file alone.</summary>
    public bool? AutoStart { get; init; }

    /// <summary><c>load_mode</c>; of <c>extension.yaml</c> alone.</summary>
    public string? LoadMode { get; init; }

    /// <summary><c>entry_workflow</c>; of <c>module.yaml</c> alone.</summary>
    public string? EntryWorkflow { get; init; }

    /// <summary><c>type</c>; of <c>manifest.yaml</c> alone.</summary>
    public string? Kind { get; init; }

    /// <summary>What the steps use, in order; of a definition file alone.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>The events of the hooks, in order; of <c>manifest.yaml</c> alone.</summary>
    public IReadOnlyList<string> Hooks { get; init; } = [];

    /// <summary>The endpoints as <c>METHOD /path</c>, in order; of <c>manifest.yaml</c> alone.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];
}
