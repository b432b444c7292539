using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LlamaGate.Feeds;
using LlamaGate.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace LlamaGate.Tests;

/// <summary>Packages from addresses, from servers good and bad (contract, section 12).</summary>
public sealed class WebDownloadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly FeedHome home = new();
    private readonly byte[] package;

    public WebDownloadTests() => package = File.ReadAllBytes(home.Test.ExtensionZip("alpha"));

    public void Dispose() => home.Dispose();

    [Fact]
    public async Task A_package_is_installed_and_the_download_is_gone()
    {
        await using WebServer server = await StartAsync(context => SendAsync(context, package));

        InstallOutcome outcome = home.InstallFrom(server.Uri("/alpha.zip?key=secret"));

        Assert.Null(outcome.Error);
        Assert.Equal("alpha", outcome.Item!.Id);
        Assert.Equal(server.Uri("/alpha.zip").AbsoluteUri, outcome.Source);
        home.Test.AssertNoStaging();
    }

    [Fact]
    public async Task A_wrong_hash_installs_nothing_and_a_right_one_may_be_written_in_any_case()
    {
        await using WebServer server = await StartAsync(context => SendAsync(context, package));
        string right = Convert.ToHexString(SHA256.HashData(package));

        Assert.Equal(ErrorIds.ChecksumMismatch, home.InstallFrom(server.Uri("/alpha.zip"), new string('0', 64)).Error!.ErrorId);
        home.AssertUntouched();
        Assert.Equal("alpha", home.InstallFrom(server.Uri("/alpha.zip"), right).Item!.Id);
    }

    [Theory]
    [InlineData("untrusted")]
    [InlineData("other host")]
    public async Task A_certificate_that_is_not_the_servers_is_refused(string kind)
    {
        X509Certificate2 certificate = kind == "untrusted" ? TestCertificates.Untrusted : TestCertificates.OtherHost;
        await using WebServer server = await WebServer.StartAsync(context => SendAsync(context, package), certificate);

        AssertFails(home.InstallFrom(server.Uri("/alpha.zip")));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Plain_http_is_for_this_machine_alone()
    {
        await using WebServer server = await WebServer.StartAsync(context => SendAsync(context, package));

        Assert.Equal("alpha", home.InstallFrom(server.Uri("/alpha.zip")).Item!.Id);
        LlamaGateException error = home.InstallFrom(new Uri("http://example.org/alpha.zip")).Error!;
        Assert.Equal(FeedErrorIds.DownloadFailed, error.ErrorId);
        Assert.Contains("https", error.Message, StringComparison.Ordinal);
        Assert.Equal(FeedErrorIds.DownloadFailed, home.InstallFrom(new Uri("file:///tmp/alpha.zip")).Error!.ErrorId);
    }

    [Fact]
    public async Task Redirects_are_followed_to_https_up_to_five()
    {
        await using WebServer server = await StartAsync(context =>
        {
            int left = int.Parse(context.Request.Path.Value![1..], null);
            return left == 0 ? SendAsync(context, package) : RedirectAsync(context, $"/{left - 1}");
        });

        Assert.Equal("alpha", home.InstallFrom(server.Uri("/5")).Item!.Id);
        AssertFails(home.InstallFrom(server.Uri("/6")), keepsItem: true);
    }

    [Fact]
    public async Task A_redirect_to_http_or_in_a_circle_is_refused()
    {
        await using WebServer plain = await WebServer.StartAsync(context => SendAsync(context, package));
        await using WebServer server = await StartAsync(context => RedirectAsync(
            context, context.Request.Path == "/circle" ? "/circle" : plain.Uri("/alpha.zip").AbsoluteUri));

        AssertFails(home.InstallFrom(server.Uri("/to-http")));
        Assert.Empty(plain.Requests);
        AssertFails(home.InstallFrom(server.Uri("/circle")));
        Assert.Equal(1 + 6, server.Requests.Count);
    }

    [Fact]
    public async Task Credentials_are_for_the_server_of_the_address_and_no_other()
    {
        await using WebServer other = await StartAsync(context => SendAsync(context, package));
        await using WebServer server = await StartAsync(context => RedirectAsync(
            context, context.Request.Path == "/first" ? "/second" : other.Uri("/alpha.zip").AbsoluteUri));
        var address = new UriBuilder(server.Uri("/first")) { UserName = "me", Password = "s3cret" };

        InstallOutcome outcome = home.InstallFrom(address.Uri);

        string sent = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("me:s3cret"));
        Assert.Equal("alpha", outcome.Item!.Id);
        Assert.Equal([sent, sent], server.Requests.Select(request => request.Authorization));
        Assert.Equal([string.Empty], other.Requests.Select(request => request.Authorization));
        Assert.DoesNotContain("s3cret", outcome.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_show_no_secrets()
    {
        await using WebServer server = await StartAsync(context => AnswerAsync(context, StatusCodes.Status403Forbidden));
        var address = new UriBuilder(server.Uri("/alpha.zip?sig=s3cret")) { UserName = "me", Password = "s3cret" };

        LlamaGateException error = home.InstallFrom(address.Uri).Error!;

        Assert.Contains("403", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status500InternalServerError)]
    public async Task An_answer_that_is_no_package_is_told(int status)
    {
        await using WebServer server = await StartAsync(context => AnswerAsync(context, status));

        AssertFails(home.InstallFrom(server.Uri("/alpha.zip")));
    }

    [Fact]
    public async Task A_web_page_in_place_of_the_package_is_told_by_its_address()
    {
        await using WebServer server = await StartAsync(context => SendAsync(context, "<html>Please log in</html>"u8.ToArray()));

        Assert.Equal(ErrorIds.PackageInvalid, home.InstallFrom(server.Uri("/alpha.zip")).Error!.ErrorId);
        home.AssertUntouched();
    }

    [Fact]
    public async Task A_connection_that_breaks_off_leaves_nothing()
    {
        await using WebServer server = await StartAsync(async context =>
        {
            context.Response.ContentLength = package.Length;
            await context.Response.Body.WriteAsync(package.AsMemory(0, package.Length / 2));
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        AssertFails(home.InstallFrom(server.Uri("/alpha.zip")));
    }

    [Fact]
    public async Task A_server_that_says_less_than_it_has_gives_no_whole_package()
    {
        await using RawServer server = await RawServer.StartAsync(package, length: package.Length - 10);

        Assert.Equal(ErrorIds.PackageInvalid, home.InstallFrom(server.Address).Error!.ErrorId);
        home.AssertUntouched();
    }

    [Fact]
    public async Task A_server_that_says_more_than_it_has_is_found_out()
    {
        await using RawServer server = await RawServer.StartAsync(package, length: package.Length + 10);

        AssertFails(home.InstallFrom(server.Address));
    }

    [Fact]
    public async Task A_server_that_stops_sending_or_never_answers_is_not_waited_for()
    {
        await using WebServer server = await StartAsync(async context =>
        {
            if (context.Request.Path == "/half")
            {
                await context.Response.Body.WriteAsync(package.AsMemory(0, 100));
                await context.Response.Body.FlushAsync();
            }

            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        // The third wait begins when the answer and the first bytes have come.
        int waits = 0;
        AssertStalls(server.Uri("/half"), "No data has arrived", new Stall(Patience, watch =>
        {
            if (++waits == 3)
            {
                watch.CancelAfter(TimeSpan.FromMilliseconds(50));
            }
        }));
        AssertStalls(server.Uri("/never"), "The server did not answer", new Stall(TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public async Task A_slow_server_is_waited_for()
    {
        // The server sends nothing before a new wait has begun: first for its answer, then for each piece, and for the end.
        byte[][] pieces = [.. package.Chunk((package.Length / 10) + 1)];
        using var begun = new SemaphoreSlim(0);
        int waits = 0;
        await using WebServer server = await StartAsync(async context =>
        {
            await NextWaitAsync();
            await context.Response.Body.FlushAsync();
            foreach (byte[] piece in pieces)
            {
                await NextWaitAsync();
                await context.Response.Body.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
            }

            await NextWaitAsync();
        });

        using var patient = new FeedHome(new Stall(Patience, _ =>
        {
            waits++;
            begun.Release();
        }));
        Assert.Equal("alpha", patient.InstallFrom(server.Uri("/alpha.zip")).Item!.Id);
        Assert.InRange(waits, pieces.Length + 2, int.MaxValue);

        async Task NextWaitAsync() => Assert.True(await begun.WaitAsync(Patience));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_download_ends_at_the_limit_whatever_the_server_says(bool saysLength)
    {
        const long Limit = 1024 * 1024;
        const long TenGigabytes = 10L * 1024 * 1024 * 1024;
        await using WebServer server = await StartAsync(async context =>
        {
            if (saysLength)
            {
                context.Response.ContentLength = TenGigabytes;
            }

            // It sends 64 times as much as is allowed, and nothing after that: who reads all of it fails because the server has stalled.
            byte[] zeros = new byte[Limit / 16];
            for (int sent = 0; sent < 64 * 16; sent++)
            {
                await context.Response.Body.WriteAsync(zeros, context.RequestAborted);
            }

            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        InstallOutcome outcome = home.InstallFrom(server.Uri("/zeros"), maxBytes: Limit);

        AssertFails(outcome);
        Assert.Contains($"has more than {Limit} bytes", outcome.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_ends_a_download_at_once_and_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        await using WebServer server = await StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync(package.AsMemory(0, 100));
            await context.Response.Body.FlushAsync();
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var patient = new FeedHome();

        Assert.ThrowsAny<OperationCanceledException>(() => patient.InstallFrom(server.Uri("/alpha.zip"), token: stop.Token));
        patient.AssertUntouched();
    }

    private static Task<WebServer> StartAsync(RequestDelegate answer)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux can a process trust an authority of its own");
        return WebServer.StartAsync(answer, TestCertificates.Server);
    }

    private static Task SendAsync(HttpContext context, byte[] content)
    {
        context.Response.ContentLength = content.Length;
        return context.Response.Body.WriteAsync(content).AsTask();
    }

    private static Task RedirectAsync(HttpContext context, string address)
    {
        context.Response.Headers.Location = address;
        return AnswerAsync(context, StatusCodes.Status302Found);
    }

    private static Task AnswerAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static void AssertStalls(Uri address, string reason, Stall stall)
    {
        using var impatient = new FeedHome(stall);
        LlamaGateException error = impatient.InstallFrom(address).Error!;
        Assert.Equal(FeedErrorIds.DownloadFailed, error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        impatient.AssertUntouched();
    }

    private void AssertFails(InstallOutcome outcome, bool keepsItem = false)
    {
        Assert.Equal(FeedErrorIds.DownloadFailed, outcome.Error?.ErrorId);
        home.Test.AssertNoStaging();
        Assert.Equal(keepsItem ? 1 : 0, home.Test.Items().Count);
    }
}
