namespace LlamaGate;

/// <summary>How the import of one package ended.</summary>
public sealed class ImportOutcome
{
    internal ImportOutcome(string sourcePath, ImportedItem? item, LlamaGateException? error)
    {
        SourcePath = sourcePath;
        Item = item;
        Error = error;
    }

    /// <summary>The path of the package, as it was given.</summary>
    public string SourcePath { get; }

    /// <summary>What was installed; null when it failed.</summary>
    public ImportedItem? Item { get; }

    /// <summary>Why it failed; null when it did not.</summary>
    public LlamaGateException? Error { get; }
}
