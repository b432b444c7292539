using System;
using System.IO;

namespace LlamaGate;

/// <summary>Paths as users give them.</summary>
internal static class UserPath
{
    /// <summary>The full path of a path that may be relative to the process's current folder.</summary>
    /// <param name="path">The path, as the user wrote it.</param>
    /// <param name="errorId">The id of the failure if it is not a valid path.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="LlamaGateException">It is empty, or has a character that is not valid in a path, or the current folder no longer exists.</exception>
    public static string ToFull(string path, string errorId)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw new LlamaGateException(
                errorId, $"'{Printable.Of(path)}' is not a valid path. Specify a file or a folder.", path, innerException: exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LlamaGateException(
                errorId,
                $"'{Printable.Of(path)}' is relative to the current folder, which no longer exists. Change to another folder, or specify "
                    + "a full path.",
                path,
                innerException: exception);
        }
    }
}
