using System;
using System.IO;

namespace LlamaGate.FileSystem;

/// <summary>Tells what the disk refuses from faults of the program.</summary>
internal static class DiskFailure
{
    /// <summary>
    /// Whether an exception says that the disk refuses to read or write. .NET reports a file that becomes too large (EFBIG, as
    /// <c>ulimit -f</c> causes it) as an argument that is out of range.
    /// </summary>
    /// <param name="exception">The exception of a call that reads or writes a file.</param>
    public static bool Is(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };
}
