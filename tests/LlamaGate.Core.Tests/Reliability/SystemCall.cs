using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace LlamaGate.Tests.Reliability;

/// <summary>A call of the system that succeeded, as <c>strace</c> tells it: a file opened for writing, a flush, a rename, a deletion.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Paths">The full paths that it was given.</param>
internal sealed partial record SystemCall(string Name, IReadOnlyList<string> Paths)
{
    /// <summary>Whether it renames.</summary>
    public bool IsMove => Name.StartsWith("rename", StringComparison.Ordinal);

    /// <summary>The command line that writes the calls of the one after it to a file.</summary>
    public static string[] Tracer(string log) =>
    [
        "strace", "--follow-forks", "--seccomp-bpf", "--decode-fds=path", "--string-limit=4096", "--output=" + log,
        "--trace=openat,fsync,syncfs,rename,renameat,renameat2,unlink",
    ];

    /// <summary>Reads what the tracer has written.</summary>
    public static IReadOnlyList<SystemCall> Read(string log)
    {
        var calls = new List<SystemCall>();
        var begun = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match line in File.ReadLines(log).Select(text => Line().Match(text)).Where(match => match.Success))
        {
            string thread = line.Groups["thread"].Value;
            string text = line.Groups["call"].Value;
            if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                begun[thread] = text[..text.IndexOf("<unfinished", StringComparison.Ordinal)];
                continue;
            }

            // Threads take turns: the rest of a call may stand some lines below its start.
            text = text.StartsWith("<...", StringComparison.Ordinal) ? begun[thread] + text[text.IndexOf('>', StringComparison.Ordinal)..] : text;
            if (!Failure().IsMatch(text) && (!text.StartsWith("openat", StringComparison.Ordinal) || Writing().IsMatch(text)))
            {
                string[] paths = [.. (text.Contains('"', StringComparison.Ordinal) ? Quoted() : Decoded()).Matches(text).Select(path => path.Groups["path"].Value)];
                calls.Add(new SystemCall(text[..text.IndexOf('(', StringComparison.Ordinal)], paths));
            }
        }

        return [.. calls.Where(call => call.Paths.All(path => path.StartsWith('/') && !path.StartsWith("/proc/", StringComparison.Ordinal)))];
    }

    public override string ToString() => $"{Name} {string.Join(' ', Paths)}";

    [GeneratedRegex(@"^(?<thread>\d+) +(?<call>(\w+\(|<\.\.\. ).*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Line();

    [GeneratedRegex(@"\) += -1 ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Failure();

    [GeneratedRegex(@"O_WRONLY|O_RDWR", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Writing();

    [GeneratedRegex("\"(?<path>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\(\d+<(?<path>[^>]*)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Decoded();
}
