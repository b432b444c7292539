using System;
using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.Cli;

/// <summary>The words of the command line for the two kinds of item: the long ones, their plurals and the short forms.</summary>
internal static class ItemWords
{
    /// <summary>The words that help and completion show, for one item.</summary>
    public static readonly string[] Singular = ["extension", "agentic-module"];

    /// <summary>The words that help and completion show, for many.</summary>
    public static readonly string[] Plural = ["extensions", "agentic-modules"];

    /// <summary>Reads a word, ignoring case.</summary>
    /// <param name="word">The word, as the user wrote it.</param>
    /// <param name="type">The kind of item, when the word names one.</param>
    public static bool TryParse(string word, out ItemType type)
    {
        ItemType? named = word.ToLowerInvariant() switch
        {
            "ext" or "extensions" => ItemType.Extension,
            "am" or "module" or "modules" or "agentic-modules" => ItemType.AgenticModule,
            _ => ItemTypes.TryParse(word, out ItemType spelled) ? spelled : null,
        };
        type = named.GetValueOrDefault();
        return named.HasValue;
    }

    /// <summary>Takes the kind of item off the front of what a command was given.</summary>
    /// <param name="words">Such as <c>extension my-ext other-ext</c>, or without the kind.</param>
    /// <returns>The kind, null when none is named, and the rest.</returns>
    public static (ItemType? Type, IReadOnlyList<string> Others) Split(IReadOnlyList<string> words) =>
        words.Count > 0 && TryParse(words[0], out ItemType type) ? (type, [.. words.Skip(1)]) : (null, words);

    /// <summary>The kind in a sentence.</summary>
    /// <returns><c>extension</c> or <c>agentic module</c>.</returns>
    public static string Noun(this ItemType type) => type.ToToken().Replace('-', ' ');

    /// <summary>The kind of an item.</summary>
    /// <param name="displayName">The kind where people read it, as the store's objects have it.</param>
    public static ItemType Parse(string displayName) =>
        ItemTypes.TryParse(displayName, out ItemType type) ? type : throw new ArgumentOutOfRangeException(nameof(displayName));
}
