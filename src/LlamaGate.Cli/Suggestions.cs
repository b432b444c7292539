using System;
using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.Cli;

/// <summary>Finds what somebody who mistyped may have meant.</summary>
internal static class Suggestions
{
    /// <summary>A sentence about a word that is not known.</summary>
    /// <param name="what">What the word was taken for.</param>
    /// <param name="word">The word, as the user wrote it.</param>
    /// <param name="known">The words that are known.</param>
    /// <returns>The sentence, with what may have been meant.</returns>
    public static string Unknown(string what, string word, IEnumerable<string> known)
    {
        string[] close = [.. Close(word, known)];
        string sentence = $"There is no {what} '{word}'.";
        return close.Length == 0 ? sentence : $"{sentence} Did you mean {string.Join(" or ", close.Select(text => $"'{text}'"))}?";
    }

    /// <summary>The known words that begin with the word; else those that are the fewest slips away, two at most.</summary>
    private static IEnumerable<string> Close(string word, IEnumerable<string> known)
    {
        ILookup<int, string> byDistance = known
            .ToLookup(candidate => candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(word, candidate));
        return Enumerable.Range(0, 3)
            .Select(distance => byDistance[distance].Where(candidate => distance <= candidate.TrimStart('-').Length / 2))
            .FirstOrDefault(close => close.Any(), []);
    }

    /// <summary>How many characters have to be put in, left out, replaced, or swapped with their neighbour.</summary>
    private static int Distance(string first, string second)
    {
        int[,] distance = new int[first.Length + 1, second.Length + 1];
        for (int i = 0; i <= first.Length; i++)
        {
            for (int j = 0; j <= second.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                int replaced = distance[i - 1, j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(replaced, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1])
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
                }
            }
        }

        return distance[first.Length, second.Length];
    }
}
