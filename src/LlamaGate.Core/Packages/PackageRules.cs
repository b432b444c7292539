using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using LlamaGate.FileSystem;

namespace LlamaGate.Packages;

/// <summary>
/// The rules that a package obeys, zip or folder (contract, section 5). A package that breaks one is refused before anything is
/// installed, and every violation is reported, not only the first.
/// <list type="number">
/// <item><description>
/// Names are relative and <c>/</c>-separated; a backslash in a zip is a separator. No part is empty, <c>.</c> or <c>..</c>, longer
/// than <see cref="MaxPartBytes"/>, or holds a control character or one that Windows cannot hold (<c>: &lt; &gt; " | ? *</c>); none
/// ends in a dot or a space or is a device name of Windows. A whole name has at most <see cref="MaxPathBytes"/>. It is Unicode.
/// </description></item>
/// <item><description>
/// No two names are equal, or equal but for case, or a file and a folder at once. That holds for the folders in between, too.
/// </description></item>
/// <item><description>
/// There are only regular files and folders: no links, devices, pipes or sockets. A folder has no content. In a zip nothing is
/// encrypted, and everything is stored or deflated (<see cref="ZipDirectory"/>).
/// </description></item>
/// <item><description>
/// There are at most <see cref="PackageLimits.MaxEntryCount"/> entries, and as many files and folders; the files have at most
/// <see cref="PackageLimits.MaxUnpackedBytes"/> in all. No file has more bytes than it is said to have: they are counted as they
/// come (<see cref="EntryStream"/>), so the sum of what is said bounds what is written.
/// </description></item>
/// <item><description>
/// <c>checksums.txt</c> at the root, when present, is right (<see cref="ChecksumsFile"/>). It may be there twice. Nothing else has that
/// name there.
/// </description></item>
/// <item><description>
/// A zip is whole: its parts follow each other without a gap or an overlap, local headers agree with the directory
/// (<see cref="ZipEnd"/>, <see cref="ZipLocalHeader"/>), sizes and CRCs are right (<see cref="EntryStream"/>).
/// </description></item>
/// </list>
/// What <see cref="LeftOut"/> names is not content, and is not held to these rules. If everything else lies in one top-level folder, that
/// folder is the root.
/// </summary>
internal static class PackageRules
{
    /// <summary>The most bytes of UTF-8 of a part of a name: what common file systems take.</summary>
    public const int MaxPartBytes = 255;

    /// <summary>The most bytes of UTF-8 of a whole name: what macOS takes, the least of the systems that we run on.</summary>
    public const int MaxPathBytes = 1024;

    /// <summary>The most characters of a name that a message repeats.</summary>
    private const int MaxPrintedCharacters = 120;

    /// <summary>What is wrong with a name (rule 1).</summary>
    /// <param name="path">The name, <c>/</c>-separated, that of a folder without a <c>/</c> at its end.</param>
    /// <returns>Each kind of violation once.</returns>
    public static IReadOnlyCollection<string> CheckName(string path)
    {
        if (!TryCountBytes(path, out int length))
        {
            return ["its name is not valid Unicode"];
        }

        var violations = new List<string>();
        foreach (string part in path.Split('/'))
        {
            CheckPart(part, violations);
        }

        if (length > MaxPathBytes)
        {
            violations.Add($"its name has {length} bytes; at most {MaxPathBytes} are allowed");
        }

        return violations.Count > 1 ? [.. violations.Distinct(StringComparer.Ordinal)] : violations;
    }

    /// <summary>Whether a name may mean another place than its folders say: it is absolute, or has the part <c>.</c> or <c>..</c>.</summary>
    /// <param name="path">The name, <c>/</c>-separated, that of a folder without a <c>/</c> at its end.</param>
    public static bool LeadsElsewhere(string path) => Array.Exists(path.Split('/'), part => part is "" or "." or "..");

    /// <summary>The violation of having more entries than allowed (rule 4).</summary>
    /// <returns>The violation, to be thrown at once: a package like that is not worth a list.</returns>
    public static InvalidDataException TooManyEntries(PackageLimits limits) =>
        new($"it has more than {limits.MaxEntryCount} entries; if you trust the package, raise the limit with -MaxEntryCount (--max-entry-count)");

    private static void CheckPart(string part, List<string> violations)
    {
        if (part.Length == 0)
        {
            violations.Add("its name is absolute or has an empty part");
            return;
        }

        if (part is "." or "..")
        {
            violations.Add($"its name contains the part '{part}', which is not allowed");
            return;
        }

        int length = Encoding.UTF8.GetByteCount(part);
        if (length > MaxPartBytes)
        {
            violations.Add($"a part of its name has {length} bytes; at most {MaxPartBytes} are allowed");
        }

        foreach (char c in part)
        {
            if (char.IsControl(c))
            {
                violations.Add("its name has a control character");
            }
            else if (c is '\\' or ':' or '<' or '>' or '"' or '|' or '?' or '*')
            {
                violations.Add("its name contains a character that Windows does not allow");
            }
        }

        if (part[^1] is '.' or ' ')
        {
            violations.Add("a part of its name ends with a dot or a space, which Windows removes");
        }

        int dot = part.IndexOf('.');
        if (ItemId.IsDeviceName((dot < 0 ? part : part[..dot]).TrimEnd(' ')))
        {
            violations.Add("a part of its name is a device name of Windows");
        }
    }

    private static bool TryCountBytes(string text, out int count)
    {
        try
        {
            count = StrictUtf8.Encoding.GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            count = 0;
            return false;
        }
    }
}
