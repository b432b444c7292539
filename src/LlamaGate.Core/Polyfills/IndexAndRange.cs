#if !NET
// Written out: generators of such types put them in a random order, and the same sources would not give the same bytes.
namespace System;

/// <summary>A position from the start or the end: <c>^1</c>.</summary>
internal readonly struct Index(int value, bool fromEnd = false)
{
    /// <summary>The first position.</summary>
    public static Index Start => new(0);

    /// <summary>The position behind the last.</summary>
    public static Index End => new(0, fromEnd: true);

    public static implicit operator Index(int value) => new(value);

    /// <summary>The position in something of a length.</summary>
    public int GetOffset(int length) => fromEnd ? length - value : value;
}

/// <summary>What lies between two positions: <c>1..^1</c>.</summary>
internal readonly struct Range(Index start, Index end)
{
    /// <summary>From the first position to the last.</summary>
    public static Range All => new(Index.Start, Index.End);

    /// <summary>The first position.</summary>
    public Index Start => start;

    /// <summary>The position behind the last.</summary>
    public Index End => end;

    /// <summary>Everything from a position on.</summary>
    public static Range StartAt(Index start) => new(start, Index.End);

    /// <summary>Everything before a position.</summary>
    public static Range EndAt(Index end) => new(Index.Start, end);
}
#endif
