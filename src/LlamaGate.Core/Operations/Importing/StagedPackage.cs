using System;
using LlamaGate.Manifests;
using LlamaGate.Transactions;

namespace LlamaGate.Operations.Importing;

/// <summary>A package whose content is in staging, checked and whole.</summary>
internal sealed class StagedPackage(string path, ItemManifest manifest, ImportOptions options, long length, StagingArea area) : IDisposable
{
    public string Path => path;

    public ItemManifest Manifest => manifest;

    public ImportOptions Options => options;

    public long Length => length;

    public StagingArea Area => area;

    public void Dispose() => area.Dispose();
}
