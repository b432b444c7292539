using System;

namespace LlamaGate;

/// <summary>A previous version of an item, which can be restored (contract, section 11).</summary>
public sealed class ItemBackup
{
    internal ItemBackup(string id, ItemType type, string version, string name, string path, int fileCount, long length, string homePath)
    {
        Id = id;
        ItemType = type;
        Type = type.ToDisplayName();
        Version = version;
        CreatedAt = BackupName.Parse(name)!.Value;
        Name = name;
        Path = path;
        FileCount = fileCount;
        Length = length;
        HomePath = homePath;
    }

    /// <summary>The id of the item.</summary>
    public string Id { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>.</summary>
    public string Type { get; }

    /// <summary>The version; empty when its manifests cannot be read.</summary>
    public string Version { get; }

    /// <summary>When it was replaced, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The name of the backup, which is that time.</summary>
    public string Name { get; }

    /// <summary>The folder of the backup.</summary>
    public string Path { get; }

    /// <summary>How many files it holds.</summary>
    public int FileCount { get; }

    /// <summary>The bytes that its files have in all.</summary>
    public long Length { get; }

    /// <summary>The home that it is in.</summary>
    public string HomePath { get; }

    internal ItemType ItemType { get; }

    /// <summary>Whether a text is what the store calls a backup: a UTC time as <c>yyyyMMdd-HHmmss-fff</c>.</summary>
    public static bool IsName(string? text) => text is not null && BackupName.IsValid(text);

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
