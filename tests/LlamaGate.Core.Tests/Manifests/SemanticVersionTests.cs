using System;
using System.Linq;
using CsCheck;
using LlamaGate.Manifests;
using Xunit;

namespace LlamaGate.Tests.Manifests;

public class SemanticVersionTests
{
    [Theory]
    [InlineData("0.0.0")]
    [InlineData("1.2.3")]
    [InlineData("10.20.30")]
    [InlineData("1.1.2-prerelease+meta")]
    [InlineData("1.1.2+meta")]
    [InlineData("1.1.2+meta-valid")]
    [InlineData("1.0.0-alpha")]
    [InlineData("1.0.0-alpha.beta.1")]
    [InlineData("1.0.0-alpha0.valid")]
    [InlineData("1.0.0-0A.is.legal")]
    [InlineData("1.0.0-alpha-a.b-c-somethinglong+build.1-aef.1-its-okay")]
    [InlineData("1.2.3----RC-SNAPSHOT.12.9.1--.12+788")]
    [InlineData("1.0.0+0.build.1-rc.10000aaa-kk-0.1")]
    [InlineData("1.0.0-0")]
    [InlineData("1.0.0--")]
    [InlineData("1.0.0+001")]
    [InlineData("99999999999999999999999.999999999999999999.99999999999999999")]
    public void This_is_a_semantic_version(string version) => Assert.True(SemanticVersion.IsValid(version));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2")]
    [InlineData("1.2.3.4")]
    [InlineData("v1.2.3")]
    [InlineData("1.2.3 ")]
    [InlineData(" 1.2.3")]
    [InlineData("1.2.3\n")]
    [InlineData("01.1.1")]
    [InlineData("1.01.1")]
    [InlineData("1.1.01")]
    [InlineData("1.2.3-0123")]
    [InlineData("1.2.3-0123.0123")]
    [InlineData("1.1.2+.123")]
    [InlineData("+invalid")]
    [InlineData("-invalid")]
    [InlineData("alpha")]
    [InlineData("1.0.0-")]
    [InlineData("1.0.0+")]
    [InlineData("1.0.0-alpha..1")]
    [InlineData("1.0.0-.")]
    [InlineData("1.0.0-alpha_beta")]
    [InlineData("1.2.3+a+b")]
    [InlineData("-1.0.3-gamma+b7718")]
    [InlineData("1..3")]
    [InlineData("1.-2.3")]
    [InlineData("1.2.x")]
    [InlineData("١.٢.٣")]
    [InlineData("１.２.３")]
    [InlineData("1.0.0-ä")]
    public void This_is_no_semantic_version(string version) => Assert.False(SemanticVersion.IsValid(version));

    [Fact]
    public void A_version_has_at_most_256_characters()
    {
        string longest = "1.0.0-" + new string('a', SemanticVersion.MaxLength - 6);

        Assert.True(SemanticVersion.IsValid(longest));
        Assert.False(SemanticVersion.IsValid(longest + "a"));
    }

    [Fact]
    public void Versions_have_the_order_of_the_specification()
    {
        string[] ordered =
        [
            "0.0.0-0", "0.0.0", "0.0.1", "1.0.0-1", "1.0.0-2", "1.0.0-11", "1.0.0--", "1.0.0-A", "1.0.0-alpha", "1.0.0-alpha.1",
            "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0",
            "2.0.0", "10.0.0", "99999999999999999999999.0.0", "100000000000000000000000.0.0",
        ];

        for (int i = 0; i < ordered.Length; i++)
        {
            for (int j = 0; j < ordered.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(SemanticVersion.Compare(ordered[i], ordered[j])));
            }
        }
    }

    [Theory]
    [InlineData("1.0.0+a", "1.0.0+b")]
    [InlineData("1.0.0-rc.1", "1.0.0-rc.1+2024-01-01")]
    public void What_was_built_has_no_order(string left, string right) => Assert.Equal(0, SemanticVersion.Compare(left, right));

    [Fact]
    public void Every_text_of_the_grammar_is_a_version_and_has_its_place()
    {
        Gen<string> number = Gen.Int[0, 100].Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Gen<string> word = Gen.Char["0123456789abcXYZ-"].Array[1, 4].Select(c => new string(c));
        Gen<string> identifier = word.Where(text => text.Length == 1 || text[0] != '0' || text.Any(c => c is < '0' or > '9'));
        Gen<string> version = Gen.Select(
            number.Array[3], identifier.Array[0, 3], word.Array[0, 3], (numbers, prerelease, build) =>
                string.Join(".", numbers)
                + (prerelease.Length > 0 ? "-" + string.Join(".", prerelease) : string.Empty)
                + (build.Length > 0 ? "+" + string.Join(".", build) : string.Empty));

        Gen.Select(version, version, version).Sample((a, b, c) =>
        {
            Assert.True(SemanticVersion.IsValid(a), a);
            Assert.Equal(Math.Sign(SemanticVersion.Compare(a, b)), -Math.Sign(SemanticVersion.Compare(b, a)));
            if (SemanticVersion.Compare(a, b) <= 0 && SemanticVersion.Compare(b, c) <= 0)
            {
                Assert.True(SemanticVersion.Compare(a, c) <= 0, $"{a} {b} {c}");
            }
        });
    }
}
