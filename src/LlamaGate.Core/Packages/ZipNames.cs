using System;
using System.Text;
using LlamaGate.FileSystem;

namespace LlamaGate.Packages;

/// <summary>
/// Decodes names in a zip file. A flag says that a name is UTF-8; without it the format means code page 437, but Info-ZIP on Unix
/// and others write UTF-8 all the same. So an unflagged name that is valid UTF-8 is read as UTF-8, and only others as code page 437.
/// </summary>
internal static class ZipNames
{
    /// <summary>How archives name the folder that they are made of.</summary>
    public const string Root = "./";

    /// <summary>The characters 0x80 to 0xFF of code page 437.</summary>
    private const string CodePage437 =
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
        + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

    /// <summary>
    /// Decodes a name. A backslash is a separator (Windows tools write it) and becomes <c>/</c>. A <c>./</c> at the start is dropped: the
    /// <c>tar</c> of Windows and macOS writes it.
    /// </summary>
    /// <param name="name">The name as it is written.</param>
    /// <param name="isFlaggedUtf8">Whether it is said to be UTF-8.</param>
    /// <param name="isValid">Whether it is what it is said to be.</param>
    /// <returns>The name; with replacement characters when it is not valid. The root of a package is <see cref="Root"/>.</returns>
    public static string Decode(ReadOnlySpan<byte> name, bool isFlaggedUtf8, out bool isValid)
    {
        byte[] bytes = name.ToArray();
        string text;
        try
        {
            text = StrictUtf8.Encoding.GetString(bytes);
            isValid = true;
        }
        catch (DecoderFallbackException)
        {
            text = isFlaggedUtf8 ? Encoding.UTF8.GetString(bytes) : DecodeCodePage437(bytes);
            isValid = !isFlaggedUtf8;
        }

        text = text.Replace('\\', '/');
        return text.Length > Root.Length && text.StartsWith(Root, StringComparison.Ordinal) ? text[Root.Length..] : text;
    }

    private static string DecodeCodePage437(byte[] bytes)
    {
        char[] characters = new char[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            characters[i] = bytes[i] < 0x80 ? (char)bytes[i] : CodePage437[bytes[i] - 0x80];
        }

        return new string(characters);
    }
}
