using System.Collections.Generic;
using System.Linq;
using YamlDotNet.Core;

namespace LlamaGate.Manifests;

/// <summary>Collects what is wrong with one manifest.</summary>
internal sealed class ManifestProblems
{
    private readonly string file;
    private readonly List<Problem> problems = [];

    /// <summary>Starts without a problem.</summary>
    /// <param name="file">The name of the manifest.</param>
    public ManifestProblems(string file)
    {
        this.file = file;
    }

    /// <summary>The problems from the top of the file to its end.</summary>
    public IEnumerable<Problem> InOrder => problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column);

    /// <summary>Adds a problem that refuses the manifest as a whole.</summary>
    /// <param name="message">What is wrong, and what would be right.</param>
    public void Error(string message) => problems.Add(new Problem(Problem.Error, file, message));

    /// <summary>Adds a problem that refuses the manifest.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="field">The path of the field, such as <c>steps[0].uses</c>; empty when none is meant.</param>
    /// <param name="message">What is wrong, and what would be right.</param>
    public void Error(in Mark place, string field, string message) => Add(Problem.Error, place, field, message);

    /// <summary>Adds a warning about the manifest as a whole.</summary>
    /// <param name="message">What the user should know.</param>
    public void Warning(string message) => problems.Add(new Problem(Problem.Warning, file, message));

    /// <summary>Adds a warning.</summary>
    /// <param name="place">What it is about.</param>
    /// <param name="field">The path of the field.</param>
    /// <param name="message">What the user should know.</param>
    public void Warning(in Mark place, string field, string message) => Add(Problem.Warning, place, field, message);

    /// <summary>A text from a manifest as messages show it: on one line, and not at length.</summary>
    /// <returns>At most 60 characters of it, control characters replaced.</returns>
    public static string Shorten(string text)
    {
        const int Shown = 60;
        string start = string.Concat(text.Take(Shown).Select(c => char.IsControl(c) ? '\uFFFD' : c));
        return text.Length > Shown ? start + "..." : start;
    }

    /// <summary>A text from a manifest as messages show it, in quotes.</summary>
    /// <returns>What <see cref="Shorten"/> makes of it, in single quotes.</returns>
    public static string Quote(string text) => $"'{Shorten(text)}'";

    private void Add(string severity, in Mark place, string field, string message) =>
        problems.Add(new Problem(severity, file, message, field, place.Line, place.Column));
}
