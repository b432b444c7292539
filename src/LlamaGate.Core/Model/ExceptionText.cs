using System;
using System.Linq;

namespace LlamaGate;

/// <summary>What a failure says, as a part of a message of ours.</summary>
internal static class ExceptionText
{
    /// <summary>The message as a sentence that another one can follow; the system ends some with a full stop and some not.</summary>
    public static string Sentence(this Exception exception)
    {
        string message = exception.Message.TrimEnd();
        return message.Length > 0 && message[message.Length - 1] is '.' or '!' or '?' ? message : message + ".";
    }

    /// <summary>The errors among the problems that the failure lists, else its message.</summary>
    /// <returns>Why something was refused, on one line.</returns>
    public static string Reason(this Exception exception) => exception is LlamaGateException { Problems: { Count: > 0 } problems }
        ? string.Join("; ", problems.Where(problem => problem.Severity is Problem.Error))
        : exception.Message;

    /// <summary>How things stand after a change that failed: as they did, unless the failure says otherwise.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="unchanged">The sentence that says what still is.</param>
    /// <returns>The sentence, with a space before it.</returns>
    public static string Aftermath(this Exception exception, string unchanged) =>
        exception is UnsettledChangeException ? string.Empty : " " + unchanged;
}
