using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace LlamaGate.Tests;

/// <summary><c>llamagate dsc</c>, called as Microsoft DSC calls a resource.</summary>
public sealed class DscTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void An_item_is_installed_disabled_updated_and_removed()
    {
        string first = sandbox.ExtensionZip("first.zip", "alpha");
        string second = sandbox.ExtensionZip("second.zip", "alpha", "1.1.0");

        Assert.Equal("{\"id\":\"alpha\",\"type\":\"extension\",\"_exist\":false}\n", Dsc("get", new { id = "alpha", type = "extension" }));
        Assert.Equal(
            "{\"id\":\"alpha\",\"type\":\"extension\",\"_exist\":true,\"enabled\":false,\"version\":\"1.0.0\",\"intact\":true}\n"
            + "[\"_exist\",\"enabled\",\"version\",\"intact\"]\n",
            Dsc("set", new { id = "alpha", type = "extension", enabled = false, source = first, sha256 = Sha256(first) }));
        Assert.Equal(
            "{\"id\":\"alpha\",\"type\":\"extension\",\"_exist\":true,\"enabled\":true,\"version\":\"1.1.0\",\"intact\":true}\n[\"enabled\",\"version\"]\n",
            Dsc("set", new { id = "alpha", type = "extension", enabled = true, version = "[1.1,2.0)", source = second }));
        Assert.Equal(string.Empty, Dsc("delete", new { id = "alpha", type = "extension" }));
        Assert.Equal(string.Empty, Dsc("delete", new { id = "alpha", type = "extension" }));
        Assert.Equal("{\"id\":\"alpha\",\"type\":\"extension\",\"_exist\":false}\n", Dsc("get", new { id = "alpha", type = "extension" }));
    }

    [Fact]
    public void Standard_input_and_output_are_of_UTF8_whatever_the_code_page()
    {
        sandbox.Environment["LC_ALL"] = "en_US.ISO-8859-1";
        string package = sandbox.ExtensionZip("gru\u00df.zip", "alpha");

        string home = sandbox.Home + "-gru\u00df";
        string instance = $$"""{"id":"alpha","type":"extension","home":"{{home}}","source":"{{package}}"}""".Replace(@"\", @"\\", StringComparison.Ordinal);

        CommandResult result = sandbox.Run(Encoding.UTF8.GetBytes(instance), ["dsc", "set"]);

        Assert.Equal((0, string.Empty), (result.ExitCode, string.Concat(Errors(result))));
        Assert.Equal(home, (string?)JsonNode.Parse(result.Output.Split('\n')[0])!["home"]);
        Assert.True(Directory.Exists(home));
        CommandResult other = sandbox.Run([.. "{\"id\":\""u8, 0xDF, .. "\"}"u8], ["dsc", "get"]);
        Assert.Equal((1, string.Empty), (other.ExitCode, other.Output));
        Assert.StartsWith("InstanceInvalid: The instance on standard input is not valid UTF-8.", Errors(other)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_that_changes_nothing_writes_nothing()
    {
        string package = sandbox.ExtensionZip("alpha.zip", "alpha");
        var wanted = new { id = "alpha", type = "extension", enabled = true, version = "1.0.0", source = package };
        Dsc("set", wanted);
        string before = sandbox.Snapshot();

        string output = Dsc("set", wanted);

        Assert.EndsWith("\n[]\n", output, StringComparison.Ordinal);
        Assert.Equal(before, sandbox.Snapshot());
    }

    [Fact]
    public void A_set_that_is_satisfied_needs_no_package_and_leaves_the_files_as_they_are()
    {
        string package = sandbox.ExtensionZip("alpha.zip", "alpha");
        Dsc("set", new { id = "alpha", type = "extension", version = "1.0.0", source = package });
        File.AppendAllText(Path.Combine(sandbox.Home, "extensions", "installed", "alpha", "extension.yaml"), "# mine\n");
        string before = sandbox.Snapshot();

        Assert.EndsWith("\n[]\n", Dsc("set", new { id = "alpha", type = "extension", version = "1.0.0", source = package }), StringComparison.Ordinal);
        Assert.EndsWith("\n[]\n", Dsc("set", new { id = "alpha", type = "extension", version = "1.0.0" }), StringComparison.Ordinal);
        Assert.Equal(before, sandbox.Snapshot());
    }

    [Fact]
    public void What_if_and_test_write_nothing()
    {
        string package = sandbox.ExtensionZip("alpha.zip", "alpha");
        string empty = sandbox.Snapshot();
        var wanted = new { id = "alpha", type = "extension", enabled = true, source = package };

        Assert.Equal(
            "{\"id\":\"alpha\",\"type\":\"extension\",\"_exist\":true,\"enabled\":true,\"version\":\"1.0.0\"}\n[\"_exist\",\"enabled\",\"version\"]\n",
            Dsc("set", wanted, "--dry-run"));
        Assert.Equal("{\"id\":\"alpha\",\"type\":\"extension\",\"_exist\":false}\n[\"_exist\"]\n", Dsc("test", wanted));
        Assert.Equal(empty, sandbox.Snapshot());

        Dsc("set", wanted);
        string installed = sandbox.Snapshot();
        Assert.EndsWith("\n[\"_exist\",\"enabled\",\"version\",\"intact\"]\n", Dsc("set", new { id = "alpha", type = "extension", _exist = false }, "--dry-run"), StringComparison.Ordinal);
        Dsc("delete", new { id = "alpha", type = "extension" }, "--dry-run");
        Assert.Equal(installed, sandbox.Snapshot());
    }

    [Theory]
    [InlineData("1.0.0", "[]")]
    [InlineData("[1.0,2.0)", "[]")]
    [InlineData("1.*", "[]")]
    [InlineData("1.0.1", "[\"version\"]")]
    [InlineData("[2.0,3.0)", "[\"version\"]")]
    public void A_version_is_exact_or_a_range(string version, string differs)
    {
        sandbox.Done("import", sandbox.ExtensionZip("alpha.zip", "alpha"), "--no-refresh");

        Assert.Equal(differs, Dsc("test", new { id = "alpha", type = "extension", version }).Split('\n')[1]);
    }

    [Fact]
    public void A_changed_file_shows_as_not_intact_and_lost_files_are_installed_again()
    {
        string package = sandbox.ExtensionZip("alpha.zip", "alpha");
        var wanted = new { id = "alpha", type = "extension", source = package };
        Dsc("set", wanted);
        string folder = Path.Combine(sandbox.Home, "extensions", "installed", "alpha");
        File.AppendAllText(Path.Combine(folder, "extension.yaml"), "# changed\n");
        Assert.Contains("\"intact\":false", Dsc("get", wanted), StringComparison.Ordinal);

        Directory.Delete(folder, recursive: true);

        Assert.EndsWith("\n[\"_exist\"]\n", Dsc("test", wanted), StringComparison.Ordinal);
        Assert.Contains("\"intact\":true", Dsc("set", wanted), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repository_gives_the_package_that_the_instance_names()
    {
        string feed = Path.Combine(sandbox.Folder, "feed");
        sandbox.Done("publish", sandbox.ExtensionZip("one.zip", "alpha"), "--repository", feed);
        sandbox.Done("publish", sandbox.ExtensionZip("two.zip", "alpha", "2.0.0"), "--repository", feed);
        var wanted = new { id = "alpha", type = "extension", version = "[1.0,2.0)", source = new { repository = feed, name = "alpha" } };

        Assert.Contains("\"version\":\"1.0.0\"", Dsc("set", wanted, "--dry-run"), StringComparison.Ordinal);
        string set = Dsc("set", wanted);

        using var state = JsonDocument.Parse(set.Split('\n')[0]);
        Assert.Equal("1.0.0", state.RootElement.GetProperty("version").GetString());
        Assert.Equal(feed, state.RootElement.GetProperty("source").GetProperty("repository").GetString());
        Fails("ChecksumMismatch", new { id = "alpha", type = "extension", version = "2.0.0", source = new { repository = feed, name = "alpha" }, sha256 = new string('0', 64) });
        Fails("PackageInvalid", new { id = "beta", type = "extension", source = new { repository = feed, name = "alpha" } });
        Assert.Equal("alpha\n", sandbox.Done("list", "--quiet"));
    }

    [Fact]
    public void An_export_applied_to_an_empty_home_makes_it_equal()
    {
        string feed = Path.Combine(sandbox.Folder, "feed");
        sandbox.Done("repo", "add", "team", feed);
        sandbox.Done("publish", sandbox.ExtensionZip("feed.zip", "from-feed"), "--repository", "team");
        sandbox.Done("install", "from-feed", "--no-refresh");
        sandbox.Done("import", sandbox.ExtensionZip("file.zip", "from-file"), "--disabled", "--no-refresh");
        Assert.Equal(0, sandbox.Run("import", sandbox.ModuleZip("module.zip", "from-file"), "--no-refresh").ExitCode); // With a warning: one id, two types.

        foreach (string[] options in new string[][] { [], ["--packages", "packages"] })
        {
            string other = Path.Combine(sandbox.Folder, "other" + options.Length);
            CommandResult export = sandbox.Run(["dsc", "export", .. options]);
            Assert.Empty(Errors(export));
            string[] instances = export.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(3, instances.Length);
            foreach (string instance in instances)
            {
                Assert.Equal(0, sandbox.Run(Encoding.UTF8.GetBytes(instance), ["dsc", "set", "--home", other]).ExitCode);
            }

            Assert.Equal(Content(sandbox.Home), Content(other));
            foreach (string instance in instances)
            {
                CommandResult test = sandbox.Run(Encoding.UTF8.GetBytes(instance), ["dsc", "test", "--home", other]);
                Assert.EndsWith("\n[]\n", test.Output, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_instance_names_the_home_before_the_command_does()
    {
        string home = Path.Combine(sandbox.Folder, "named");
        var wanted = new { id = "alpha", type = "extension", home, source = sandbox.ExtensionZip("alpha.zip", "alpha") };

        using var state = JsonDocument.Parse(Dsc("set", wanted).Split('\n')[0]);

        Assert.Equal(home, state.RootElement.GetProperty("home").GetString());
        Assert.Equal("alpha\n", sandbox.Done("list", "--quiet", "--home", home));
        Assert.False(Directory.Exists(sandbox.Home));
        string export = sandbox.Done("dsc", "export", "--input", JsonSerializer.Serialize(new { id = "alpha", type = "extension", home }));
        Assert.Contains("\"home\":", export, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"alpha\"}")]
    [InlineData("{\"type\":\"extension\"}")]
    [InlineData("{\"id\":\"a/b\",\"type\":\"extension\"}")]
    [InlineData("{\"id\":\"alpha\",\"type\":\"plugin\"}")]
    [InlineData("{\"id\":\"alpha\",\"type\":\"extension\",\"enabled\":\"yes\"}")]
    [InlineData("{\"id\":\"alpha\",\"type\":\"extension\",\"version\":\"newest\"}")]
    [InlineData("{\"id\":\"alpha\",\"type\":\"extension\",\"source\":\"alpha.zip\"}")]
    [InlineData("{\"id\":\"alpha\",\"type\":\"extension\",\"source\":{\"repository\":\"team\"}}")]
    [InlineData("{\"id\":\"alpha\",\"type\":\"extension\",\"home\":\"relative\"}")]
    [InlineData("{\"id\":\"alpha\",\"type\":\"extension\",\"colour\":\"red\"}")]
    public void An_instance_that_cannot_be_read_is_an_error_trace_and_changes_nothing(string instance)
    {
        CommandResult result = sandbox.Run(Encoding.UTF8.GetBytes(instance), ["dsc", "set"]);

        Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
        Assert.StartsWith("InstanceInvalid: ", Errors(result).Single(), StringComparison.Ordinal);
        Assert.Equal(string.Empty, sandbox.Snapshot());
    }

    [Fact]
    public void A_package_that_is_not_the_one_that_is_wanted_is_not_installed()
    {
        string package = sandbox.ExtensionZip("alpha.zip", "alpha");

        Fails("PackageNotFound", new { id = "alpha", type = "extension" });
        Fails("PackageNotFound", new { id = "alpha", type = "extension", source = package + ".missing" });
        Fails("PackageInvalid", new { id = "beta", type = "extension", source = package });
        Fails("PackageInvalid", new { id = "alpha", type = "extension", version = "2.0.0", source = package });
        Fails("PackageTypeMismatch", new { id = "alpha", type = "agentic-module", source = package });
        Fails("ChecksumMismatch", new { id = "alpha", type = "extension", source = package, sha256 = new string('0', 64) });
        Assert.Equal(string.Empty, sandbox.Done("list", "--quiet"));
    }

    private string Dsc(string operation, object instance, params string[] options)
    {
        CommandResult result = sandbox.Run(JsonSerializer.SerializeToUtf8Bytes(instance), ["dsc", operation, .. options]);
        Assert.Empty(Errors(result));
        Assert.Equal(0, result.ExitCode);
        return result.Output;
    }

    private void Fails(string id, object instance)
    {
        CommandResult result = sandbox.Run(JsonSerializer.SerializeToUtf8Bytes(instance), ["dsc", "set"]);
        Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
        Assert.StartsWith(id + ": ", Errors(result)[0], StringComparison.Ordinal);
    }

    /// <summary>Every line on standard error is a trace: an object with one level and its message.</summary>
    private static List<string> Errors(CommandResult result)
    {
        var errors = new List<string>();
        foreach (string line in result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var trace = JsonDocument.Parse(line);
            JsonProperty message = trace.RootElement.EnumerateObject().Single();
            Assert.Contains(message.Name, new[] { "error", "warn", "info", "debug" });
            if (message.NameEquals("error"))
            {
                errors.Add(message.Value.GetString()!);
            }
        }

        return errors;
    }

    /// <summary>What a gateway sees of a home: every item with its state, and the files.</summary>
    private string Content(string home)
    {
        using var list = JsonDocument.Parse(sandbox.Done("list", "--json", "--home", home));
        IEnumerable<string> items = list.RootElement.GetProperty("items").EnumerateArray()
            .Select(item => $"{item.GetProperty("type")} {item.GetProperty("id")} {item.GetProperty("version")} {item.GetProperty("enabled")}");
        IEnumerable<string> files = new[] { "extensions", "agentic-modules" }
            .Select(kind => Path.Combine(home, kind, "installed"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(home, file) + " " + Sha256(file))
            .Order(StringComparer.Ordinal);
        return string.Join('\n', items.Concat(files));
    }

    private static string Sha256(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}
