using System.Globalization;
using System.Text;

namespace LlamaGate;

/// <summary>Text from outside, such as a file name, in a form that a message can show.</summary>
internal static class Printable
{
    private const int MaxCharacters = 120;

    /// <summary>Escapes the characters that steer a terminal or break the line, and cuts what is longer than 120 characters.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text, with such characters as <c>\u0007</c>.</returns>
    public static string Of(string text)
    {
        var result = new StringBuilder();
        foreach (char c in text.Length > MaxCharacters ? text[..MaxCharacters] : text)
        {
            if (char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                result.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                result.Append(c);
            }
        }

        return text.Length > MaxCharacters ? result.Append("...").ToString() : result.ToString();
    }
}
