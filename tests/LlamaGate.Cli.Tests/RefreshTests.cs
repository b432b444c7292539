using System;
using System.Globalization;
using System.Text.Json;
using LlamaGate.Tests.Gateway;
using Xunit;

namespace LlamaGate.Tests;

public sealed class RefreshTests : IDisposable
{
    private const string Key = "s3cret-key";
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData(200, 0, "Refreshed")]
    [InlineData(206, 0, "PartlyRefreshed")]
    [InlineData(401, 1, "Rejected")]
    [InlineData(500, 1, "Rejected")]
    public void The_exit_code_tells_whether_the_gateway_did_it(int statusCode, int exitCode, string status)
    {
        using var gateway = LoopbackServer.Answering(statusCode);
        At(gateway);

        CommandResult text = sandbox.Run("refresh", "--api-key", Key);
        CommandResult json = sandbox.Run("refresh", "--json");

        Assert.Equal((exitCode, exitCode), (text.ExitCode, json.ExitCode));
        string prefix = exitCode == 0 ? string.Empty : "error RefreshFailed: ";
        Assert.StartsWith(prefix + "The gateway at ", text.Output + text.Error, StringComparison.Ordinal);
        JsonElement refresh = json.Json.GetProperty("refresh");
        Assert.Equal((status, statusCode), (refresh.GetProperty("status").GetString(), refresh.GetProperty("statusCode").GetInt32()));
        Assert.Contains("\nX-API-Key: " + Key + "\n", gateway.Requests[0], StringComparison.Ordinal);
        Assert.DoesNotContain(Key, text.Output + text.Error + json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void No_gateway_is_a_failure_when_it_was_asked_for()
    {
        CommandResult result = sandbox.Run("refresh");

        Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
        Assert.StartsWith("error RefreshFailed: No gateway is running at http://localhost:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_can_be_given()
    {
        using var gateway = LoopbackServer.Answering(200);

        sandbox.Done("refresh", "--uri", $"http://127.0.0.1:{gateway.Port}/");

        Assert.Single(gateway.Requests);
    }

    [Fact]
    public void A_proxy_of_the_environment_is_not_used()
    {
        using var gateway = LoopbackServer.Answering(200);
        using var proxy = LoopbackServer.Answering(200);
        foreach (string name in new[] { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" })
        {
            sandbox.Environment[name] = $"http://127.0.0.1:{proxy.Port}";
        }

        At(gateway);
        sandbox.Done("refresh");
        sandbox.Done("refresh", "--uri", $"http://127.0.0.1:{gateway.Port}");

        Assert.Equal(2, gateway.Requests.Count);
        Assert.Empty(proxy.Requests);
    }

    [Theory]
    [InlineData("enable", "disable")]
    [InlineData("disable", "enable")]
    [InlineData("remove", null)]
    public void A_change_of_state_asks_for_it_when_it_is_told_to(string command, string? before)
    {
        sandbox.ExtensionZip("a.zip", "a");
        sandbox.Done("import", "a.zip");
        if (before is not null)
        {
            sandbox.Done(before, "a");
        }

        using var gateway = LoopbackServer.Answering(200);
        At(gateway);
        sandbox.Done(command, "a", "--dry-run", "--refresh");
        Assert.Empty(gateway.Requests);
        sandbox.Done(command, "a", "--refresh");

        Assert.Single(gateway.Requests);
    }

    [Fact]
    public void A_change_of_state_does_not_ask_for_it_by_itself()
    {
        sandbox.ExtensionZip("a.zip", "a");
        sandbox.Done("import", "a.zip");
        using var gateway = LoopbackServer.Answering(200);
        At(gateway);

        sandbox.Done("disable", "a");
        sandbox.Done("remove", "a");

        Assert.Empty(gateway.Requests);
    }

    [Fact]
    public void An_import_into_a_home_that_is_not_the_gateways_asks_for_it_only_when_it_is_told_to()
    {
        sandbox.ExtensionZip("a.zip", "a");
        using var gateway = LoopbackServer.Answering(200);
        At(gateway);

        sandbox.Done("import", "a.zip", "--home", "other");
        sandbox.Done("import", "a.zip", "--home", "other", "--force", "--refresh", "--no-refresh");
        Assert.Empty(gateway.Requests);
        sandbox.Done("import", "a.zip", "--home", "other", "--force", "--refresh");
        Assert.Single(gateway.Requests);
        sandbox.Done("import", "a.zip");
        Assert.Equal(2, gateway.Requests.Count);
    }

    [Fact]
    public void A_restore_asks_for_it_and_in_another_home_only_when_it_is_told_to()
    {
        sandbox.ExtensionZip("a1.zip", "a");
        sandbox.ExtensionZip("a2.zip", "a", "2.0.0");
        foreach (string home in new[] { sandbox.Home, "other" })
        {
            sandbox.Done("import", "a1.zip", "--home", home, "--no-refresh");
            sandbox.Done("import", "a2.zip", "--home", home, "--no-refresh");
        }

        using var gateway = LoopbackServer.Answering(200);
        At(gateway);

        sandbox.Done("restore", "a", "--home", "other");
        sandbox.Done("restore", "a", "--no-refresh");
        Assert.Empty(gateway.Requests);
        sandbox.Done("restore", "a", "--home", "other", "--refresh");
        Assert.Single(gateway.Requests);
        sandbox.Done("restore", "a");
        Assert.Equal(2, gateway.Requests.Count);
    }

    private void At(LoopbackServer gateway) => sandbox.Environment["PORT"] = gateway.Port.ToString(CultureInfo.InvariantCulture);
}
