namespace LlamaGate.Packages;

/// <summary>A file and what was in it.</summary>
/// <param name="Path">The path from the root, <c>/</c>-separated.</param>
/// <param name="Sha256">The SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
internal readonly record struct FileDigest(string Path, string Sha256);
