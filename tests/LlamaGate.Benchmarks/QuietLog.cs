namespace LlamaGate.Benchmarks;

/// <summary>Discards every message.</summary>
internal sealed class QuietLog : IStoreLog
{
    public void Verbose(string message)
    {
    }

    public void Warning(string message)
    {
    }

    public void Progress(StoreProgress progress)
    {
    }
}
