using System;

namespace LlamaGate;

/// <summary>The two kinds of item that a LlamaGate home holds (contract, section 2).</summary>
public enum ItemType
{
    /// <summary>An extension: <c>extension</c> in files and on the command line.</summary>
    Extension,

    /// <summary>An agentic module: <c>agentic-module</c> in files and on the command line.</summary>
    AgenticModule,
}

/// <summary>The spellings of <see cref="ItemType"/> (contract, section 2).</summary>
public static class ItemTypes
{
    /// <summary>The spelling in files and on the command line.</summary>
    /// <param name="type">The kind of item.</param>
    /// <returns><c>extension</c> or <c>agentic-module</c>.</returns>
    public static string ToToken(this ItemType type) => type switch
    {
        ItemType.Extension => "extension",
        ItemType.AgenticModule => "agentic-module",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The spelling where people read it.</summary>
    /// <param name="type">The kind of item.</param>
    /// <returns><c>Extension</c> or <c>AgenticModule</c>.</returns>
    public static string ToDisplayName(this ItemType type) => type switch
    {
        ItemType.Extension => "Extension",
        ItemType.AgenticModule => "AgenticModule",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Reads either spelling, ignoring case.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="type">The kind of item, when the text names one.</param>
    /// <returns>Whether the text names a kind of item.</returns>
    public static bool TryParse(string? text, out ItemType type)
    {
        foreach (ItemType candidate in new[] { ItemType.Extension, ItemType.AgenticModule })
        {
            if (string.Equals(text, candidate.ToToken(), StringComparison.OrdinalIgnoreCase)
                || string.Equals(text, candidate.ToDisplayName(), StringComparison.OrdinalIgnoreCase))
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }
}
