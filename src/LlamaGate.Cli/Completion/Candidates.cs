using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Linq;

namespace LlamaGate.Cli.Completion;

/// <summary>What may come next on a command line that is being typed.</summary>
internal static class Candidates
{
    /// <summary>The kinds of item to list.</summary>
    public static IEnumerable<string> Kinds(CompletionContext context) => ItemWords.Plural;

    /// <summary>The kinds of item, as long as none is named. (The shell completes the names of packages.)</summary>
    public static IEnumerable<string> Types(CompletionContext context) => Words(context).Length == 0 ? ItemWords.Singular : [];

    /// <summary>The kinds of item, as long as none is named, and the ids of the kind that is, but those that stand there already.</summary>
    public static IEnumerable<string> Items(CompletionContext context)
    {
        (ItemType? type, IReadOnlyList<string> ids) = ItemWords.Split(Words(context));
        return Types(context).Concat(Installed(context.ParseResult, type).Except(ids, StringComparer.Ordinal));
    }

    /// <summary>The arguments that are complete: all but the one that is being typed.</summary>
    private static string[] Words(CompletionContext context)
    {
        IReadOnlyList<Token> tokens = context.ParseResult.CommandResult.Command.Arguments is [Argument argument, ..]
            && context.ParseResult.GetResult(argument) is { } result ? result.Tokens : [];
        string[] words = [.. tokens.Select(token => token.Value)];
        return words.Length > 0 && string.Equals(words[^1], context.WordToComplete, StringComparison.Ordinal) ? words[..^1] : words;
    }

    private static string[] Installed(ParseResult line, ItemType? type)
    {
        try
        {
            using var store = new PackageStore(line.GetHome(), new Silence());
            return [.. store.GetItems(type).Select(item => item.Id).Distinct(StringComparer.Ordinal)];
        }
        catch (LlamaGateException)
        {
            // A registry that cannot be read has nothing to offer, and this is not the moment to say so.
            return [];
        }
    }

    /// <summary>Ignores every message: a shell that asks for completions shows no messages.</summary>
    private sealed class Silence : IStoreLog
    {
        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }

        public void Progress(StoreProgress progress)
        {
        }
    }
}
