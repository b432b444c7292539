using System;

namespace LlamaGate;

/// <summary>What the system says of a failure, as a part of a message of ours.</summary>
internal static class ExceptionText
{
    /// <summary>The message as a sentence that another one can follow; the system ends some with a full stop and some not.</summary>
    /// <param name="exception">The failure.</param>
    /// <returns>The sentence.</returns>
    public static string Sentence(this Exception exception)
    {
        string message = exception.Message.TrimEnd();
        return message.Length > 0 && message[message.Length - 1] is '.' or '!' or '?' ? message : message + ".";
    }
}
