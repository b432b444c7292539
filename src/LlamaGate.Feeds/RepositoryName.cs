using System.Linq;

namespace LlamaGate.Feeds;

/// <summary>What a repository may be called: a name that is neither a path nor an address, and can be part of a variable's name.</summary>
internal static class RepositoryName
{
    private const int MaxLength = 64;

    /// <exception cref="LlamaGateException">RepositoryInvalid.</exception>
    public static void ThrowIfInvalid(string name)
    {
        if (name.Length is 0 or > MaxLength || !name.All(c => c is '-' or '_' or '.' || (c < 128 && char.IsLetterOrDigit(c))) || name[0] is '.' or '-')
        {
            throw new LlamaGateException(
                FeedErrorIds.RepositoryInvalid,
                $"'{name}' is not a valid name for a repository. Use 1 to {MaxLength} letters, digits, '-', '_' and '.'. The first "
                    + "character is neither '-' nor '.'.",
                name);
        }
    }
}
