using System.Linq;
using System.Management.Automation.Language;

namespace LlamaGate.PowerShell.Completion;

/// <summary>A word of a command line that is being typed, and the words that complete it.</summary>
internal static class TypedWord
{
    /// <summary>The marks that a word can be quoted with.</summary>
    public static readonly char[] Quotes = ['\'', '"'];

    /// <summary>What is typed of a word, without its quotes.</summary>
    public static string Prefix(string word) => word.Trim(Quotes);

    /// <summary>A name as PowerShell reads it: without quotes where it is a bare word.</summary>
    public static string Quote(string name) => name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') && char.IsLetter(name[0])
        ? name
        : "'" + CodeGeneration.EscapeSingleQuotedStringContent(name) + "'";
}
