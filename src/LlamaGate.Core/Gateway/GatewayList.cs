using System;
using System.Collections.Generic;
using System.Text.Json;

namespace LlamaGate.Gateway;

/// <summary>What a running gateway answers when it is asked what it has loaded (<c>GET /v1/extensions</c>).</summary>
/// <param name="Uri">The address that was asked.</param>
/// <param name="StatusCode">The status code; 0 when nothing answered in time.</param>
/// <param name="Extensions">The extensions; null when the answer does not hold them.</param>
internal sealed record GatewayList(Uri Uri, int StatusCode, IReadOnlyList<LoadedExtension>? Extensions)
{
    /// <summary>Reads the body of an answer.</summary>
    public static IReadOnlyList<LoadedExtension>? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("extensions", out JsonElement list)
                || list.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            var extensions = new List<LoadedExtension>();
            foreach (JsonElement extension in list.EnumerateArray())
            {
                if (Text(extension, "name") is { } name)
                {
                    bool isEnabled = !extension.TryGetProperty("enabled", out JsonElement enabled) || enabled.ValueKind != JsonValueKind.False;
                    extensions.Add(new LoadedExtension(name, Text(extension, "version") ?? string.Empty, isEnabled));
                }
            }

            return extensions;
        }
        catch (JsonException)
        {
            return null; // Something else than a gateway answered.
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
