using System;
using System.IO;

namespace LlamaGate;

/// <summary>A change that failed and yet stands in the journal, because it could not be taken out again.</summary>
internal sealed class UnsettledChangeException : IOException
{
    public UnsettledChangeException(Exception error, string reason)
        : base($"{error.Sentence()} The change is still in the journal, because {reason}. The next command that changes something "
            + "completes it.", error)
    {
    }
}
