namespace LlamaGate.Transactions;

/// <summary>
/// How far a journalled install has come, as the disk shows it. The new folder is the staged one, wherever it lies; the old folder is
/// what it replaces.
/// </summary>
internal enum ChangeState
{
    /// <summary>The new folder is in staging, whole. The old folder, if there is one, is in the item's place.</summary>
    Staged,

    /// <summary>The new folder is in staging, whole. The old folder is among the backups; nothing is in the item's place.</summary>
    SetAside,

    /// <summary>The new folder is in the item's place, and the old one in staging.</summary>
    Exchanged,

    /// <summary>The new folder is in the item's place, and the old one, if there was one, among the backups.</summary>
    InPlace,

    /// <summary>The new folder had come into the item's place, and somebody has deleted or replaced it since.</summary>
    Gone,

    /// <summary>The new folder, or a part of it, was deleted from staging before it came into the item's place.</summary>
    Lost,
}
