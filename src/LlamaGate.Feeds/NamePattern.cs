using System;
using System.Text.RegularExpressions;

namespace LlamaGate.Feeds;

/// <summary>The names of packages to look for: one name, or with <c>*</c> and <c>?</c> every name that matches. Case is ignored.</summary>
internal sealed class NamePattern
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    private static readonly char[] Wildcards = ['*', '?'];
    private readonly Regex? regex;

    public NamePattern(string text)
    {
        Text = text;
        int wildcard = text.IndexOfAny(Wildcards);
        LiteralStart = wildcard < 0 ? text : text.Substring(0, wildcard);
        IsLiteral = wildcard < 0;
        string expression = "^" + Regex.Escape(text).Replace("\\*", ".*").Replace("\\?", ".") + "$";
        regex = IsLiteral ? null : new Regex(expression, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout);
    }

    /// <summary>The pattern as it was given.</summary>
    public string Text { get; }

    /// <summary>Whether it is one name.</summary>
    public bool IsLiteral { get; }

    /// <summary>What every name that matches begins with.</summary>
    public string LiteralStart { get; }

    /// <summary>Whether a name matches.</summary>
    public bool IsMatch(string name) => regex?.IsMatch(name) ?? string.Equals(name, Text, StringComparison.OrdinalIgnoreCase);
}
