using System.Globalization;

namespace LlamaGate;

/// <summary>One thing that is wrong with a package or a manifest (contract, sections 4 and 5).</summary>
public sealed class Problem
{
    /// <summary>The severity of a problem that refuses the package.</summary>
    public const string Error = nameof(Error);

    /// <summary>The severity of a problem that is only reported.</summary>
    public const string Warning = nameof(Warning);

    /// <summary>Describes a problem.</summary>
    /// <param name="severity"><see cref="Error"/> or <see cref="Warning"/>.</param>
    /// <param name="file">The file in the package, <c>/</c>-separated; empty when the package as a whole is meant.</param>
    /// <param name="message">What is wrong, and what would be right.</param>
    /// <param name="field">The field of the manifest, such as <c>steps[0].uses</c>; empty when none is meant.</param>
    /// <param name="line">The line in the file, from 1; 0 when unknown.</param>
    /// <param name="column">The column in the line, from 1; 0 when unknown.</param>
    public Problem(string severity, string file, string message, string field = "", long line = 0, long column = 0)
    {
        Severity = severity;
        File = file;
        Message = message;
        Field = field;
        Line = line;
        Column = column;
    }

    /// <summary>The file in the package, <c>/</c>-separated; empty when the package as a whole is meant.</summary>
    public string File { get; }

    /// <summary>The line in the file, from 1; 0 when unknown.</summary>
    public long Line { get; }

    /// <summary>The column in the line, from 1; 0 when unknown.</summary>
    public long Column { get; }

    /// <summary>The field of the manifest; empty when none is meant.</summary>
    public string Field { get; }

    /// <summary>What is wrong, and what would be right.</summary>
    public string Message { get; }

    /// <summary><see cref="Error"/> or <see cref="Warning"/>.</summary>
    public string Severity { get; }

    /// <summary>The problem in one line: <c>file(line,column): field: message</c>.</summary>
    public override string ToString()
    {
        string place = Line > 0
            ? string.Format(CultureInfo.InvariantCulture, "{0}({1},{2}): ", File, Line, Column)
            : File.Length > 0 ? File + ": " : string.Empty;
        return place + (Field.Length > 0 ? Field + ": " : string.Empty) + Message;
    }
}
