namespace LlamaGate.PowerShell.Completion;

/// <summary>For a store that nobody listens to.</summary>
internal sealed class SilentLog : IStoreLog
{
    public void Verbose(string message)
    {
        // Nothing is shown while a line is typed.
    }

    public void Warning(string message)
    {
        // Nothing is shown while a line is typed.
    }

    public void Progress(StoreProgress progress)
    {
        // Nothing is shown while a line is typed.
    }
}
