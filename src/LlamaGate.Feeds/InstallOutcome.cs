namespace LlamaGate.Feeds;

/// <summary>How the installation of one package ended.</summary>
public sealed class InstallOutcome
{
    internal InstallOutcome(string source, ImportedItem? item, LlamaGateException? error)
    {
        Source = source;
        Item = item;
        Error = error;
    }

    /// <summary>The package, or the address that it was downloaded from.</summary>
    public string Source { get; }

    /// <summary>What was installed; null when it failed.</summary>
    public ImportedItem? Item { get; }

    /// <summary>Why it failed; null when it did not.</summary>
    public LlamaGateException? Error { get; }
}
