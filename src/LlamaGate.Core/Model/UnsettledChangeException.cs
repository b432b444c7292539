using System;
using System.IO;

namespace LlamaGate;

/// <summary>A change that failed and yet stands in the journal, because it could not be taken out again.</summary>
internal sealed class UnsettledChangeException : IOException
{
    public UnsettledChangeException(Exception error, string reason)
        : base($"{error.Sentence()} It stands in the journal all the same, because {reason}: the next command completes it.", error)
    {
    }
}
