namespace LlamaGate.PowerShell.Completion;

/// <summary>For a store that nobody listens to: nothing is shown while a line is typed.</summary>
internal sealed class SilentLog : IStoreLog
{
    public void Verbose(string message)
    {
        // Nobody listens.
    }

    public void Warning(string message)
    {
        // Nobody listens.
    }

    public void Progress(StoreProgress progress)
    {
        // Nobody listens.
    }
}
