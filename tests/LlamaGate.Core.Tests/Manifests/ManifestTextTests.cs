using System;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace LlamaGate.Tests.Manifests;

public class ManifestTextTests
{
    private const string Definition = InMemoryManifests.Definition;

    public static TheoryData<string, bool> WideEncodings => new()
    {
        { "utf-16LE", true }, { "utf-16LE", false }, { "utf-16BE", true }, { "utf-16BE", false },
        { "utf-32LE", true }, { "utf-32LE", false }, { "utf-32BE", true }, { "utf-32BE", false },
    };

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        byte[] content = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Definition)];
        Assert.Equal("sample", InMemoryManifests.Of("manifest.yaml", content).Read().Id);

        content = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("name: [a]\nversion: 1.0.0\n")];
        string problem = Assert.Single(InMemoryManifests.Of("extension.yaml", content).Problems());
        Assert.StartsWith("extension.yaml(1,7): name: ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_may_end_as_elsewhere(string lineBreak)
    {
        string text = Definition.Replace("\n", lineBreak, StringComparison.Ordinal);
        Assert.Equal("1.2.3", InMemoryManifests.Of(("manifest.yaml", text)).Read().Version);

        text = text.Replace("llm.chat", "[]", StringComparison.Ordinal);
        Assert.StartsWith("manifest.yaml(6,11): ", InMemoryManifests.OnlyProblem("manifest.yaml", text), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WideEncodings))]
    public void Text_of_two_or_four_bytes_a_character_is_to_be_saved_as_utf8(string name, bool withMark)
    {
        bool bigEndian = name.EndsWith("BE", StringComparison.Ordinal);
        Encoding encoding = name.StartsWith("utf-16", StringComparison.Ordinal)
            ? new UnicodeEncoding(bigEndian, withMark)
            : new UTF32Encoding(bigEndian, withMark);
        byte[] content = [.. encoding.GetPreamble(), .. encoding.GetBytes(Definition)];

        string problem = Assert.Single(InMemoryManifests.Of("manifest.yaml", content).Problems());

        Assert.Equal("manifest.yaml: is UTF-16 or UTF-32: save it as UTF-8", problem);
    }

    [Theory]
    [InlineData("name: ", new byte[] { 0xFF }, "\n", 1, 7)]
    [InlineData("name: a\r\nversion: é", new byte[] { 0xC3 }, "\n", 2, 11)]
    [InlineData("a: b\nc: é ", new byte[] { 0xC0, 0x80 }, "", 2, 6)]
    [InlineData("a: 日本\n\n", new byte[] { 0xED, 0xA0, 0x80 }, "x", 3, 1)]
    [InlineData("a: ", new byte[] { 0xE2, 0x82 }, "", 1, 4)]
    [InlineData("a: ", new byte[] { 0xF8, 0x88, 0x80, 0x80, 0x80 }, "\n", 1, 4)]
    [InlineData("a: ", new byte[] { 0xE4 }, "hnlich in Latin-1", 1, 4)]
    public void Bytes_that_are_no_utf8_are_a_problem_with_their_place(string before, byte[] invalid, string after, int line, int column)
    {
        foreach (byte[] mark in new byte[][] { [], [0xEF, 0xBB, 0xBF] })
        {
            byte[] content = [.. mark, .. Encoding.UTF8.GetBytes(before), .. invalid, .. Encoding.UTF8.GetBytes(after)];

            string problem = Assert.Single(InMemoryManifests.Of("manifest.yaml", content).Problems());

            Assert.Equal($"manifest.yaml({line},{column}): is not valid UTF-8 here: save the file as UTF-8", problem);
        }
    }

    [Theory]
    [InlineData('\0', "U+0000")]
    [InlineData('\u0001', "U+0001")]
    [InlineData('\u001B', "U+001B")]
    [InlineData('\u007F', "U+007F")]
    [InlineData('\u009F', "U+009F")]
    [InlineData('\uFFFE', "U+FFFE")]
    public void Control_characters_are_a_problem_with_their_place(char control, string code)
    {
        Assert.Equal(
            $"manifest.yaml(7,6): contains the control character {code} here: remove it",
            InMemoryManifests.OnlyProblem("manifest.yaml", $"{Definition}x: ab{control}c\n"));
    }

    [Fact]
    public void The_largest_manifest_is_read()
    {
        string head = Definition + "prompt: |\n";
        byte[] content = Encoding.UTF8.GetBytes(head + Lines(PackageLimits.MaxManifestBytes - head.Length));
        Assert.Equal(PackageLimits.MaxManifestBytes, content.Length);

        Assert.Equal("sample", InMemoryManifests.Of("manifest.yaml", content).Read().Id);
        Assert.Equal(
            "manifest.yaml: is larger than 1 MiB: move long texts into separate files",
            Assert.Single(InMemoryManifests.Of("manifest.yaml", [.. content, (byte)'\n']).Problems()));
    }

    [Fact]
    public void Of_a_manifest_without_end_only_the_limit_is_read()
    {
        using var stream = new RepeatedLine(" x: y\n", 100L * 1024 * 1024);

        string problem = Assert.Single(new InMemoryManifests().Add("manifest.yaml", () => stream).Problems());

        Assert.Contains("is larger than 1 MiB", problem, StringComparison.Ordinal);
        Assert.InRange(stream.BytesRead, PackageLimits.MaxManifestBytes, PackageLimits.MaxManifestBytes + 1);
    }

    [Fact]
    public void A_stream_that_gives_a_byte_at_a_time_is_read_whole()
    {
        using var stream = new RepeatedLine(Definition, Definition.Length, atATime: 1);

        Assert.Equal("sample", new InMemoryManifests().Add("manifest.yaml", () => stream).Read().Id);
    }

    [Fact]
    public void A_failure_while_reading_is_a_problem()
    {
        using var stream = new RepeatedLine(Definition, Definition.Length, failsAtEnd: true);

        Assert.Equal(
            "manifest.yaml: cannot be read: The medium is gone.",
            Assert.Single(new InMemoryManifests().Add("manifest.yaml", () => stream).Problems()));
    }

    private static string Lines(int length)
    {
        string line = "  " + new string('x', 97) + "\n";
        return string.Concat(Enumerable.Repeat(line, length / line.Length)) + "  " + new string('x', (length % line.Length) - 2);
    }

    /// <summary>One line again and again, and how much of it was taken.</summary>
    private sealed class RepeatedLine(string line, long length, int atATime = int.MaxValue, bool failsAtEnd = false) : Stream
    {
        private readonly byte[] bytes = Encoding.UTF8.GetBytes(line);

        public long BytesRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int given = (int)Math.Min(Math.Min(count, atATime), length - BytesRead);
            if (given == 0 && failsAtEnd)
            {
                throw new IOException("The medium is gone.");
            }

            for (int i = 0; i < given; i++)
            {
                buffer[offset + i] = bytes[(BytesRead + i) % bytes.Length];
            }

            BytesRead += given;
            return given;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
