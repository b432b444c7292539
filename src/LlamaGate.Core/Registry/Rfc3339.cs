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

    /// <summary>
    /// The time of a change to an item: now, or just after the last one when the clock has been put back. Which of two changes is later
    /// shows by their times.
    /// </summary>
    /// <param name="now">Now.</param>
    /// <param name="last">The time of the item's last change, as it was written; null when it was not.</param>
    public static string Next(DateTimeOffset now, string? last) =>
        Format(Parse(last) is { } time && time > now && time.Year < DateTimeOffset.MaxValue.Year ? time.AddTicks(1) : now);

    /// <summary>Whether a text is a time as Go's reader wants it, with <c>Z</c> or an offset.</summary>
    public static bool IsValid(string text) =>
        Parse(text) is not null && (text[text.Length - 1] == 'Z' || (text.Length > 6 && text[text.Length - 6] is '+' or '-' && text[text.Length - 3] == ':'));

    /// <summary>
    /// Reads a time that a person or another program wrote: a date alone, without offset (then it is UTC), or <c>/Date(milliseconds)/</c>.
    /// Null when the text is not a time.
    /// </summary>
    public static DateTimeOffset? ParseLoosely(string? text)
    {
        const string Start = "/Date(";
        text = text?.Trim() ?? string.Empty;
        if (text.StartsWith(Start, StringComparison.Ordinal)
            && long.TryParse(text[Start.Length..].Split(')', '+')[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long milliseconds)
            && milliseconds is >= 0 and < 253402300800000) // the year 10000
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }

        return Parse(text)
            ?? (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null);
    }

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
