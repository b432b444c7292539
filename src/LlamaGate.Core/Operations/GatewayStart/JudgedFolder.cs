using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;
using LlamaGate.Manifests.GatewayRules;

namespace LlamaGate.Operations.GatewayStart;

/// <summary>What the gateway makes of the manifests in a folder.</summary>
internal sealed class JudgedFolder
{
    private readonly GatewayFiles files;
    private readonly string? folderId;

    private JudgedFolder(string path, ItemType type, string? folderId, CancellationToken token)
    {
        files = new GatewayFiles(path);
        this.folderId = folderId;
        Path = path;
        Type = type;
        Manifest = GatewayManifest.Read(files, type, token);
        Packaging = GatewayPackaging.Read(files, type, token);
    }

    public string Path { get; }

    public ItemType Type { get; }

    public GatewayManifest Manifest { get; }

    public GatewayPackaging Packaging { get; }

    /// <summary>Why the gateway does not load the installed item; null when it does.</summary>
    public string? Refusal => Manifest.Refusal is { } refusal ? Prefix + refusal : Packaging.Refusal;

    /// <summary>The id that the gateway takes an unregistered item for.</summary>
    public string Id => Packaging.Id.Length > 0 ? Packaging.Id : Manifest.Name;

    // What the gateway puts before an error of its loader.
    private string Prefix => files.RootFiles.Contains(ManifestNames.Definition(Type), StringComparer.Ordinal)
        ? $"failed to load {(Type == ItemType.Extension ? "extension" : "module")} manifest: "
        : string.Empty;

    /// <summary>Judges folders, several at a time.</summary>
    /// <param name="folders">Each with its kind, and its id when it is installed.</param>
    /// <param name="log">Takes the progress.</param>
    /// <param name="token">Stops the reading.</param>
    /// <returns>The judgements, in order.</returns>
    public static JudgedFolder[] Judge(IReadOnlyList<(string Path, ItemType Type, string? Id)> folders, IStoreLog log, CancellationToken token)
    {
        var judged = new JudgedFolder[folders.Count];
        var work = new Workload(log, "Reading what the gateway loads", "manifests", folders.Count, token);
        ParallelLoop.Run(folders.Count, work, isSmall: folders.Count < 16, i =>
        {
            (string path, ItemType type, string? id) = folders[i];
            judged[i] = new JudgedFolder(path, type, id, token);
            work.Add(1);
        });
        work.Complete();
        return judged;
    }

    /// <summary>Why import refuses what the gateway loads; null when it does not.</summary>
    public string? ImportRefusal(CancellationToken token)
    {
        try
        {
            ManifestReader.Read(new FolderManifestFiles(Path), folderId is null ? null : Type, folderId, Path, token);
            return null;
        }
        catch (Exception exception) when (exception is LlamaGateException or IOException or UnauthorizedAccessException)
        {
            return exception.Reason();
        }
    }
}
