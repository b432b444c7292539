using System;
using System.Text;
using LlamaGate.Registry;
using Xunit;

namespace LlamaGate.Tests.Registry;

/// <summary>What of a registry gateway 0.9.1 can read (contract, section 3).</summary>
public sealed class GatewayRegistryTests
{
    private const string Whole = """
        [{"id": "a", "type": "extension", "name": "a", "version": "1.0.0", "enabled": true, "installed_at": "2026-01-02T03:04:05.123456789+01:00",
          "last_updated_at": "2026-01-02T03:04:05Z", "source_path": "/x", "more": [1, {"enabled": 5}]}]
        """;

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData(Whole)]
    [InlineData("""[{"id": "a", "type": null, "enabled": null, "installed_at": null}]""")]
    [InlineData("""[{"ID": "a", "Enabled": false}]""")]
    [InlineData("""[{"id": "a", "unknown": {"enabled": "x"}}]""")]
    public void It_reads(string text) => Assert.Null(GatewayRegistry.FindProblem(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("\uFEFF[]", "it begins with a byte order mark")]
    [InlineData("{}", "it is not a list")]
    [InlineData("[] // comment", "it is not valid JSON")]
    [InlineData("[{},]", "it is not valid JSON")]
    [InlineData("", "it is not valid JSON")]
    [InlineData("[{}, null]", "entry 2 is null, which makes the gateway crash")]
    [InlineData("[5]", "entry 1 is not an object")]
    [InlineData("""[{"enabled": "true"}]""", "entry 1 has an 'enabled' that is not true or false")]
    [InlineData("""[{"enabled": 1}]""", "entry 1 has an 'enabled' that is not true or false")]
    [InlineData("""[{"version": 1.0}]""", "entry 1 has a 'version' that is not text")]
    [InlineData("""[{"installed_at": "2026-01-01"}]""", "entry 1 has a 'installed_at' that is not a time as in 2026-01-31T12:00:00Z")]
    [InlineData("""[{"installed_at": ""}]""", "entry 1 has a 'installed_at' that is not a time")]
    public void It_does_not_read(string text, string problem) =>
        Assert.StartsWith(problem, GatewayRegistry.FindProblem(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);
}
