using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.Cli.Output;

/// <summary>One element of <c>errors</c> in a JSON document; in text one line, or more, on standard error.</summary>
/// <param name="Id">One of <see cref="ErrorIds"/>, or of those below.</param>
/// <param name="Message">What happened, and what to do next.</param>
/// <param name="Target">The id or path that it happened to.</param>
/// <param name="Problems">Every single problem, when there is a list.</param>
internal sealed record OutputError(string Id, string Message, string? Target, IReadOnlyList<OutputProblem> Problems)
{
    /// <summary>The id of a command line that makes no sense.</summary>
    public const string Usage = nameof(Usage);

    /// <summary>The id of a gateway that was asked and did not refresh its extensions.</summary>
    public const string RefreshFailed = nameof(RefreshFailed);

    /// <summary>The id of what failed while a start was gone through.</summary>
    public const string StartupFailed = nameof(StartupFailed);

    /// <summary>The id of a command that was stopped with Ctrl+C.</summary>
    public const string Canceled = nameof(Canceled);

    /// <summary>The id of the failure that standard output can no longer be written.</summary>
    public const string OutputFailed = nameof(OutputFailed);

    /// <summary>The id of a failure that llamagate does not foresee.</summary>
    public const string Unexpected = nameof(Unexpected);

    public OutputError(string id, string message, string? target = null)
        : this(id, message, target, [])
    {
    }

    public static OutputError From(LlamaGateException exception) => new(
        exception.ErrorId,
        exception.Message,
        exception.Target,
        [.. exception.Problems.Select(OutputProblem.From)]);
}

/// <summary>One element of <c>problems</c>; see <see cref="Problem"/>.</summary>
internal sealed record OutputProblem(string Severity, string File, long Line, long Column, string Field, string Message)
{
    public static OutputProblem From(Problem problem) =>
        new(problem.Severity, problem.File, problem.Line, problem.Column, problem.Field, problem.Message);
}
