using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Gateway;
using LlamaGate.Operations.GatewayStart;
using LlamaGate.Registry;
using LlamaGate.Transactions;

namespace LlamaGate.Operations.Doctor;

/// <summary>What the looks at a home have in common: what is read once, and where findings go.</summary>
internal sealed class Examination
{
    private readonly List<HomeFinding> findings = [];
    private IReadOnlyList<StartupItem>? view;

    public Examination(StoreSettings settings, RegistryCache cache, string extensionsPath, string? modulesFolder, GatewaySettings gateway, CancellationToken token)
    {
        Settings = settings;
        Cache = cache;
        ExtensionsPath = extensionsPath;
        ModulesFolder = modulesFolder;
        Gateway = gateway;
        Token = token;
    }

    public StoreSettings Settings { get; }

    public LlamaGateHome Home => Settings.Home;

    /// <summary>The folders that a home consists of, the home itself first; some of them may not be there yet.</summary>
    public IEnumerable<string> Folders =>
    [
        Home.Path, Home.RegistryFolder, Path.GetDirectoryName(Home.StagingFolder)!, Home.StagingFolder,
        .. new[] { ItemType.Extension, ItemType.AgenticModule }.SelectMany(type =>
            new[] { Path.GetDirectoryName(Home.InstalledFolder(type))!, Home.InstalledFolder(type) }),
    ];

    public RegistryCache Cache { get; }

    /// <summary>The legacy directory of extensions, from which the gateway loads; null when there is none.</summary>
    public string? ExtensionsFolder => Directory.Exists(ExtensionsPath) ? ExtensionsPath : null;

    /// <summary>The full path of that directory, whether it is there or not.</summary>
    public string ExtensionsPath { get; }

    /// <summary>The directory from which the gateway runs modules; null when there is none.</summary>
    public string? ModulesFolder { get; }

    public GatewaySettings Gateway { get; }

    public CancellationToken Token { get; }

    public IReadOnlyList<HomeFinding> Findings => findings;

    /// <summary>The registry; null when it cannot be read, which is a separate finding.</summary>
    public RegistrySnapshot? Registry { get; set; }

    /// <summary>Whether gateway 0.9.1 can read the registry.</summary>
    public bool GatewayReadsRegistry { get; set; } = true;

    /// <summary>Whether a gateway of this user reads the home.</summary>
    public bool IsGatewayHome { get; init; }

    /// <summary>What the gateway loads when it starts.</summary>
    public IReadOnlyList<StartupItem> View => view ??= GatewayView.Look(
        Home,
        Settings.Log,
        !GatewayReadsRegistry || Registry is null ? null : [.. Registry.Entries.Select(ToGatewayEntry)],
        ExtensionsFolder,
        File.Exists(Home.MigrationMarker),
        Token);

    public void Add(string id, string severity, string item, string message, Remedy remedy, ItemType? type = null) => findings.Add(
        new HomeFinding(id, severity, item, type?.ToDisplayName(), message, remedy.PowerShell, remedy.CommandLine, Home.Path));

    private GatewayEntry ToGatewayEntry(RegistryEntry entry)
    {
        string own = Home.ItemFolder(entry.Type, entry.Id);
        string folder = Path.IsPathRooted(entry.SourcePath) && !StorePath.IsSame(entry.SourcePath, own) ? entry.SourcePath : own;
        return new GatewayEntry(entry.Type, entry.Id, entry.Enabled, entry.Version, folder);
    }
}
