using System;

namespace LlamaGate;

/// <summary>A loop over an index, on all processors, that reports and stops on the caller's thread.</summary>
internal static class ParallelLoop
{
    /// <summary>Runs the body for 0 to count - 1, in any order; on the caller's thread alone when the work is small.</summary>
    /// <param name="count">How many times.</param>
    /// <param name="work">Counts what is done and stops the loop.</param>
    /// <param name="isSmall">Whether other threads would cost more than they bring.</param>
    /// <param name="body">The work on one index. The first exception stops the loop and is thrown.</param>
    public static void Run(int count, Workload work, bool isSmall, Action<int> body) => throw new NotSupportedException();
}
