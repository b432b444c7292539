namespace LlamaGate.Registry;

/// <summary>A journalled change whose folders may not be where they belong: its writer was interrupted, or is moving them now.</summary>
/// <param name="Record">The journal record of the change.</param>
/// <param name="Previous">The entry before it; null when there was none.</param>
internal sealed record UnfinishedChange(JournalRecord Record, RegistryEntry? Previous);
