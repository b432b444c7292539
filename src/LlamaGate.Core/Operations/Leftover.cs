namespace LlamaGate.Operations;

/// <summary>Something in a home that no command needs anymore.</summary>
/// <param name="Finding">The id of the finding that tells of it.</param>
/// <param name="Type">The kind of item that it belonged to; null for staging.</param>
/// <param name="Id">The item that it belonged to, or the name of a staging folder.</param>
/// <param name="Path">The file or folder.</param>
/// <param name="IsCleared">Whether a sync deletes it.</param>
/// <param name="Message">What it is.</param>
internal sealed record Leftover(string Finding, ItemType? Type, string Id, string Path, bool IsCleared, string Message);
