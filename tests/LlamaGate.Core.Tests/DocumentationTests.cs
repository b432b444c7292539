using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace LlamaGate.Tests;

public sealed partial class DocumentationTests
{
    [Theory]
    [InlineData("specification.md", 50)]
    [InlineData("reliability.md", 20)]
    [InlineData("gateway.md", 40)]
    public void Every_test_that_a_page_names_is_there(string page, int least)
    {
        string root = Repository.Root;
        var methods = new HashSet<string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            methods.Add(name);
            methods.UnionWith(Method().Matches(File.ReadAllText(file)).Select(match => $"{name}.{match.Groups["name"].Value}"));
        }

        string[] named = [.. NamedTest().Matches(File.ReadAllText(Path.Combine(root, "docs", page))).Select(match => match.Groups["name"].Value)];

        Assert.True(named.Length >= least, $"It names {named.Length} tests.");
        Assert.Equal([], named.Where(name => !methods.Contains(name)).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void No_cell_of_the_specification_table_is_empty() => Assert.DoesNotMatch(
        @"\|[ \t]*\|", File.ReadAllText(Path.Combine(Repository.Root, "docs", "specification.md")));

    [GeneratedRegex(@"public (async Task|void) (?<name>\w+)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Method();

    [GeneratedRegex(@"`((PS|CLI|Core|Feeds) )?(?<name>\w+Tests(\.\w+)?)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NamedTest();
}
