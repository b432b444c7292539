using System.Text;

namespace LlamaGate.FileSystem;

/// <summary>UTF-8 without a byte order mark that refuses bytes which are not UTF-8, and text which has none.</summary>
internal static class StrictUtf8
{
    public static UTF8Encoding Encoding { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
