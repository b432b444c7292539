namespace LlamaGate.CrashHost;

/// <summary>Nobody listens.</summary>
internal sealed class SilentLog : IStoreLog
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
