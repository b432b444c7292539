using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Scripts test for the ids of errors: the pages name every one.</summary>
public sealed class ErrorIdDocumentationTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/cli.md")]
    public void Every_id_of_an_error_is_named(string page)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, page));

        string[] ids = [.. typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!)];

        Assert.Equal([], ids.Where(id => !text.Contains($"`{id}`", StringComparison.Ordinal)));
    }
}
