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
    FieldReader Source, string? Id, string? Name, string? Version, string? Description, bool? Enabled, bool? HotReload);
