namespace LlamaGate;

/// <summary>What the import of a package would do, told before it is done.</summary>
public sealed class ImportPlan
{
    internal ImportPlan(
        string sourcePath, string id, ItemType type, string version, string? previousVersion, string status, bool disables)
    {
        Disables = disables;
        SourcePath = sourcePath;
        Id = id;
        Type = type.ToDisplayName();
        Version = version;
        PreviousVersion = previousVersion;
        Status = status;
    }

    /// <summary>The full path of the package.</summary>
    public string SourcePath { get; }

    /// <summary>The id of the item in it.</summary>
    public string Id { get; }

    /// <summary><c>Extension</c> or <c>AgenticModule</c>.</summary>
    public string Type { get; }

    /// <summary>The version in the package.</summary>
    public string Version { get; }

    /// <summary>The version that is installed; null when none is.</summary>
    public string? PreviousVersion { get; }

    /// <summary>What would happen: <c>Installed</c>, <c>Updated</c>, <c>Downgraded</c> or <c>Unchanged</c>.</summary>
    public string Status { get; }

    /// <summary>Whether the item would be disabled because <see cref="ImportOptions.Disabled"/> says so.</summary>
    public bool Disables { get; }
}
