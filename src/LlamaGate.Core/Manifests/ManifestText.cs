using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using LlamaGate.FileSystem;
using YamlDotNet.Core;

namespace LlamaGate.Manifests;

/// <summary>
/// Turns the bytes of a manifest into text: at most 1 MiB of UTF-8, with or without a byte order mark (contract, section 4).
/// </summary>
internal static class ManifestText
{
    private const int FirstBuffer = 4096;

    /// <summary>Reads a manifest. Never more than one byte beyond the limit is read.</summary>
    /// <param name="stream">The manifest, from its start.</param>
    /// <param name="problems">Takes what is wrong with it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The text without byte order mark; null when there was a problem.</returns>
    public static string? Read(Stream stream, ManifestProblems problems, CancellationToken cancellationToken) =>
        ReadBytes(stream, problems, cancellationToken) is { } bytes ? Decode(bytes.Array!, bytes.Count, problems) : null;

    /// <summary>Reads a manifest as gateway 0.9.1 does, which takes UTF-16 with a byte order mark too.</summary>
    /// <param name="stream">The manifest, from its start.</param>
    /// <param name="problems">Takes what is wrong with it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The text without byte order mark; null when there was a problem.</returns>
    public static string? ReadAsGateway(Stream stream, ManifestProblems problems, CancellationToken cancellationToken)
    {
        if (ReadBytes(stream, problems, cancellationToken) is not { } bytes)
        {
            return null;
        }

        byte[] array = bytes.Array!;
        Encoding? wide = bytes.Count < 2 ? null
            : (array[0], array[1]) is (0xFF, 0xFE) ? Encoding.Unicode
            : (array[0], array[1]) is (0xFE, 0xFF) ? Encoding.BigEndianUnicode
            : null;
        string? text = wide is null ? Decode(array, bytes.Count, problems) : wide.GetString(array, 2, bytes.Count - 2);
        return text is not null && (wide is null || HasOnlyPrintable(text, problems)) ? text : null;
    }

    /// <summary>Finds the line and column of a character.</summary>
    /// <param name="index">Which character, from 0; the length of the text for its end.</param>
    /// <param name="text">The text.</param>
    public static Mark PlaceOf(int index, string text)
    {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++)
        {
            bool isBreak = text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'));
            if (isBreak)
            {
                line++;
                lineStart = i + 1;
            }
        }

        return new Mark(index, line, index - lineStart + 1);
    }

    private static ArraySegment<byte>? ReadBytes(Stream stream, ManifestProblems problems, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[FirstBuffer];
        int count = 0;
        int read;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(2 * buffer.Length, PackageLimits.MaxManifestBytes + 1));
            }

            read = stream.Read(buffer, count, buffer.Length - count);
            count += read;
        }
        while (read > 0 && count <= PackageLimits.MaxManifestBytes);

        if (count > PackageLimits.MaxManifestBytes)
        {
            problems.Error($"is larger than {PackageLimits.MaxManifestBytes / 1024 / 1024} MiB: move long texts into separate files");
            return null;
        }

        return new ArraySegment<byte>(buffer, 0, count);
    }

    private static string? Decode(byte[] bytes, int count, ManifestProblems problems)
    {
        // YAML begins with a character of ASCII, so that a zero among the first two bytes betrays two or four bytes a character.
        bool isWide = count >= 2
            && (bytes[0] is 0 || bytes[1] is 0 || (bytes[0], bytes[1]) is (0xFE, 0xFF) or (0xFF, 0xFE));
        if (isWide)
        {
            problems.Error("is UTF-16 or UTF-32: save it as UTF-8");
            return null;
        }

        int start = count >= 3 && (bytes[0], bytes[1], bytes[2]) is (0xEF, 0xBB, 0xBF) ? 3 : 0;
        string text;
        try
        {
            text = StrictUtf8.Encoding.GetString(bytes, start, count - start);
        }
        catch (DecoderFallbackException)
        {
            string before = Encoding.UTF8.GetString(bytes, start, ValidLength(bytes, start, count));
            problems.Error(PlaceOf(before.Length, before), string.Empty, "is not valid UTF-8 here: save the file as UTF-8");
            return null;
        }

        return HasOnlyPrintable(text, problems) ? text : null;
    }

    // How many bytes are UTF-8 before the first that is not. The exception tells it, too, but .NET Framework counts differently from .NET.
    private static int ValidLength(byte[] bytes, int start, int end)
    {
        int at = start;
        try
        {
            while (at < end)
            {
                int length = bytes[at] switch { < 0x80 => 1, < 0xE0 => 2, < 0xF0 => 3, _ => 4 };
                _ = StrictUtf8.Encoding.GetCharCount(bytes, at, Math.Min(length, end - at));
                at += length;
            }
        }
        catch (DecoderFallbackException)
        {
            // The character at this place is the one that is not valid.
        }

        return at - start;
    }

    private static bool HasOnlyPrintable(string text, ManifestProblems problems)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!IsPrintable(text[i]))
            {
                string code = ((int)text[i]).ToString("X4", CultureInfo.InvariantCulture);
                problems.Error(PlaceOf(i, text), string.Empty, $"contains the control character U+{code} here: remove it");
                return false;
            }
        }

        return true;
    }

    // The characters that YAML allows; surrogates come in pairs here.
    private static bool IsPrintable(char c) =>
        c is (>= ' ' and <= '~') or '\n' or '\r' or '\t' or '\u0085' or (>= '\u00A0' and <= '\uFFFD');
}
