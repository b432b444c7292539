namespace LlamaGate.Registry;

/// <summary>A record whose folders may not be where they belong: its writer died, or is at it just now (contract, section 6).</summary>
/// <param name="Record">The record.</param>
/// <param name="Replaced">The entry before it; null when there was none.</param>
internal sealed record UnfinishedChange(JournalRecord Record, RegistryEntry? Replaced)
{
    /// <summary>The record that takes it back.</summary>
    public JournalRecord TakenBack => Replaced is null ? JournalRecord.Drop(Record.Type, Record.Id) : JournalRecord.Set(Replaced);
}
