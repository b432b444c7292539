namespace LlamaGate;

/// <summary>
/// Receives the messages of the store. Called on the thread that called the store, and never while the store's lock is held
/// (contract, section 6).
/// </summary>
public interface IStoreLog
{
    /// <summary>A step that a curious user wants to see.</summary>
    /// <param name="message">One line.</param>
    void Verbose(string message);

    /// <summary>Something that works and may not be what the user wants.</summary>
    /// <param name="message">What it is and what to do about it.</param>
    void Warning(string message);

    /// <summary>How far a long operation is; at most about ten times a second.</summary>
    /// <param name="progress">The operation and its share.</param>
    void Progress(StoreProgress progress);
}
