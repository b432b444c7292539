namespace LlamaGate;

/// <summary>How far a long operation is.</summary>
public sealed class StoreProgress
{
    /// <summary>Describes how far an operation is.</summary>
    /// <param name="activity">What is being done.</param>
    /// <param name="subject">What it is done to: an id or a file name.</param>
    /// <param name="done">The units done: bytes where bytes are moved, else items.</param>
    /// <param name="total">The units in all; 0 when unknown.</param>
    /// <param name="isCompleted">Whether this is the operation's last word.</param>
    public StoreProgress(string activity, string subject, long done, long total, bool isCompleted = false)
    {
        Activity = activity;
        Subject = subject;
        Done = done;
        Total = total;
        IsCompleted = isCompleted;
    }

    /// <summary>What is being done.</summary>
    public string Activity { get; }

    /// <summary>What it is done to: an id or a file name.</summary>
    public string Subject { get; }

    /// <summary>The units done: bytes where bytes are moved, else items.</summary>
    public long Done { get; }

    /// <summary>The units in all; 0 when unknown.</summary>
    public long Total { get; }

    /// <summary>Whether this is the operation's last word.</summary>
    public bool IsCompleted { get; }

    /// <summary>The share done, 0 to 100; -1 when the total is unknown.</summary>
    public int Percent => Total <= 0 ? -1 : (int)System.Math.Min(100, Done * 100.0 / Total);
}
