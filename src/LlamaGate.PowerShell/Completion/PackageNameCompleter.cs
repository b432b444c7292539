using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LlamaGate.PowerShell.Completion;

/// <summary>
/// Completes the name of a package with those that the last search in this process has found. It asks no repository: a server may
/// take longer than a user waits for the Tab key.
/// </summary>
public sealed class PackageNameCompleter : IArgumentCompleter
{
    private static IReadOnlyList<string> found = [];

    /// <summary>The names that begin with what is typed.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string prefix = TypedWord.Prefix(wordToComplete);
        return found.Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(TypedWord.Quote(name), name, CompletionResultType.ParameterValue, name));
    }

    /// <summary>Keeps the names that a search has found.</summary>
    internal static void Remember(IEnumerable<string> names) =>
        found = [.. names.Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(name => name, StringComparer.OrdinalIgnoreCase)];
}
