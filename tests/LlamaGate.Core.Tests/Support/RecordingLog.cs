using System;
using System.Collections.Generic;

namespace LlamaGate.Tests;

/// <summary>Remembers what the store told.</summary>
internal sealed class RecordingLog : IStoreLog
{
    public List<string> Verboses { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<StoreProgress> Progresses { get; } = [];

    /// <summary>What a test does at a progress.</summary>
    public Action<StoreProgress>? OnProgress { get; set; }

    public void Verbose(string message) => Verboses.Add(message);

    public void Warning(string message) => Warnings.Add(message);

    public void Progress(StoreProgress progress)
    {
        Progresses.Add(progress);
        OnProgress?.Invoke(progress);
    }
}
