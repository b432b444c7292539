using System;

namespace LlamaGate.Feeds;

/// <summary>Hashes as text.</summary>
internal static class Hex
{
    /// <summary>Lower-case hexadecimal digits.</summary>
    public static string Of(byte[] bytes)
    {
        const string Digits = "0123456789abcdef";
        char[] text = new char[bytes.Length * 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            text[2 * i] = Digits[bytes[i] >> 4];
            text[(2 * i) + 1] = Digits[bytes[i] & 15];
        }

        return new string(text);
    }

    /// <summary>Whether two texts are the same digits, whatever their case and the blanks around them.</summary>
    public static bool AreSame(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
