using System;

namespace LlamaGate;

/// <summary>How a gateway answered the call to discover its extensions again (contract, section 9). Never holds the API key.</summary>
public sealed class GatewayRefreshResult
{
    /// <summary>The gateway has discovered its extensions again (200).</summary>
    public const string Refreshed = nameof(Refreshed);

    /// <summary>The gateway has, but for some of them (206).</summary>
    public const string PartlyRefreshed = nameof(PartlyRefreshed);

    /// <summary>No gateway is running there, which is normal: it discovers its extensions when it starts.</summary>
    public const string NotRunning = nameof(NotRunning);

    /// <summary>Something answered, but not with 200 or 206.</summary>
    public const string Rejected = nameof(Rejected);

    /// <summary>Nothing answered in time, or the call could not be made.</summary>
    public const string Failed = nameof(Failed);

    private const string Consequence = "A running gateway discovers the changes when it next refreshes or starts.";

    private GatewayRefreshResult(string status, Uri? uri, string message, int statusCode = 0)
        : this(status, uri?.ToString() ?? string.Empty, message, statusCode)
    {
    }

    private GatewayRefreshResult(string status, string uri, string message, int statusCode)
    {
        Status = status;
        Uri = uri;
        Message = message;
        StatusCode = statusCode;
    }

    /// <summary>
    /// <see cref="Refreshed"/>, <see cref="PartlyRefreshed"/>, <see cref="NotRunning"/>, <see cref="Rejected"/> or <see cref="Failed"/>.
    /// </summary>
    public string Status { get; }

    /// <summary>The status code of the answer; 0 when there was none.</summary>
    public int StatusCode { get; }

    /// <summary>The address that was called; empty when it could not be worked out.</summary>
    public string Uri { get; }

    /// <summary>What happened, and what to do about it.</summary>
    public string Message { get; }

    /// <summary>Whether the user should be warned: the gateway does not know yet what was changed, though one may be running.</summary>
    public bool IsWarning => Status is Rejected or Failed;

    /// <summary>Something answered.</summary>
    internal static GatewayRefreshResult Answered(Uri uri, int statusCode)
    {
        string gateway = "The gateway at " + uri.GetLeftPart(UriPartial.Authority);
        return statusCode switch
        {
            200 => new(Refreshed, uri, gateway + " has discovered its extensions again.", statusCode),
            206 => new(PartlyRefreshed, uri, gateway + " has discovered its extensions again, except for some of them. The log of the gateway says why.", statusCode),
            401 or 403 => Rejection($"set LLAMAGATE_API_KEY to its API key"),
            404 => new(
                Rejected,
                uri,
                $"{gateway} has no extension system (HTTP 404). Gateways of version 0.10 and later have none, and do not read this home. "
                    + "The README lists the builds that have one.",
                statusCode),
            _ => Rejection("see the log of the gateway"),
        };

        GatewayRefreshResult Rejection(string hint) =>
            new(Rejected, uri, $"{gateway} did not refresh its extensions (HTTP {statusCode}): {hint}. {Consequence}", statusCode);
    }

    /// <summary>The same result with one more sentence, unless the gateway has refreshed.</summary>
    internal GatewayRefreshResult With(string note) => Status is Refreshed or PartlyRefreshed
        ? this
        : new GatewayRefreshResult(Status, Uri, $"{Message} {note}", StatusCode);

    /// <summary>Nobody listens there.</summary>
    internal static GatewayRefreshResult NobodyThere(Uri uri) => new(
        NotRunning,
        uri,
        $"No gateway is running at {uri.GetLeftPart(UriPartial.Authority)}. A gateway discovers its extensions when it starts.");

    /// <summary>The call came to nothing.</summary>
    /// <param name="uri">The address that was called; null when none was.</param>
    /// <param name="reason">Why: a sentence without its full stop.</param>
    internal static GatewayRefreshResult Unanswered(Uri? uri, string reason) => new(Failed, uri, $"{reason}. {Consequence}");
}
