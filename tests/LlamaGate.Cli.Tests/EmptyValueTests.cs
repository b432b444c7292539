using System;
using System.IO;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Values that scripts leave empty, and paths that no shell has expanded.</summary>
public sealed class EmptyValueTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("--home", "list", "--home=", "--verbose")]
    [InlineData("--home", "list", "--home:")]
    [InlineData("--home", "--home=", "list")]
    [InlineData("--home", "list", "--home", "")]
    [InlineData("--out", "export", "one", "--out=", "--force")]
    [InlineData("--out", "export", "one", "--out", "")]
    [InlineData("-o", "export", "one", "-o=", "--force")]
    [InlineData("--lock-timeout", "list", "--lock-timeout=", "--quiet")]
    [InlineData("--legacy", "startup", "--legacy", "")]
    public void An_option_with_an_empty_value_is_wrong_usage(string option, params string[] args)
    {
        CommandResult result = sandbox.Run(args);

        Assert.Equal((2, string.Empty), (result.ExitCode, result.Output));
        Assert.Contains($"{option} needs a value that is not empty.", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(sandbox.Folder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(sandbox.Profile));
    }

    [Fact]
    public void After_a_double_dash_nothing_is_an_option()
    {
        sandbox.ExtensionZip("-x=", "one");

        sandbox.Done("import", "--", "-x=");

        Assert.Equal("one\n", sandbox.Done("list", "-q"));
    }

    [Theory]
    [InlineData("~/x", "x")]
    [InlineData("~", "")]
    public void A_tilde_at_the_start_of_the_home_is_the_profile(string home, string folder)
    {
        string zip = sandbox.ExtensionZip("one.zip", "one");
        string installed = Path.Combine(sandbox.Profile, folder, "extensions", "installed", "one");

        sandbox.Done("import", zip, "--home=" + home);
        Assert.True(Directory.Exists(installed));

        sandbox.Environment["LLAMAGATE_HOME"] = home;
        Assert.Equal("one\n", sandbox.Done("list", "-q"));
        Assert.False(Directory.Exists(Path.Combine(sandbox.Folder, "~")));
    }

    [Fact]
    public void A_name_that_only_begins_with_a_tilde_is_a_name()
    {
        sandbox.Done("import", sandbox.ExtensionZip("one.zip", "one"), "--home=~x");

        Assert.True(Directory.Exists(Path.Combine(sandbox.Folder, "~x", "extensions")));
    }
}
