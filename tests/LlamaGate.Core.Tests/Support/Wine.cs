using System.Runtime.InteropServices;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Windows programs run under Wine in some places (build/windows-tests.sh), which differs from Windows here and there.</summary>
internal static class Wine
{
    /// <summary>Whether this is Wine.</summary>
    public static bool IsRunning { get; } =
        NativeLibrary.TryLoad("ntdll.dll", out nint library) && NativeLibrary.TryGetExport(library, "wine_get_version", out _);

    /// <summary>Skips a test where Wine is not like Windows.</summary>
    /// <param name="difference">What Wine does otherwise, as a sentence.</param>
    public static void SkipWhere(string difference) => Assert.SkipWhen(IsRunning, "Wine differs from Windows: " + difference);
}
