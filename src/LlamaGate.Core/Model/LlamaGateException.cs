using System;
using System.Collections.Generic;
using System.Linq;

namespace LlamaGate;

/// <summary>A failure with a stable id and a message that says what to do next (contract, section 7).</summary>
public sealed class LlamaGateException : Exception
{
    /// <summary>Describes a failure.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What happened, and what to do next.</param>
    /// <param name="target">The id or path that it happened to.</param>
    /// <param name="problems">Every single problem, when there is a list.</param>
    /// <param name="innerException">What caused it.</param>
    public LlamaGateException(
        string errorId, string message, string? target = null, IReadOnlyList<Problem>? problems = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Target = target;
        Problems = problems ?? [];
    }

    /// <summary>One of <see cref="ErrorIds"/>.</summary>
    public string ErrorId { get; }

    /// <summary>The id or path that it happened to.</summary>
    public string? Target { get; }

    /// <summary>Every single problem, when there is a list; else empty.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>A failure whose message lists the problems, one per line.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What happened, and what to do next.</param>
    /// <param name="target">The id or path that it happened to.</param>
    /// <param name="problems">Every problem.</param>
    internal static LlamaGateException WithProblems(
        string errorId, string message, string? target, IReadOnlyList<Problem> problems)
    {
        const int Shown = 20;
        IEnumerable<string> lines = problems.Take(Shown).Select(problem => "  " + problem);
        if (problems.Count > Shown)
        {
            lines = lines.Append($"  ... and {problems.Count - Shown} more. The Problems property of the exception lists them all.");
        }

        return new LlamaGateException(errorId, message + "\n" + string.Join("\n", lines), target, problems);
    }
}
