using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using LlamaGate.Gateway;
using Xunit;

namespace LlamaGate.Tests.Gateway;

public sealed class DotEnvTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    /// <summary><c>godotenv-1.5.1.json</c> holds what the gateway's own reader made of each text.</summary>
    [Fact]
    public void Every_text_is_read_as_the_gateway_reads_it()
    {
        string answers = Path.Combine(Repository.Root, "tests", "LlamaGate.Core.Tests", "Gateway", "godotenv-1.5.1.json");
        using var document = JsonDocument.Parse(File.ReadAllText(answers));
        var wrong = new List<string>();
        foreach (JsonElement answer in document.RootElement.EnumerateArray())
        {
            string text = answer.GetProperty("text").GetString()!;
            var read = DotEnv.Parse(text);
            string expected = answer.TryGetProperty("values", out JsonElement values)
                ? Show(values.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!))
                : "refused";
            string actual = read.Problem is null ? Show(read.Values) : "refused";
            if (expected != actual)
            {
                wrong.Add($"{JsonSerializer.Serialize(text)}\n  gateway: {expected}\n  LlamaGate: {actual} {read.Problem}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("PORT: 1234", "1234")]
    [InlineData("BASE=11\nexport PORT=\"${BASE}435\" # the usual", "11435")]
    [InlineData("PORT='1 # $A'", "1 # $A")]
    [InlineData("PORT=1\nPORT=2", "2")]
    public void A_value_is_read_from(string content, string expected) => Assert.Equal(expected, DotEnv.Parse(content).Values["PORT"]);

    [Theory]
    [InlineData("A=1\nno-name=2\n", "line 2 has '-', but a name or '=' is expected")]
    [InlineData("A=1\nB\nC=2\n", "line 2 has the end of the line, but a name or '=' is expected")]
    [InlineData("A=1\nB=\"x\n", "the quote that opens in line 2 is never closed")]
    [InlineData("\uFEFFA=1\n", "line 1 has a byte order mark, but a name or '=' is expected")]
    public void One_line_that_cannot_be_read_spoils_the_file(string content, string problem)
    {
        var read = DotEnv.Parse(content);

        Assert.Equal(problem, read.Problem);
        Assert.Empty(read.Values);
    }

    [Fact]
    public void A_pipe_is_refused_without_waiting_for_it()
    {
        File.Delete(file);
        Assert.SkipUnless(SystemTool.TryRun("mkfifo", file), "There are no named pipes here.");
        Assert.Throws<IOException>(() => DotEnv.Read(file));
    }

    [Fact]
    public void A_file_beyond_all_measure_is_refused()
    {
        using (FileStream stream = File.OpenWrite(file))
        {
            stream.SetLength((1024 * 1024) + 1);
        }

        Assert.Throws<IOException>(() => DotEnv.Read(file));
    }

    [Fact]
    public void A_file_in_UTF_16_says_nothing_to_the_gateway()
    {
        File.WriteAllText(file, "PORT=8080\r\n", Encoding.Unicode);

        Assert.NotNull(DotEnv.Read(file).Problem);
    }

    [Fact]
    public void A_file_that_is_not_there_says_nothing() => Assert.Empty(DotEnv.Read(file + ".none").Values);

    private static string Show(IReadOnlyDictionary<string, string> values) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(values.ToDictionary(), StringComparer.Ordinal));
}
