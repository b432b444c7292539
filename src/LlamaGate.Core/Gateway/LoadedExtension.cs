namespace LlamaGate.Gateway;

/// <summary>An extension that a running gateway has loaded.</summary>
internal sealed record LoadedExtension(string Name, string Version, bool IsEnabled);
