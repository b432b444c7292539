using System;

namespace LlamaGate;

/// <summary>What may be the id of an item (contract, section 2): <c>^[a-zA-Z0-9_-]{1,128}$</c>, and no Windows device name.</summary>
public static class ItemId
{
    /// <summary>The most characters of an id.</summary>
    public const int MaxLength = 128;

    /// <summary>What to tell someone whose id is not valid.</summary>
    public const string Rule = "An id consists of 1 to 128 letters, digits, '_' or '-', and is not a device name of Windows, such as 'con' or 'nul'";

    // The checksums of an item are in a file of its id and seven characters more, and a name has at most 255.
    private const int MaxReadableLength = 248;

    /// <summary>
    /// Whether an item of an id can be listed, switched and removed: gateway 0.9.1 also takes ids that are longer, or names of devices.
    /// </summary>
    /// <returns>Whether the id can be the name of a folder here.</returns>
    internal static bool IsReadable(string? id) =>
        id is { Length: > 0 and <= MaxReadableLength } && HasOnlyAllowedCharacters(id)
        && (System.IO.Path.DirectorySeparatorChar != '\\' || !IsDeviceName(id));

    /// <summary>Whether a text may be the id of an item.</summary>
    public static bool IsValid(string? id) =>
        id is { Length: > 0 and <= MaxLength } && HasOnlyAllowedCharacters(id) && !IsDeviceName(id);

    private static bool HasOnlyAllowedCharacters(string id)
    {
        foreach (char c in id)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether Windows keeps a name (without its extension) for a device: CON, PRN, AUX, NUL, COM0 to COM9, LPT0 to LPT9.</summary>
    /// <param name="stem">The name up to its first dot.</param>
    /// <returns>Whether it is kept.</returns>
    internal static bool IsDeviceName(string stem) => stem.ToUpperInvariant() switch
    {
        "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$" => true,
        { Length: 4 } name => (name.StartsWith("COM", StringComparison.Ordinal) || name.StartsWith("LPT", StringComparison.Ordinal))
            && name[3] is (>= '0' and <= '9') or '\u00b9' or '\u00b2' or '\u00b3',
        _ => false,
    };
}
