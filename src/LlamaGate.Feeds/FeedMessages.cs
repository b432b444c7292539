using System;
using System.Collections.Generic;

namespace LlamaGate.Feeds;

/// <summary>What went wrong on the way to a server or a folder, in words.</summary>
internal static class FeedMessages
{
    /// <summary>What exceptions say down to the cause, each sentence once.</summary>
    public static string Reason(Exception exception)
    {
        var sentences = new List<string>();
        for (Exception? each = exception; each is not null; each = each.InnerException)
        {
            string sentence = each.Message.Trim();
            sentence = sentence.Length > 0 && sentence[sentence.Length - 1] is '.' or '!' or '?' ? sentence : sentence + ".";
            if (!sentences.Exists(said => said.Contains(sentence)))
            {
                sentences.Add(sentence);
            }
        }

        return string.Join(" ", sentences);
    }
}
