using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using LlamaGate.FileSystem;

namespace LlamaGate.Gateway;

/// <summary>
/// A <c>.env</c> file as gateway 0.9.1 reads it (github.com/joho/godotenv 1.5.1, contract, section 9). Where one line cannot be read,
/// the gateway takes nothing from the whole file, and neither do we.
/// </summary>
internal sealed class DotEnv
{
    private const int MostBytes = 1024 * 1024;
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    private DotEnv(IReadOnlyDictionary<string, string> values, string? problem)
    {
        Values = values;
        Problem = problem;
    }

    /// <summary>The values by key. Keys are compared exactly.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>Why nothing is read from the file: a sentence without its full stop; null when it can be read or is not there.</summary>
    public string? Problem { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, which need not exist.</param>
    /// <exception cref="IOException">The file cannot be read, or is larger than 1 MiB.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DotEnv Read(string path)
    {
        if (!File.Exists(path))
        {
            return new DotEnv(Nothing, null);
        }

        StorePath.RefuseSpecial(path);
        if (new FileInfo(path).Length > MostBytes)
        {
            throw new IOException($"It has more than {MostBytes / 1024} KiB.");
        }

        return Parse(Encoding.UTF8.GetString(File.ReadAllBytes(path)));
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">The text. A byte order mark counts as part of the first key.</param>
    public static DotEnv Parse(string text)
    {
        try
        {
            return new DotEnv(new DotEnvParser(text).Read(), null);
        }
        catch (FormatException exception)
        {
            return new DotEnv(Nothing, exception.Message);
        }
    }
}
