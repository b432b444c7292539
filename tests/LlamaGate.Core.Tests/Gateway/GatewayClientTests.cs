using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LlamaGate.Gateway;
using Xunit;

namespace LlamaGate.Tests.Gateway;

// Longer than 300 lines because one call is tested here with all its settings and answers, by one server and one folder.

public sealed class GatewayClientTests : IDisposable
{
    private const string Key = "s3cret-key";
    private readonly string folder = Directory.CreateTempSubdirectory("llamagate-").FullName;
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(200, "Refreshed", false)]
    [InlineData(206, "PartlyRefreshed", false)]
    [InlineData(202, "Rejected", true)]
    [InlineData(401, "Rejected", true)]
    [InlineData(403, "Rejected", true)]
    [InlineData(404, "Rejected", true)]
    [InlineData(500, "Rejected", true)]
    public void The_status_tells_what_the_gateway_answered(int statusCode, string status, bool isWarning)
    {
        using var server = LoopbackServer.Answering(statusCode);

        GatewayRefreshResult result = RefreshAt(server);

        Assert.Equal(status, result.Status);
        Assert.Equal(statusCode, result.StatusCode);
        Assert.Equal(isWarning, result.IsWarning);
        Assert.Equal($"http://localhost:{server.Port}/v1/extensions/refresh", result.Uri);
    }

    [Fact]
    public void A_gateway_without_extensions_is_told_as_such()
    {
        using var server = LoopbackServer.Answering(404);

        string message = RefreshAt(server).Message;

        Assert.Contains("has no extension system", message, StringComparison.Ordinal);
        Assert.DoesNotContain("next refresh", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("API_KEY=s3cret-key\n", true)]
    [InlineData("API_KEY: s3cret-key\nLLAMAGATE_API_KEY=\n", true)]
    [InlineData("API_KEY=other\nLLAMAGATE_API_KEY='s3cret-key'\n", true)]
    [InlineData("API_KEY=s3cret-key\nno-name=1\n", false)]
    public void The_key_of_the_gateway_itself_counts_when_there_is_no_other(string dotEnv, bool isSent)
    {
        using var server = LoopbackServer.Answering(200);
        File.WriteAllText(Path.Combine(folder, ".env"), dotEnv);

        RefreshAt(server);

        Assert.Equal(isSent, Assert.Single(server.Requests).Contains("X-API-Key: " + Key, StringComparison.Ordinal));
    }

    [Fact]
    public void The_key_of_the_gateway_itself_is_not_taken_from_the_environment()
    {
        using var server = LoopbackServer.Answering(200);
        environment["API_KEY"] = Key; // Of any program.

        RefreshAt(server);

        Assert.DoesNotContain("X-API-Key", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_says_nothing_is_told_when_the_gateway_is_not_there()
    {
        File.WriteAllText(Path.Combine(folder, ".env"), "PORT\n");

        Assert.Contains(
            "line 1 has the end of the line",
            GatewayClient.Refresh(new Uri("http://localhost:1"), null, Settings(), TestContext.Current.CancellationToken).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_call_is_an_empty_post_with_the_key_to_localhost()
    {
        using var server = LoopbackServer.Answering(200);
        environment["LLAMAGATE_API_KEY"] = Key;

        RefreshAt(server);

        string[] lines = Assert.Single(server.Requests).TrimEnd().Split('\n');
        Assert.Equal("POST /v1/extensions/refresh HTTP/1.1", lines[0]);
        Assert.Contains($"Host: localhost:{server.Port}", lines, StringComparer.Ordinal);
        Assert.Contains("X-API-Key: " + Key, lines, StringComparer.Ordinal);
        Assert.Contains("Content-Length: 0", lines, StringComparer.Ordinal);
    }

    [Fact]
    public void Without_a_key_there_is_no_header_for_it()
    {
        using var server = LoopbackServer.Answering(200);

        RefreshAt(server);

        Assert.DoesNotContain("X-API-Key", Assert.Single(server.Requests), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Nobody_there_is_normal()
    {
        using var closed = LoopbackServer.Closed();

        GatewayRefreshResult local = RefreshAt(closed);
        GatewayRefreshResult named = Refresh(new Uri($"http://127.0.0.1:{closed.Port}"));

        Assert.Equal((GatewayRefreshResult.NotRunning, 0, false), (local.Status, local.StatusCode, local.IsWarning));
        Assert.Equal((GatewayRefreshResult.NotRunning, 0, false), (named.Status, named.StatusCode, named.IsWarning));
    }

    [Fact]
    public void A_server_at_either_address_of_localhost_is_found()
    {
        foreach (IPAddress address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            using var server = LoopbackServer.Answering(200, address: address);

            Assert.Equal(GatewayRefreshResult.Refreshed, RefreshAt(server).Status);
            Assert.Contains($"\nHost: localhost:{server.Port}\n", Assert.Single(server.Requests), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_redirect_is_not_followed()
    {
        using var elsewhere = LoopbackServer.Answering(200);
        using var server = LoopbackServer.Answering(307, $"Location: http://localhost:{elsewhere.Port}/v1/extensions/refresh\r\n");

        GatewayRefreshResult result = RefreshAt(server);

        Assert.Equal((GatewayRefreshResult.Rejected, 307), (result.Status, result.StatusCode));
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public void A_call_may_take_five_seconds() => Assert.Equal(TimeSpan.FromSeconds(5), new GatewaySettings(_ => null, folder).Limit);

    [Fact]
    public void A_server_that_never_answers_or_trickles_is_left_after_the_limit()
    {
        using var silent = LoopbackServer.Doing((_, token) => Task.Delay(Timeout.Infinite, token));
        using var trickling = LoopbackServer.Doing(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), token);
            while (true)
            {
                await stream.WriteAsync("X-Slow: 1\r\n"u8.ToArray(), token);
                await Task.Delay(100, token);
            }
        });

        Assert.All([silent, trickling], AssertFailsAfterLimit);
    }

    [Fact]
    public void The_body_of_the_answer_is_not_waited_for()
    {
        using var server = LoopbackServer.Doing(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"u8.ToArray(), token);
            await Task.Delay(Timeout.Infinite, token);
        });

        Assert.Equal(GatewayRefreshResult.Refreshed, RefreshAt(server).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    public void A_server_that_speaks_no_http_is_a_failure(string greeting)
    {
        using var server = LoopbackServer.Doing(
            async (stream, token) => await stream.WriteAsync(Encoding.ASCII.GetBytes(greeting), token));

        GatewayRefreshResult result = RefreshAt(server);

        Assert.Equal((GatewayRefreshResult.Failed, 0, true), (result.Status, result.StatusCode, result.IsWarning));
    }

    [Fact]
    public void Cancellation_ends_the_call_at_once()
    {
        using var stop = new CancellationTokenSource();
        using var server = LoopbackServer.Doing((_, token) =>
        {
            stop.Cancel();
            return Task.Delay(Timeout.Infinite, token);
        });
        environment["PORT"] = Text(server.Port);

        Assert.ThrowsAny<OperationCanceledException>(() => GatewayClient.Refresh(null, null, Settings(), stop.Token));
    }

    [Fact]
    public void The_env_file_of_the_folder_names_port_and_key()
    {
        using var server = LoopbackServer.Answering(200);
        string content = $"# gateway\r\nexport PORT=\"{server.Port}\"\r\nLLAMAGATE_API_KEY='{Key}'\r\n";
        File.WriteAllText(Path.Combine(folder, ".env"), content);

        Assert.Equal(GatewayRefreshResult.Refreshed, Refresh().Status);
        Assert.Contains("X-API-Key: " + Key + "\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_goes_before_the_env_file()
    {
        using var server = LoopbackServer.Answering(200);
        using var other = LoopbackServer.Answering(200);
        File.WriteAllText(Path.Combine(folder, ".env"), $"PORT={other.Port}\nLLAMAGATE_API_KEY=other\n");
        environment["LLAMAGATE_API_KEY"] = Key;

        RefreshAt(server);

        Assert.Contains("X-API-Key: " + Key + "\n", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public void A_blank_variable_is_as_good_as_none()
    {
        using var server = LoopbackServer.Answering(200);
        File.WriteAllText(Path.Combine(folder, ".env"), $"PORT={server.Port}\n");
        environment["PORT"] = " ";

        Assert.Equal(GatewayRefreshResult.Refreshed, Refresh().Status);
    }

    [Fact]
    public void Address_and_key_that_are_given_go_before_everything()
    {
        using var server = LoopbackServer.Answering(200);
        using var other = LoopbackServer.Answering(200);
        environment["PORT"] = Text(other.Port);
        environment["LLAMAGATE_API_KEY"] = "other";

        Refresh(new Uri($"http://127.0.0.1:{server.Port}"), Key);

        Assert.Contains("X-API-Key: " + Key + "\n", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData("", "/v1/extensions/refresh")]
    [InlineData("/", "/v1/extensions/refresh")]
    [InlineData("/llama/", "/llama/v1/extensions/refresh")]
    [InlineData("/v1/extensions/refresh", "/v1/extensions/refresh")]
    [InlineData("/llama/v1/extensions/refresh/?a=b#c", "/llama/v1/extensions/refresh")]
    public void The_address_may_have_a_path(string path, string expected)
    {
        using var server = LoopbackServer.Answering(200);

        GatewayRefreshResult result = Refresh(new Uri($"http://user:{Key}@localhost:{server.Port}{path}"));

        Assert.StartsWith($"POST {expected} HTTP/1.1\n", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.Equal($"http://localhost:{server.Port}{expected}", result.Uri);
    }

    [Theory]
    [InlineData("ftp://localhost")]
    [InlineData("localhost:11435")]
    [InlineData("/v1")]
    public void An_address_of_another_kind_is_refused(string uri) =>
        Assert.Throws<ArgumentException>(() => Refresh(new Uri(uri, UriKind.RelativeOrAbsolute)));

    [Theory]
    [InlineData("llama")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("65536")]
    [InlineData("1 1435")]
    [InlineData("11,435")]
    public void A_port_that_is_none_is_a_warning_and_nothing_is_called(string port)
    {
        environment["PORT"] = port;

        GatewayRefreshResult result = Refresh();

        Assert.Equal((GatewayRefreshResult.Failed, true, string.Empty), (result.Status, result.IsWarning, result.Uri));
        Assert.Contains($" is '{port}', which is not a port. ", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_env_file_that_may_not_be_read_is_a_warning()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a file that nobody can read");
        TestLink.ToFile(Path.Combine(folder, ".env"), "/proc/self/mem");

        GatewayRefreshResult result = Refresh();

        Assert.Equal((GatewayRefreshResult.Failed, true), (result.Status, result.IsWarning));
        Assert.Contains(".env' cannot be read", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_called_env_is_no_file()
    {
        using var server = LoopbackServer.Answering(200);
        Directory.CreateDirectory(Path.Combine(folder, ".env"));

        Assert.Equal(GatewayRefreshResult.Refreshed, RefreshAt(server).Status);
    }

    [Fact]
    public void The_key_is_in_no_message()
    {
        using var refuses = LoopbackServer.Answering(401);
        using var breaksOff = LoopbackServer.Doing((_, _) => Task.CompletedTask);
        using var closed = LoopbackServer.Closed();
        var here = new Uri($"http://localhost:{refuses.Port}");

        GatewayRefreshResult[] results =
        [
            Refresh(here, Key),
            Refresh(new Uri($"http://localhost:{breaksOff.Port}"), Key),
            Refresh(new Uri($"http://localhost:{closed.Port}"), Key),
            Refresh(here, Key + "\r\nX-Other: 1"),
            Refresh(here, Key + "é"),
        ];

        Assert.All(results, result => Assert.DoesNotContain(Key, result.Message + result.Uri, StringComparison.Ordinal));
        Assert.Equal("Rejected Failed NotRunning Failed Failed", string.Join(' ', results.Select(result => result.Status)));
        Assert.Single(refuses.Requests);
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private void AssertFailsAfterLimit(LoopbackServer server)
    {
        var limit = TimeSpan.FromSeconds(1);
        var watch = Stopwatch.StartNew();

        GatewayRefreshResult result = GatewayClient.Refresh(
            new Uri($"http://localhost:{server.Port}"), null, Settings(limit), TestContext.Current.CancellationToken);

        Assert.Equal((GatewayRefreshResult.Failed, 0, true), (result.Status, result.StatusCode, result.IsWarning));
        Assert.Contains("did not answer within 1 s", result.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, limit - TimeSpan.FromMilliseconds(100), TimeSpan.MaxValue);
    }

    private GatewayRefreshResult RefreshAt(LoopbackServer server)
    {
        environment["PORT"] = Text(server.Port);
        return Refresh();
    }

    private GatewayRefreshResult Refresh(Uri? uri = null, string? apiKey = null) =>
        GatewayClient.Refresh(uri, apiKey, Settings(), TestContext.Current.CancellationToken);

    // An answer is waited for as long as a busy machine takes, except where the limit itself is tested.
    private GatewaySettings Settings(TimeSpan? limit = null) =>
        new(name => environment.GetValueOrDefault(name), folder) { Limit = limit ?? TimeSpan.FromMinutes(10) };
}
