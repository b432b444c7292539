using System;
using System.IO;
using System.Text;
using LlamaGate.Gateway;
using Xunit;

namespace LlamaGate.Tests.Gateway;

public sealed class DotEnvTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("PORT=8080", "8080")]
    [InlineData("  PORT = 8080  ", "8080")]
    [InlineData("export PORT=8080", "8080")]
    [InlineData("export\tPORT=8080", "8080")]
    [InlineData("PORT=\"8080\"", "8080")]
    [InlineData("PORT='8080'", "8080")]
    [InlineData("PORT='8080' # the usual", "8080")]
    [InlineData("PORT=8080 # the usual", "8080")]
    [InlineData("PORT=80#80", "80#80")]
    [InlineData("PORT=\"80 # 80\"", "80 # 80")]
    [InlineData("PORT=a=b", "a=b")]
    [InlineData("PORT=\"a\\\"b\\nc\\\\d\"", "a\"b\nc\\d")]
    [InlineData("PORT='a\\nb'", "a\\nb")]
    [InlineData("PORT=\"8080", "\"8080")]
    [InlineData("PORT=", "")]
    [InlineData("PORT= # nothing yet", "")]
    [InlineData("PORT=1\nPORT=2", "2")]
    [InlineData("# PORT=1\nnonsense\n=3\n\nPORT=2\n", "2")]
    [InlineData("OTHER=1\r\nPORT=2\r\nMORE=3\r\n", "2")]
    public void A_value_is_read_from(string content, string expected) =>
        Assert.Equal(expected, DotEnv.Parse(new StringReader(content))["PORT"]);

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

    [Theory]
    [InlineData("")]
    [InlineData("#PORT=1")]
    [InlineData(" # PORT=1")]
    [InlineData("PORT")]
    [InlineData("port=1")]
    [InlineData("exportPORT=1")]
    [InlineData("XPORT=1")]
    public void No_value_is_read_from(string content) =>
        Assert.False(DotEnv.Parse(new StringReader(content)).ContainsKey("PORT"));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_key()
    {
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            File.WriteAllText(file, "PORT=8080\r\n", encoding);

            Assert.Equal("8080", DotEnv.Read(file)["PORT"]);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_says_nothing() => Assert.Empty(DotEnv.Read(file + ".none"));
}
