using System;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using LlamaGate.Registry;

namespace LlamaGate.Transactions;

/// <summary>
/// What readers make of the changes whose folders may not be where they belong: just what the next writer will make of them. Never
/// waits, never writes (contract, section 6).
/// </summary>
internal sealed class UnfinishedChanges
{
    private readonly StoreSettings settings;
    private readonly RegistrySnapshot snapshot;

    public UnfinishedChanges(StoreSettings settings, RegistrySnapshot snapshot)
    {
        this.settings = settings;
        this.snapshot = snapshot;
    }

    /// <summary>The record that a change ends in when its folders are left as they are or put back; null when it will be completed.</summary>
    /// <param name="home">The home.</param>
    /// <param name="change">The unfinished change.</param>
    /// <param name="state">How far it has come, if it is an install.</param>
    /// <param name="now">The time that the record bears, as RFC 3339.</param>
    public static JournalRecord? OutcomeOf(LlamaGateHome home, UnfinishedChange change, ChangeState? state, string now)
    {
        JournalRecord record = change.Record;
        return state switch
        {
            ChangeState.Lost => TakenBack(change, now),
            ChangeState.Gone when StorePath.Probe(home.ItemFolder(record.Type, record.Id)) == PathKind.Missing =>
                JournalRecord.Drop(record.Type, record.Id, now),
            _ => null,
        };
    }

    /// <summary>The record that takes a change back.</summary>
    public static JournalRecord TakenBack(UnfinishedChange change, string now) =>
        change.Previous is null ? JournalRecord.Drop(change.Record.Type, change.Record.Id, now) : JournalRecord.Set(change.Previous);

    /// <summary>The snapshot as it will be when the next writer has settled the changes.</summary>
    public RegistrySnapshot Settled() => snapshot.Settled(change =>
    {
        try
        {
            return change.Record.Operation == JournalOperation.Install
                ? OutcomeOf(settings.Home, change, ChangeInspector.StateOf(settings.Home, change, isTrusted: false), Rfc3339.Format(settings.Clock()))
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // The registry can be read by whoever may not look at what is staged.
        }
    });

    /// <summary>Where the content of an item lies: in its folder, or still in staging.</summary>
    public string ContentOf(ItemType type, string id)
    {
        UnfinishedChange? install = Last(JournalOperation.Install, type, id);
        return install is not null
            && ChangeInspector.StateOf(settings.Home, install, isTrusted: false) is ChangeState.Staged or ChangeState.SetAside
                ? StagingArea.FolderOf(settings.Home, install.Record.Staging)
                : settings.Home.ItemFolder(type, id);
    }

    /// <summary>Whether an item's content is still in staging.</summary>
    public bool IsArriving(UnfinishedChange change) => change.Record.Operation == JournalOperation.Install
        && ChangeInspector.StateOf(settings.Home, change, isTrusted: false) is ChangeState.Staged or ChangeState.SetAside;

    /// <summary>Whether an item's folder is about to go to the trash.</summary>
    public bool IsLeaving(ItemType type, string id) => snapshot.Find(type, id) is null
        && Last(JournalOperation.Remove, type, id) is { } remove && new RemovalMoves(settings).IsToGo(remove.Record);

    private UnfinishedChange? Last(JournalOperation operation, ItemType type, string id) => snapshot.Unfinished.LastOrDefault(change =>
        change.Record.Operation == operation && change.Record.Type == type && string.Equals(change.Record.Id, id, StringComparison.Ordinal));
}
