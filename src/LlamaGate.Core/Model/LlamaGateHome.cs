using System;
using System.Runtime.InteropServices;

namespace LlamaGate;

/// <summary>The paths in a LlamaGate home (contract, section 1). Nothing here touches the disk.</summary>
public sealed class LlamaGateHome
{
    /// <summary>The environment variable that names the home.</summary>
    public const string EnvironmentVariable = "LLAMAGATE_HOME";

    /// <summary>What gateway 0.9.1 calls the folder of its backups, which it keeps among the installed items.</summary>
    internal const string GatewayBackups = "backups";

    /// <summary>Points at a home.</summary>
    /// <param name="path">
    /// The home's folder; made absolute. It need not exist. <c>~</c> at its start is the user's profile, as in a shell: the text may come from
    /// where no shell has been.
    /// </param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="LlamaGateException">SourcePathMissing: it is not a valid path, or is relative to a current folder that no longer exists.</exception>
    public LlamaGateHome(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ArgumentException("The path of the LlamaGate home is empty.", nameof(path));
        }

        string full = UserPath.ToFull(ExpandProfile(path), ErrorIds.SourcePathMissing);
        Path = full.Length > System.IO.Path.GetPathRoot(full)!.Length
            ? full.TrimEnd(System.IO.Path.DirectorySeparatorChar, System.IO.Path.AltDirectorySeparatorChar)
            : full;
    }

    /// <summary>The home's folder, absolute.</summary>
    public string Path { get; }

    /// <summary><c>registry/</c></summary>
    public string RegistryFolder => Combine("registry");

    /// <summary><c>registry/installed.json</c></summary>
    public string RegistryFile => Combine("registry", "installed.json");

    /// <summary><c>registry/journal.jsonl</c></summary>
    public string JournalFile => Combine("registry", "journal.jsonl");

    /// <summary><c>registry/store.lock</c></summary>
    public string LockFile => Combine("registry", "store.lock");

    /// <summary><c>tmp/import/</c></summary>
    public string StagingFolder => Combine("tmp", "import");

    /// <summary><c>.migration_complete</c></summary>
    public string MigrationMarker => Combine(".migration_complete");

    /// <summary>The folders that the home consists of.</summary>
    internal string[] Folders =>
        [RegistryFolder, Combine("tmp"), Combine(KindFolder(ItemType.Extension)), Combine(KindFolder(ItemType.AgenticModule))];

    /// <summary>The folders in which the store keeps items, whole or in the making.</summary>
    internal string[] ContentFolders =>
    [
        RegistryFolder, Combine("tmp"),
        InstalledFolder(ItemType.Extension), Combine(KindFolder(ItemType.Extension), "backups"),
        InstalledFolder(ItemType.AgenticModule), Combine(KindFolder(ItemType.AgenticModule), "backups"),
    ];

    /// <summary>
    /// The user's profile, where the gateway looks for the home: <c>%USERPROFILE%</c> on Windows, <c>~</c> elsewhere; empty for a user
    /// without one. Nothing need be there.
    /// </summary>
    public static string UserProfile =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && Environment.GetEnvironmentVariable("USERPROFILE") is { Length: > 0 } profile
            ? profile
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>
    /// The home that is meant when the caller names none: <c>$LLAMAGATE_HOME</c>, else <c>.llamagate</c> in the user's profile.
    /// </summary>
    /// <exception cref="LlamaGateException">SourcePathMissing: the user has no profile.</exception>
    public static LlamaGateHome Default()
    {
        string? named = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (!string.IsNullOrWhiteSpace(named))
        {
            return new LlamaGateHome(named!);
        }

        return new LlamaGateHome(System.IO.Path.Combine(FindProfile(), ".llamagate"));
    }

    /// <summary><c>&lt;kind&gt;/installed/</c></summary>
    /// <param name="type">The kind of item.</param>
    /// <returns>The folder that holds the items.</returns>
    public string InstalledFolder(ItemType type) => Combine(KindFolder(type), "installed");

    /// <summary><c>&lt;kind&gt;/installed/&lt;id&gt;/</c></summary>
    /// <param name="type">The kind of item.</param>
    /// <param name="id">A valid id.</param>
    public string ItemFolder(ItemType type, string id) => Combine(KindFolder(type), "installed", id);

    /// <summary><c>&lt;kind&gt;/backups/&lt;id&gt;/</c></summary>
    /// <param name="type">The kind of item.</param>
    /// <param name="id">A valid id.</param>
    /// <returns>The folder that holds the item's former versions.</returns>
    public string BackupFolder(ItemType type, string id) => Combine(KindFolder(type), "backups", id);

    /// <summary><c>&lt;kind&gt;/installed/backups/&lt;id&gt;/</c>, where gateway 0.9.1 keeps its own backups.</summary>
    /// <param name="type">The kind of item.</param>
    /// <param name="id">A valid id.</param>
    public string GatewayBackupFolder(ItemType type, string id) => Combine(KindFolder(type), "installed", GatewayBackups, id);

    /// <summary><c>registry/checksums/&lt;type&gt;/&lt;id&gt;.sha256</c></summary>
    /// <param name="type">The kind of item.</param>
    /// <param name="id">A valid id.</param>
    public string ChecksumsFile(ItemType type, string id) => Combine("registry", "checksums", type.ToToken(), id + ".sha256");

    /// <summary><c>registry/sources/&lt;type&gt;/&lt;id&gt;.json</c></summary>
    /// <param name="type">The kind of item.</param>
    /// <param name="id">A valid id.</param>
    public string SourceFile(ItemType type, string id) => System.IO.Path.Combine(SourcesFolder(type), id + ".json");

    /// <summary><c>registry/sources/&lt;type&gt;/</c></summary>
    internal string SourcesFolder(ItemType type) => Combine("registry", "sources", type.ToToken());

    /// <inheritdoc/>
    public override string ToString() => Path;

    private static string ExpandProfile(string path)
    {
        bool isProfile = path[0] == '~'
            && (path.Length == 1 || path[1] == System.IO.Path.DirectorySeparatorChar || path[1] == System.IO.Path.AltDirectorySeparatorChar);
        return isProfile ? FindProfile() + path[1..] : path;
    }

    // The profile of a service may not be there: the home is not made in the current folder for that.
    private static string FindProfile()
    {
        string profile = UserProfile;
        return System.IO.Path.IsPathRooted(profile)
            ? profile
            : throw new LlamaGateException(
                ErrorIds.SourcePathMissing,
                "source path does not exist: this user has no profile folder. Specify the full path of the home with -HomePath (--home) or "
                + $"${EnvironmentVariable}.");
    }

    private static string KindFolder(ItemType type) => type switch
    {
        ItemType.Extension => "extensions",
        ItemType.AgenticModule => "agentic-modules",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private string Combine(params string[] parts)
    {
        string path = Path;
        foreach (string part in parts)
        {
            path = System.IO.Path.Combine(path, part);
        }

        return path;
    }
}
