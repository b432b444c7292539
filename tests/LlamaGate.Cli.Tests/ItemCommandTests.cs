using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace LlamaGate.Tests;

/// <summary><c>remove</c>, <c>enable</c>, <c>disable</c> and what they and <c>export</c> have in common.</summary>
public sealed class ItemCommandTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public ItemCommandTests()
    {
        sandbox.ExtensionZip("test-a.zip", "test-a");
        sandbox.ExtensionZip("test-b.zip", "test-b");
        sandbox.ExtensionZip("both.zip", "both");
        sandbox.ModuleZip("module.zip", "both");
        Assert.Equal(0, sandbox.Run("import", "test-a.zip", "test-b.zip", "both.zip", "module.zip").ExitCode);
    }

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void Several_ids_go_in_one_call_each_once_and_one_that_is_not_there_stops_none()
    {
        CommandResult result = sandbox.Run("remove", "extension", "test-b", "nope", "test-b", "test-a");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("Removed extension test-b (v1.0.0)\nRemoved extension test-a (v1.0.0)\n", result.Output);
        Assert.StartsWith("error ItemNotFound: item not found: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Split('\n').Count(line => line.StartsWith("error ", StringComparison.Ordinal)));
        Assert.Equal("both\nboth\n", sandbox.Done("list", "-q"));
        Assert.False(Directory.Exists(Path.Combine(sandbox.Home, "extensions", "installed", "test-a")));
    }

    [Fact]
    public void A_wildcard_means_what_it_matches_and_may_match_nothing()
    {
        Assert.Equal("Disabled extension test-a (v1.0.0)\nDisabled extension test-b (v1.0.0)\n", sandbox.Done("disable", "ext", "TEST-?"));
        Assert.Equal(string.Empty, sandbox.Done("disable", "ext", "none*"));
    }

    [Fact]
    public void The_id_alone_will_do_unless_it_is_in_both_kinds()
    {
        Assert.Equal("Removed extension test-a (v1.0.0)\n", sandbox.Done("remove", "test-a"));

        CommandResult result = sandbox.Run("remove", "both");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error AmbiguousId: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("Removed agentic module both (v1.0.0)\n", sandbox.Done("remove", "am", "both"));
    }

    [Fact]
    public void A_state_that_is_there_already_is_no_change()
    {
        string before = sandbox.Snapshot();

        Assert.Equal("Already enabled: extension test-a (v1.0.0)\n", sandbox.Done("enable", "test-a"));
        Assert.Equal(before, sandbox.Snapshot());

        sandbox.Done("disable", "test-a");
        JsonElement item = Assert.Single(sandbox.Run("disable", "test-a", "--json").Json.GetProperty("items").EnumerateArray());
        Assert.Equal(("Unchanged", false), (item.GetProperty("status").GetString(), item.GetProperty("enabled").GetBoolean()));
    }

    [Fact]
    public void A_dry_run_tells_and_changes_nothing()
    {
        string before = sandbox.Snapshot();

        Assert.Equal("Would remove extension test-a (v1.0.0)\n", sandbox.Done("remove", "test-a", "--dry-run"));
        Assert.Equal("Would be disabled: extension test-a (v1.0.0)\n", sandbox.Done("disable", "test-a", "-n"));
        Assert.Equal("Already enabled: extension test-a (v1.0.0)\n", sandbox.Done("enable", "test-a", "--dry-run"));
        Assert.Equal(before, sandbox.Snapshot());
    }

    [Fact]
    public void Json_has_what_was_done_and_what_failed_in_one_document()
    {
        CommandResult result = sandbox.Run("remove", "ext", "test-a", "nope", "--json");

        Assert.Equal((1, string.Empty), (result.ExitCode, result.Error));
        JsonElement item = Assert.Single(result.Json.GetProperty("items").EnumerateArray());
        Assert.Equal(("test-a", "Removed"), (item.GetProperty("id").GetString(), item.GetProperty("status").GetString()));
        JsonElement error = Assert.Single(result.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal(("ItemNotFound", "nope"), (error.GetProperty("id").GetString(), error.GetProperty("target").GetString()));
        Assert.Equal(
            "id message target problems", string.Join(' ', error.EnumerateObject().Select(property => property.Name)));
    }

    [Fact]
    public void The_next_start_is_what_a_switch_waits_for()
    {
        CommandResult result = sandbox.Run("disable", "test-a", "--verbose");

        Assert.Contains("next start or refresh", result.Error, StringComparison.Ordinal);
    }
}
