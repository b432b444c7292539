namespace LlamaGate.Operations.GatewayStart;

/// <summary>An item while it is not settled yet what the gateway does with it.</summary>
internal sealed class ViewedItem(string path, ItemType type, string id, string source)
{
    public string Path { get; set; } = path;

    public ItemType Type => type;

    public string Id => id;

    public string Source => source;

    public string Name { get; init; } = string.Empty;

    public string? Version { get; set; }

    public string Status { get; set; } = StartupItem.Failed;

    public string Reason { get; private set; } = string.Empty;

    public bool IsLoaded => Status is StartupItem.Loaded;

    /// <summary>Adds something to tell.</summary>
    public void Note(string note) => Reason = Reason.Length == 0 || note.Length == 0 ? Reason + note : $"{Reason}; {note}";

    /// <summary>Settles that it is not loaded, and why.</summary>
    public void Settle(string status, string note)
    {
        Status = status;
        Note(note);
    }

    public StartupItem ToStartupItem(LlamaGateHome home) =>
        new(id, type.ToDisplayName(), Name, Version, Status, source, Reason, Path, home.Path);
}
