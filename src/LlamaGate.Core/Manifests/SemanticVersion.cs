using System;

namespace LlamaGate.Manifests;

/// <summary>Semantic versions 2.0.0, as <c>semver.org</c> defines them (contract, section 4).</summary>
internal static class SemanticVersion
{
    /// <summary>The most characters of a version.</summary>
    public const int MaxLength = 256;

    /// <summary>Whether a text is a semantic version.</summary>
    /// <returns>Whether it is one, and not longer than <see cref="MaxLength"/>.</returns>
    public static bool IsValid(string text)
    {
        if (text.Length > MaxLength)
        {
            return false;
        }

        (string core, string? prerelease, string? build) = Split(text);
        string[] numbers = core.Split('.');
        return numbers.Length == 3
            && Array.TrueForAll(numbers, IsNumber)
            && (prerelease is null || Array.TrueForAll(prerelease.Split('.'), part => IsNumber(part) || (IsWord(part) && !IsDigits(part))))
            && (build is null || Array.TrueForAll(build.Split('.'), IsWord));
    }

    /// <summary>Compares two versions by precedence; what was built does not matter.</summary>
    /// <param name="left">A valid version.</param>
    /// <param name="right">A valid version.</param>
    /// <returns>Less than 0 when the left one is older, 0 when neither is, more than 0 when the right one is.</returns>
    public static int Compare(string left, string right)
    {
        (string leftCore, string? leftPrerelease, _) = Split(left);
        (string rightCore, string? rightPrerelease, _) = Split(right);
        int order = CompareParts(leftCore, rightCore);
        return order != 0
            ? order
            : (leftPrerelease, rightPrerelease) switch
            {
                (null, null) => 0,
                (null, _) => 1,
                (_, null) => -1,
                _ => CompareParts(leftPrerelease, rightPrerelease),
            };
    }

    private static (string Core, string? Prerelease, string? Build) Split(string text)
    {
        int plus = text.IndexOf('+');
        string? build = plus < 0 ? null : text.Substring(plus + 1);
        string rest = plus < 0 ? text : text.Substring(0, plus);
        int dash = rest.IndexOf('-');
        return dash < 0 ? (rest, null, build) : (rest.Substring(0, dash), rest.Substring(dash + 1), build);
    }

    private static int CompareParts(string left, string right)
    {
        string[] leftParts = left.Split('.');
        string[] rightParts = right.Split('.');
        for (int i = 0; i < Math.Min(leftParts.Length, rightParts.Length); i++)
        {
            int order = ComparePart(leftParts[i], rightParts[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return leftParts.Length.CompareTo(rightParts.Length);
    }

    // Numbers come before words. They may be longer than any integer type, and have no leading zeros: the shorter is the lower.
    private static int ComparePart(string left, string right) => (IsDigits(left), IsDigits(right)) switch
    {
        (true, true) when left.Length != right.Length => left.Length.CompareTo(right.Length),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.CompareOrdinal(left, right),
    };

    private static bool IsNumber(string part) => IsDigits(part) && (part.Length == 1 || part[0] != '0');

    private static bool IsDigits(string part)
    {
        foreach (char c in part)
        {
            if (c is not (>= '0' and <= '9'))
            {
                return false;
            }
        }

        return part.Length > 0;
    }

    private static bool IsWord(string part)
    {
        foreach (char c in part)
        {
            if (c is not ((>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '-'))
            {
                return false;
            }
        }

        return part.Length > 0;
    }
}
