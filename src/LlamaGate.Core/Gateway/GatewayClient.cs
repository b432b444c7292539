using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;

namespace LlamaGate.Gateway;

/// <summary>
/// Tells a running gateway to discover its extensions again (contract, section 9): <c>POST /v1/extensions/refresh</c> at
/// <c>http://localhost:&lt;port&gt;</c>, with the API key if there is one, in 5 seconds at most.
/// </summary>
public static class GatewayClient
{
    /// <summary>The port of a gateway when neither the environment nor a <c>.env</c> file names one.</summary>
    public const int DefaultPort = 11435;

    /// <summary>The seconds that a call may take in all.</summary>
    public const int TimeoutSeconds = 5;

    private const string ListPath = "/v1/extensions";
    private const string RefreshPath = "/v1/extensions/refresh";

    /// <summary>
    /// Makes the call. A port or an API key that cannot be right is a result of the status Failed, and nothing is called: a key is
    /// not sent to a port that nobody named.
    /// </summary>
    /// <param name="uri">
    /// The gateway's address, such as <c>http://localhost:11435</c>, with or without the path of the call; null for <c>localhost</c>
    /// and <c>PORT</c> of the environment, else of the <c>.env</c> file, else <see cref="DefaultPort"/>.
    /// </param>
    /// <param name="apiKey">
    /// The API key; empty for none; null for <c>LLAMAGATE_API_KEY</c>, found the same way, else <c>API_KEY</c> of the <c>.env</c> file.
    /// </param>
    /// <param name="workingDirectory">The full path of the folder whose <c>.env</c> file counts.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>How it went. No failure of the network is an exception.</returns>
    /// <exception cref="ArgumentException">The address is not an absolute one of the schemes http and https.</exception>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public static GatewayRefreshResult Refresh(Uri? uri, string? apiKey, string workingDirectory, CancellationToken cancellationToken) =>
        Refresh(uri, apiKey, new GatewaySettings(Environment.GetEnvironmentVariable, workingDirectory), cancellationToken);

    /// <summary>Whether an address can be a gateway's: absolute, and of the schemes http and https.</summary>
    public static bool IsValidUri(Uri uri) => uri is { IsAbsoluteUri: true, Scheme: "http" or "https" };

    /// <summary>Makes the call with settings from elsewhere than this process's environment.</summary>
    internal static GatewayRefreshResult Refresh(Uri? uri, string? apiKey, GatewaySettings settings, CancellationToken cancellationToken)
    {
        if (uri is not null && !IsValidUri(uri))
        {
            throw new ArgumentException("The gateway's address is not an absolute http or https address.", nameof(uri));
        }

        string? port;
        string? key;
        try
        {
            port = uri is null ? settings.Find(GatewaySettings.Port) : null;
            key = apiKey ?? settings.Find(GatewaySettings.ApiKey) ?? settings.FindInFile(GatewaySettings.ServerApiKey);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return GatewayRefreshResult.Unanswered(null, $"'{settings.DotEnvFile}' cannot be read: {e.Message.TrimEnd('.')}");
        }

        int portNumber = DefaultPort;
        if (port is not null && !(int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out portNumber)
            && portNumber is > 0 and <= ushort.MaxValue))
        {
            return GatewayRefreshResult.Unanswered(
                null,
                $"{GatewaySettings.Port} in the environment or in '{settings.DotEnvFile}' is '{port}', which is not a port. Use a number from 1 to "
                    + "65535");
        }

        if (key is not null && !key.All(c => c is >= ' ' and <= '~'))
        {
            return GatewayRefreshResult.Unanswered(
                null,
                $"The API key of the gateway ({GatewaySettings.ApiKey}) contains characters that cannot be sent. Use only printable ASCII "
                    + "characters");
        }

        GatewayRefreshResult result =
            Call(Endpoint(uri ?? new UriBuilder(Uri.UriSchemeHttp, "localhost", portNumber).Uri), key, settings.Limit, cancellationToken);
        return settings.Problem is { } problem
            ? result.With($"'{settings.DotEnvFile}' is ignored, by the gateway as well: {problem}.")
            : result;
    }

    /// <summary>Asks the gateway on this machine what it has loaded.</summary>
    /// <returns>The answer; null when no gateway is running, or none can be found by the settings.</returns>
    internal static GatewayList? List(GatewaySettings settings, CancellationToken cancellationToken)
    {
        if (!int.TryParse(settings.Find(GatewaySettings.Port) ?? Text(DefaultPort), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            || port is 0 or > ushort.MaxValue)
        {
            return null;
        }

        string? key = settings.Find(GatewaySettings.ApiKey) ?? settings.FindInFile(GatewaySettings.ServerApiKey);
        var endpoint = new UriBuilder(Uri.UriSchemeHttp, "localhost", port, ListPath).Uri;
        var watch = Stopwatch.StartNew();
        try
        {
            if (LocalListener.Find(port, settings.Limit, cancellationToken) is not { } address)
            {
                return null;
            }

            using CancellationTokenSource rest = RestOf(settings.Limit, watch, cancellationToken);
            return GatewayRequest.List(endpoint, address, key?.All(c => c is >= ' ' and <= '~') == true ? key : null, rest.Token);
        }
        catch (Exception e) when (IsTimeout(e, cancellationToken))
        {
            return new GatewayList(endpoint, 0, null);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The address of the call. User name, password, query and fragment are left behind.</summary>
    private static Uri Endpoint(Uri uri)
    {
        string path = uri.AbsolutePath.TrimEnd('/');
        string fullPath = path.EndsWith(RefreshPath, StringComparison.Ordinal) ? path : path + RefreshPath;
        return new UriBuilder(uri.Scheme, uri.Host, uri.Port, fullPath).Uri;
    }

    private static GatewayRefreshResult Call(Uri endpoint, string? apiKey, TimeSpan limit, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            IPAddress? address = null;
            if (endpoint is { Scheme: "http", Host: "localhost" })
            {
                address = LocalListener.Find(endpoint.Port, limit, cancellationToken);
                if (address is null)
                {
                    return GatewayRefreshResult.NobodyThere(endpoint);
                }
            }

            using CancellationTokenSource rest = RestOf(limit, watch, cancellationToken);
            return GatewayRequest.Post(endpoint, address, apiKey, rest.Token);
        }
        catch (Exception e) when (IsTimeout(e, cancellationToken))
        {
            return GatewayRefreshResult.Unanswered(
                endpoint, $"The gateway at {endpoint.GetLeftPart(UriPartial.Authority)} did not answer within {limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s");
        }
    }

    // A timer needs a thread of its own: none is started before something listens.
    private static CancellationTokenSource RestOf(TimeSpan limit, Stopwatch watch, CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan rest = limit - watch.Elapsed;
        source.CancelAfter(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        return source;
    }

    private static bool IsTimeout(Exception exception, CancellationToken cancellationToken) =>
        exception is TimeoutException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
