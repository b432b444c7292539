using System;
using LlamaGate.Manifests;
using LlamaGate.Packages;

namespace LlamaGate.Operations.Importing;

/// <summary>A package that has been opened and obeys the rules.</summary>
internal sealed class ImportCandidate(string path, string fullPath, PackageContent content, ItemManifest manifest) : IDisposable
{
    public string Path => path;

    public string FullPath => fullPath;

    public PackageContent Content => content;

    public ItemManifest Manifest => manifest;

    public void Dispose() => content.Dispose();
}
