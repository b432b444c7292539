using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;

namespace LlamaGate.Packages;

/// <summary>
/// Reads the directory of a zip file, strictly: whatever could be read in two ways is refused (rules 3 and 6 of
/// <see cref="PackageRules"/>). <c>ZipArchive</c> shows neither modes, CRCs nor encryption on every framework that this runs on, and
/// believes what local headers and overlaps say.
/// </summary>
internal static class ZipDirectory
{
    /// <summary>The bytes that the directory, which is held in memory, may have for each entry that is allowed.</summary>
    private const int MaxBytesAnEntry = 2048;

    private const ushort RefusedFlags =
        ZipFormat.EncryptedFlag | ZipFormat.StrongEncryptionFlag | ZipFormat.MaskedHeaderFlag | ZipFormat.PatchFlag;

    /// <summary>Reads the entries of a zip file.</summary>
    /// <param name="file">The file. Stays open for as long as the entries are read.</param>
    /// <param name="limits">How many entries it may have.</param>
    /// <param name="problems">Takes what is wrong with single entries.</param>
    /// <param name="token">Stops the reading.</param>
    /// <returns>The entries, in the directory's order.</returns>
    /// <exception cref="InvalidDataException">It is not a whole zip file, or has more entries than it may.</exception>
    public static IReadOnlyList<PackageEntry> Read(SharedFile file, PackageLimits limits, List<Problem> problems, CancellationToken token)
    {
        ZipEnd end = ZipEnd.Read(file);
        if (end.EntryCount > limits.MaxEntryCount)
        {
            throw PackageRules.TooManyEntries(limits);
        }

        if (end.DirectoryLength > Math.Min((long)limits.MaxEntryCount * MaxBytesAnEntry, int.MaxValue / 2))
        {
            throw new InvalidDataException($"the archive's directory has {end.DirectoryLength} bytes, too many for a package");
        }

        ReadOnlyMemory<byte> directory = file.ReadBytes(end.DirectoryOffset, (int)end.DirectoryLength);
        var entries = new List<ZipEntry>((int)end.EntryCount);
        for (long i = 0; i < end.EntryCount; i++)
        {
            token.ThrowIfCancellationRequested();
            ZipDirectoryHeader header = ZipDirectoryHeader.Read(ref directory);
            ZipEntry entry = Judge(file, header, problems);
            entries.Add(entry);
        }

        if (directory.Length > 0)
        {
            throw new InvalidDataException("the archive's directory has more entries than its end record states");
        }

        CheckLayout(file, entries, end.DirectoryOffset, problems, token);
        entries.RemoveAll(entry => entry is { Name: ZipNames.Root, Kind: EntryKind.Folder, Length: 0 });
        return entries;
    }

    /// <summary>Makes an entry of a record, noting what only the record can show.</summary>
    private static ZipEntry Judge(SharedFile file, ZipDirectoryHeader header, List<Problem> problems)
    {
        string name = ReadName(header, problems);
        void Refuse(string message) => problems.Add(new Problem(Problem.Error, Printable.Of(name), message));
        bool isPlain = (header.Flags & RefusedFlags) == 0;
        if (!isPlain)
        {
            Refuse("it is encrypted or a patch; a package contains only plain files");
        }

        if (header.Method is not (ZipFormat.Stored or ZipFormat.Deflated))
        {
            Refuse($"it is compressed with method {header.Method}; a package uses only the methods stored and deflate");
        }
        else if (header.Method == ZipFormat.Stored && isPlain && header.CompressedLength != header.Length)
        {
            Refuse($"it is stored with {header.CompressedLength} bytes, but its stated size is {header.Length} bytes");
        }

        // Unpackers differ in whether they believe the mode of an archive from a system without modes: a link is refused in any case.
        // The permissions are taken from a Unix only.
        int mode = (int)(header.ExternalAttributes >> 16);
        bool hasPermissions = header.MadeBy is ZipFormat.MadeByUnix or ZipFormat.MadeByMacOS && mode != 0;
        bool isNamedAsFolder = IsNameOfFolder(name);
        EntryKind kind = (mode & UnixFile.KindMask) switch
        {
            // A folder of a system without modes may lack the separator at its name's end.
            0 => isNamedAsFolder || (header.ExternalAttributes & ZipFormat.DosFolderAttribute) != 0 ? EntryKind.Folder : EntryKind.File,
            UnixFile.Folder => EntryKind.Folder,
            UnixFile.RegularFile => EntryKind.File,
            UnixFile.SymbolicLink => EntryKind.SymbolicLink,
            _ => EntryKind.Special,
        };
        if (isNamedAsFolder && kind == EntryKind.File)
        {
            Refuse("its name is that of a folder, but its mode is that of a file");
            kind = EntryKind.Folder;
        }

        bool? executable = hasPermissions && kind == EntryKind.File ? (mode & UnixFile.OwnerMayExecute) != 0 : null;
        return new ZipEntry(file, header, name, kind, executable);
    }

    /// <summary>
    /// The name of an entry: that of its Unicode Path field, else that of the header. A reader may go by either, so both obey the rules.
    /// </summary>
    private static string ReadName(ZipDirectoryHeader header, List<Problem> problems)
    {
        string name = ZipNames.Decode(header.RawName.Span, (header.Flags & ZipFormat.Utf8Flag) != 0, out bool isValid);
        void Refuse(string message) => problems.Add(new Problem(Problem.Error, Printable.Of(name), message));
        if (!isValid)
        {
            Refuse("its name is flagged as UTF-8, but is not valid UTF-8");
        }

        if (header.UnicodeName.Length == 0)
        {
            return name;
        }

        string unicodeName = ZipNames.Decode(header.UnicodeName, isFlaggedUtf8: true, out bool isUnicodeValid);
        if (!isUnicodeValid)
        {
            Refuse("the name in its Unicode Path field is not UTF-8");
        }

        if (IsNameOfFolder(name) != IsNameOfFolder(unicodeName))
        {
            Refuse("it is a folder by its name and a file by its Unicode Path field, or the reverse");
        }

        foreach (string violation in PackageRules.CheckName(IsNameOfFolder(name) ? name[..^1] : name))
        {
            Refuse(violation);
        }

        return unicodeName;
    }

    private static bool IsNameOfFolder(string name) => name.Length > 0 && name[^1] == '/';

    /// <summary>Entries, directory and end together must be the whole file, each byte once.</summary>
    private static void CheckLayout(
        SharedFile file, List<ZipEntry> entries, long directoryOffset, List<Problem> problems, CancellationToken token)
    {
        ZipEntry[] inPlace = [.. entries.OrderBy(entry => entry.Header.LocalHeaderOffset)];
        long first = inPlace.Length > 0 ? inPlace[0].Header.LocalHeaderOffset : directoryOffset;
        if (first != 0)
        {
            string message = $"{first} bytes before the first entry do not belong to the archive";
            problems.Add(new Problem(Problem.Error, string.Empty, message));
        }

        for (int i = 0; i < inPlace.Length; i++)
        {
            token.ThrowIfCancellationRequested();
            long next = i + 1 < inPlace.Length ? inPlace[i + 1].Header.LocalHeaderOffset : directoryOffset;
            string name = Printable.Of(inPlace[i].Name);
            problems.AddRange(ZipLocalHeader.Check(file, inPlace[i], next).Select(message => new Problem(Problem.Error, name, message)));
        }
    }
}
