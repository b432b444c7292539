using LlamaGate.FileSystem;
using LlamaGate.Registry;

namespace LlamaGate.Transactions;

/// <summary>
/// Tells from a record and the disk how far an install has come (contract, section 6). It asks which folder is where. Only when
/// the new folder is in neither place, as in a home that was copied or restored, do the checksums of its content decide.
/// </summary>
internal static class ChangeInspector
{
    /// <summary>How far an install has come.</summary>
    /// <param name="home">The home.</param>
    /// <param name="change">The install to inspect.</param>
    /// <param name="isTrusted">
    /// Whether staged content is known to be whole, because this process has just made it. It is looked through otherwise.
    /// </param>
    public static ChangeState StateOf(LlamaGateHome home, UnfinishedChange change, bool isTrusted)
    {
        JournalRecord record = change.Record;
        var places = ChangePlaces.Of(home, record);
        if (record.Folder is { } folder)
        {
            if (IsAt(places.Staged, folder))
            {
                return isTrusted || ContentCheck.HasAllFiles(places.Staged, places.StagedChecksums) ? NotMovedIn(places) : ChangeState.Lost;
            }

            if (IsAt(places.Item, folder))
            {
                return MovedIn(places);
            }
        }

        return (StorePath.IsFolder(places.Staged), StorePath.IsFolder(places.Item)) switch
        {
            (true, _) => ByContent(places, record),
            (false, true) => WithoutStaged(places, change),
            (false, false) => AfterRemoval(places),
        };
    }

    private static bool IsAt(string path, FileIdentity folder) => FileIdentity.Of(path) is { } there && there.Matches(folder);

    private static ChangeState NotMovedIn(ChangePlaces places) =>
        StorePath.Probe(places.Item) == PathKind.Missing && StorePath.IsFolder(places.Backup) ? ChangeState.SetAside : ChangeState.Staged;

    private static ChangeState MovedIn(ChangePlaces places) =>
        StorePath.IsFolder(places.Staged) ? ChangeState.Exchanged : ChangeState.InPlace;

    // Something is in staging: the new content, what is left of it, or the old one.
    private static ChangeState ByContent(ChangePlaces places, JournalRecord record)
    {
        if (record.Replaced is { } old && IsAt(places.Staged, old))
        {
            return ChangeState.Gone;
        }

        switch (ContentCheck.Compare(places.Staged, places.StagedChecksums))
        {
            case ContentMatch.Whole:
                return NotMovedIn(places);
            case ContentMatch.Part:
                return ChangeState.Lost;
        }

        return ContentCheck.Compare(places.Item, places.StagedChecksums) is ContentMatch.None ? ChangeState.Gone : ChangeState.Exchanged;
    }

    // Nothing is in staging, and a folder in the item's place.
    private static ChangeState WithoutStaged(ChangePlaces places, UnfinishedChange change)
    {
        if (change.Record.Replaced is { } old && IsAt(places.Item, old))
        {
            return ChangeState.Lost;
        }

        bool hasMovedIn = change.Previous is null || StorePath.IsFolder(places.Backup)
            || ContentCheck.Compare(places.Item, places.StagedChecksums) is ContentMatch.Whole;
        return hasMovedIn ? ChangeState.InPlace : ChangeState.Lost;
    }

    // Nothing is in either place. The checksums are recorded last.
    private static ChangeState AfterRemoval(ChangePlaces places) =>
        StorePath.Probe(places.StagedChecksums) == PathKind.File || !StorePath.IsFolder(places.Backup) ? ChangeState.Lost : ChangeState.Gone;
}
