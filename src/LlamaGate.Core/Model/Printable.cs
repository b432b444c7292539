using System;
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
        for (int i = 0; i < Math.Min(text.Length, MaxCharacters); i++)
        {
            // Of a surrogate pair the first half has the category of the whole; a half alone is a surrogate.
            bool isSafe = CharUnicodeInfo.GetUnicodeCategory(text, i) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            if (isSafe && char.IsSurrogatePair(text, i))
            {
                result.Append(text, i, 2);
                i++;
            }
            else if (isSafe)
            {
                result.Append(text[i]);
            }
            else
            {
                result.Append("\\u").Append(((int)text[i]).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return text.Length > MaxCharacters ? result.Append("...").ToString() : result.ToString();
    }
}
