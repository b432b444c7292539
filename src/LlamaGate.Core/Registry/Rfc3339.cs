using System;
using System.Globalization;

namespace LlamaGate.Registry;

/// <summary>The times of the registry: RFC 3339 with offset or <c>Z</c>, up to nanoseconds (contract, section 3).</summary>
internal static class Rfc3339
{
    private const int TickDigits = 7;

    /// <summary>Writes a time in UTC.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads a time; what is finer than 100 ns is cut off. Null when the text is not a time.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        int point = text.IndexOf('.');
        if (point >= 0)
        {
            int end = point + 1;
            while (end < text.Length && text[end] is >= '0' and <= '9')
            {
                end++;
            }

            if (end - point - 1 > TickDigits)
            {
                text = text.Remove(point + 1 + TickDigits, end - point - 1 - TickDigits);
            }
        }

        return DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : null;
    }
}
