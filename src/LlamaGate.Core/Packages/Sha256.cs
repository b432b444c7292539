using System;
using System.Buffers.Binary;

namespace LlamaGate.Packages;

/// <summary>SHA-256 (FIPS 180-4) without a library; <see cref="ContentHash"/> says what for.</summary>
internal sealed class Sha256
{
    private const int BlockLength = 64;

    /// <summary>Where the length of the message begins in the last block.</summary>
    private const int LengthOffset = 56;

    private static readonly uint[] Constants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly uint[] state =
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private readonly byte[] pending = new byte[BlockLength];
    private readonly uint[] schedule = new uint[BlockLength];
    private ulong length;

    /// <summary>Hashes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        int held = (int)(length % BlockLength);
        length += (ulong)bytes.Length;
        if (held + bytes.Length >= BlockLength && held > 0)
        {
            bytes[..(BlockLength - held)].CopyTo(pending.AsSpan(held));
            HashBlock(pending);
            bytes = bytes[(BlockLength - held)..];
            held = 0;
        }

        while (bytes.Length >= BlockLength)
        {
            HashBlock(bytes);
            bytes = bytes[BlockLength..];
        }

        bytes.CopyTo(pending.AsSpan(held));
    }

    /// <summary>Ends the hash: nothing may be appended after it.</summary>
    /// <returns>The 32 bytes.</returns>
    public byte[] Finish()
    {
        ulong bits = length * 8;
        int held = (int)(length % BlockLength);
        byte[] end = new byte[held < LengthOffset ? BlockLength - held : (2 * BlockLength) - held];
        end[0] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(end.AsSpan(end.Length - sizeof(ulong)), bits);
        Append(end);

        byte[] hash = new byte[state.Length * sizeof(uint)];
        for (int i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(i * sizeof(uint)), state[i]);
        }

        return hash;
    }

    private static uint Rotate(uint value, int bits) => (value >> bits) | (value << (32 - bits));

    private void HashBlock(ReadOnlySpan<byte> block)
    {
        uint[] w = schedule;
        for (int t = 0; t < 16; t++)
        {
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(t * sizeof(uint))..]);
        }

        for (int t = 16; t < BlockLength; t++)
        {
            uint sigma0 = Rotate(w[t - 15], 7) ^ Rotate(w[t - 15], 18) ^ (w[t - 15] >> 3);
            uint sigma1 = Rotate(w[t - 2], 17) ^ Rotate(w[t - 2], 19) ^ (w[t - 2] >> 10);
            w[t] = w[t - 16] + sigma0 + w[t - 7] + sigma1;
        }

        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        (uint e, uint f, uint g, uint h) = (state[4], state[5], state[6], state[7]);
        for (int t = 0; t < BlockLength; t++)
        {
            uint sum1 = Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25);
            uint choice = (e & f) ^ (~e & g);
            uint first = h + sum1 + choice + Constants[t] + w[t];
            uint sum0 = Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22);
            uint majority = (a & b) ^ (a & c) ^ (b & c);
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + sum0 + majority);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}
