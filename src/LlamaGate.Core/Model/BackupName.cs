using System;
using System.Globalization;

namespace LlamaGate;

/// <summary>The names of backups: the UTC time at which each was made, to the millisecond (contract, section 1).</summary>
internal static class BackupName
{
    private const string Format = "yyyyMMdd-HHmmss-fff";

    /// <summary>Whether a name is one that the store gives to backups.</summary>
    public static bool IsValid(string name) => Parse(name) is not null;

    /// <summary>A time as the name of a backup.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The time that a name stands for; null when it is not the name of a backup, or so late that no backup could follow it.</summary>
    public static DateTimeOffset? Parse(string name) =>
        DateTime.TryParseExact(
            name, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
        && time.Year < DateTime.MaxValue.Year
            ? new DateTimeOffset(time, TimeSpan.Zero)
            : null;
}
