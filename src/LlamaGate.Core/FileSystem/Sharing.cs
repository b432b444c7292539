using System;
using System.IO;
using System.Threading;

namespace LlamaGate.FileSystem;

/// <summary>Tries again what Windows refuses while a virus scanner or a reader has a file open (contract, section 6).</summary>
internal static class Sharing
{
    private const int Retries = 39;
    private const int PauseMilliseconds = 5; // longer by as much each time: four seconds in all
    private const int AccessDenied = 5; // also of a folder in which somebody has a file open
    private const int DirectoryNotEmpty = 145; // of a folder whose files are deleted, but open
    private const int SharingViolation = 32;
    private const int LockViolation = 33;

    [ThreadStatic]
    private static Action? onPause;

    /// <summary>Called on this thread before each pause; null but in tests, which let go of the file then.</summary>
    public static Action? OnPause
    {
        get => onPause;
        set => onPause = value;
    }

    /// <summary>Does something, again and again for four seconds while somebody holds what it needs; then it fails as it does.</summary>
    /// <param name="action">What is to be done.</param>
    public static void Retry(Action action) => Retry(() =>
    {
        action();
        return true;
    });

    /// <inheritdoc cref="Retry(Action)"/>
    public static T Retry<T>(Func<T> action)
    {
        for (int retry = 1; ; retry++)
        {
            try
            {
                return action();
            }
            catch (Exception exception) when (retry <= Retries && MayPass(exception))
            {
                OnPause?.Invoke();
                Thread.Sleep(retry * PauseMilliseconds);
            }
        }
    }

    /// <summary>Whether an error of Windows says that another has the file open and shares it with nobody.</summary>
    public static bool IsHeld(Exception exception) => CodeOf(exception) is SharingViolation or LockViolation;

    /// <summary>Whether an error of Windows may pass by itself: another has the file open, or a file in the folder, or did a moment ago.</summary>
    public static bool MayPass(Exception exception) =>
        Platform.IsWindows && (IsHeld(exception) || CodeOf(exception) is AccessDenied or DirectoryNotEmpty);

    private static int CodeOf(Exception exception) =>
        exception is IOException or UnauthorizedAccessException ? exception.HResult & 0xFFFF : 0;
}
