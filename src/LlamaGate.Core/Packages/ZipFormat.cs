namespace LlamaGate.Packages;

/// <summary>The numbers of the zip format (PKWARE's APPNOTE.TXT 6.3, section 4) that reading and writing share.</summary>
internal static class ZipFormat
{
    public const uint LocalHeaderSignature = 0x04034b50;
    public const uint DescriptorSignature = 0x08074b50;
    public const uint DirectoryHeaderSignature = 0x02014b50;
    public const uint Zip64EndSignature = 0x06064b50;
    public const uint Zip64LocatorSignature = 0x07064b50;
    public const uint EndSignature = 0x06054b50;

    public const int LocalHeaderLength = 30;
    public const int DirectoryHeaderLength = 46;
    public const int Zip64EndLength = 56;
    public const int Zip64LocatorLength = 20;
    public const int EndLength = 22;
    public const int MaxCommentLength = ushort.MaxValue;

    public const ushort EncryptedFlag = 1 << 0;
    public const ushort CompressionHints = (1 << 1) | (1 << 2);
    public const ushort DescriptorFlag = 1 << 3;
    public const ushort PatchFlag = 1 << 5;
    public const ushort StrongEncryptionFlag = 1 << 6;
    public const ushort Utf8Flag = 1 << 11;
    public const ushort MaskedHeaderFlag = 1 << 13;

    public const ushort Stored = 0;
    public const ushort Deflated = 8;

    public const ushort Zip64ExtraId = 0x0001;
    public const ushort UnicodePathExtraId = 0x7075;

    /// <summary>A 16-bit field that says: look into the zip64 record.</summary>
    public const ushort In64Bit16 = ushort.MaxValue;

    /// <summary>A 32-bit field that says: look into the zip64 record.</summary>
    public const uint In64Bit32 = uint.MaxValue;

    /// <summary>Who made an entry (the upper byte of "version made by"), where external attributes hold a Unix mode.</summary>
    public const int MadeByUnix = 3;

    /// <inheritdoc cref="MadeByUnix"/>
    public const int MadeByMacOS = 19;

    /// <summary>The bit of the external attributes that MS-DOS and Windows set for a folder.</summary>
    public const uint DosFolderAttribute = 0x10;
}
