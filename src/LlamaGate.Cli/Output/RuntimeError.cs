using System;
using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LlamaGate.Cli.Output;

/// <summary>
/// Writes to standard error without the console, which can be the part that cannot be loaded when few files may be open.
/// A file stream is always there: it belongs to the core of the runtime.
/// </summary>
internal static class RuntimeError
{
    private const int StandardError = 2;

    /// <summary>Writes a line, if there is anything that it can be written to.</summary>
    /// <param name="text">The line, without its end.</param>
    public static void WriteLine(string text)
    {
        // Windows has no limit of open files that a process meets this early.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            using var handle = new SafeFileHandle(StandardError, ownsHandle: false);
            using var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There is nobody to tell; the exit code says that something failed.
        }
    }
}
