using System.IO;

namespace LlamaGate.Feeds;

/// <summary>Files that may hold secrets.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file that is not there yet; on Linux and macOS nobody else can read it.</summary>
    public static void WriteNew(string path, string content)
    {
#if NET8_0_OR_GREATER
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!System.OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(path, options);
#else
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
#endif
        using var writer = new StreamWriter(stream);
        writer.Write(content);
    }
}
