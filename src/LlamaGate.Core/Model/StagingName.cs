using System;

namespace LlamaGate;

/// <summary>The names of staging folders below <c>tmp/import</c>: 32 hexadecimal digits.</summary>
internal static class StagingName
{
    /// <summary>A name that nothing has yet.</summary>
    public static string New() => Guid.NewGuid().ToString("N");

    /// <summary>Whether a name is one that the store gives to staging folders.</summary>
    public static bool IsValid(string name) => Guid.TryParseExact(name, "N", out _);
}
