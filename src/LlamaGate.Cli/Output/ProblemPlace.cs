using System;
using System.IO;

namespace LlamaGate.Cli.Output;

/// <summary>Where a problem is, for tools that show it in a repository.</summary>
/// <param name="File">The file, from the current folder where it lies below that, <c>/</c>-separated.</param>
/// <param name="Line">The line in it, from 1; 0 when unknown.</param>
/// <param name="Column">The column in the line, from 1; 0 when unknown.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record ProblemPlace(string File, long Line, long Column, string Message)
{
    /// <summary>Finds the place of a problem: the file in a folder; the zip itself, in which nobody can look at a line.</summary>
    /// <param name="result">What a check of the package found.</param>
    /// <param name="given">The package, as it was given.</param>
    /// <param name="problem">One of the problems of the result.</param>
    public static ProblemPlace Of(PackageTestResult result, string given, Problem problem)
    {
        string package = FromHere(result.Path, given);
        if (!Directory.Exists(result.Path))
        {
            return new ProblemPlace(package, 0, 0, problem.ToString());
        }

        string message = problem.Field.Length > 0 ? $"{problem.Field}: {problem.Message}" : problem.Message;
        return problem.File.Length == 0
            ? new ProblemPlace(package, 0, 0, message)
            : new ProblemPlace($"{package.TrimEnd('/')}/{problem.File}", problem.Line, problem.Column, message);
    }

    private static string FromHere(string fullPath, string given)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, fullPath);
        bool isBelow = !Path.IsPathRooted(relative) && !relative.StartsWith("..", StringComparison.Ordinal);
        return (isBelow ? relative : given).Replace('\\', '/');
    }
}
