using System;
using System.Security.Cryptography;
using CsCheck;
using LlamaGate.Packages;
using Xunit;

namespace LlamaGate.Tests.Packages;

public sealed class Sha256Tests
{
    [Fact]
    public void The_hash_is_that_of_the_library_however_the_bytes_come() =>
        Gen.Byte.Array[0, 300].Array[0, 4].Sample(pieces =>
        {
            var own = new Sha256();
            using var library = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (byte[] piece in pieces)
            {
                own.Append(piece);
                library.AppendData(piece);
            }

            return own.Finish().AsSpan().SequenceEqual(library.GetHashAndReset());
        });

    [Fact]
    public void Every_length_around_a_block_is_padded_as_it_must_be()
    {
        for (int length = 0; length <= 200; length++)
        {
            byte[] bytes = new byte[length];
            new Random(length).NextBytes(bytes);
            var own = new Sha256();
            own.Append(bytes);

            Assert.Equal(SHA256.HashData(bytes), own.Finish());
        }
    }

    // The first bytes of a process are hashed without the library, on Linux: both ways are taken here.
    [Fact]
    public void Small_and_large_files_of_a_process_have_the_right_hash()
    {
        foreach (int length in new[] { 10, 1_000, 60_000, 60_000, 100_000, 10 })
        {
            byte[] bytes = new byte[length];
            new Random(length).NextBytes(bytes);
            using var hash = new ContentHash(length);
            hash.Append(bytes, bytes.Length);

            Assert.Equal(SHA256.HashData(bytes), hash.Finish());
        }
    }
}
