using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace LlamaGate.Manifests.GatewayRules;

/// <summary>What a single value is to the gateway's YAML reader (gopkg.in/yaml.v3 3.0.1), by its tag and its text.</summary>
internal static class GoScalar
{
    public const string Null = "!!null";
    public const string Boolean = "!!bool";
    public const string Text = "!!str";
    public const string Integer = "!!int";
    public const string Number = "!!float";
    public const string Time = "!!timestamp";
    public const string Merge = "!!merge";
    public const string Binary = "!!binary";

    private const string LongPrefix = "tag:yaml.org,2002:";
    private static readonly TimeSpan RegexLimit = TimeSpan.FromMinutes(1);

    private static readonly string[] TimeFormats =
    [
        "yyyy-M-d", "yyyy-M-d H:m:s", "yyyy-M-d H:m:s.FFFFFFF",
        "yyyy-M-dTH:m:sK", "yyyy-M-dTH:m:s.FFFFFFFK", "yyyy-M-d't'H:m:sK", "yyyy-M-d't'H:m:s.FFFFFFFK",
    ];

    private static readonly Regex Integers = new(
        "^[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]*|[1-9][0-9]*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit);

    private static readonly Regex Numbers = new(
        @"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit);

    /// <summary>The short form of a tag.</summary>
    public static string ShortTag(string tag) =>
        tag.StartsWith(LongPrefix, StringComparison.Ordinal) ? tag.Replace(LongPrefix, "!!") : tag;

    /// <summary>Whether a value is text because of how it is written.</summary>
    public static bool IsWrittenAsText(YamlScalar scalar) =>
        string.Equals(ShortTag(scalar.Tag), Text, StringComparison.Ordinal) || (scalar.Tag is "" or "!" && !scalar.IsPlain);

    /// <summary>The tag that the reader notes for a value before it looks at the type that is wanted.</summary>
    public static string NotedTag(YamlScalar scalar) => scalar.Tag is not ("" or "!")
        ? ShortTag(scalar.Tag)
        : !scalar.IsPlain ? Text
        : scalar.Value is YamlMap.MergeKey ? Merge
        : TagOf(scalar.Value);

    /// <summary>The tag of a plain text.</summary>
    public static string TagOf(string value) => value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => Boolean,
        YamlMap.MergeKey => Merge,
        ".nan" or ".NaN" or ".NAN" or ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF" => Number,
        _ when value[0] is not ('+' or '-' or '.' or (>= '0' and <= '9')) => Text,
        _ when IsTime(value) => Time,
        _ => NumberTag(value[0] == '.' ? value : value.Replace("_", string.Empty)),
    };

    private static string NumberTag(string value) => Integers.IsMatch(value) ? Integer : Numbers.IsMatch(value) ? Number : Text;

    private static bool IsTime(string value) =>
        value.Length > 4 && value.Take(4).All(c => c is >= '0' and <= '9') && value[4] == '-'
        && DateTimeOffset.TryParseExact(value, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
