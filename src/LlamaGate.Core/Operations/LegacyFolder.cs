namespace LlamaGate.Operations;

/// <summary>A folder of a legacy directory: an item, or one that may hold items and cannot be searched.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Problem">Why it cannot be searched; null for an item.</param>
/// <param name="IsLink">Whether it is a link, which is skipped.</param>
internal sealed record LegacyFolder(string Path, string? Problem, bool IsLink = false);
