namespace LlamaGate.Operations.GatewayStart;

/// <summary>An entry of the registry as the gateway reads it.</summary>
/// <param name="Type">The kind of item.</param>
/// <param name="Id">The id. The gateway keys its registry by this alone: the last entry of an id counts.</param>
/// <param name="IsEnabled">Whether the item is enabled.</param>
/// <param name="Version">The version; empty when it does not say.</param>
/// <param name="Folder">Where the item will lie when the gateway starts.</param>
/// <param name="Content">Where it lies now.</param>
/// <param name="Note">What is special about it; empty for nothing.</param>
internal sealed record GatewayEntry(ItemType Type, string Id, bool IsEnabled, string Version, string Folder, string Content, string Note = "")
{
    public GatewayEntry(ItemType type, string id, bool isEnabled, string version, string folder)
        : this(type, id, isEnabled, version, folder, folder)
    {
    }
}
