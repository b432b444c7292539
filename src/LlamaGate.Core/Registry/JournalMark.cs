using System;

namespace LlamaGate.Registry;

/// <summary>How far a journal has been read or written (contract, section 6).</summary>
/// <param name="Generation">What the journal is called since it was started.</param>
/// <param name="Length">The bytes of its whole lines.</param>
/// <param name="LastLine">The last of them, by which it is recognized.</param>
internal sealed record JournalMark(string Generation, long Length, ReadOnlyMemory<byte> LastLine)
{
    /// <summary>The mark behind another line.</summary>
    /// <param name="line">The line, with its end.</param>
    /// <returns>The mark; it holds no more of the journal than that line.</returns>
    public JournalMark Behind(ReadOnlyMemory<byte> line) => new(Generation, Length + line.Length, line.ToArray());
}
