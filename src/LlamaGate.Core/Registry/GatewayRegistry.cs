using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlamaGate.Registry;

/// <summary>Whether gateway 0.9.1 can read the registry: by the rules of Go's <c>encoding/json</c> into its fields (contract, section 3).</summary>
internal static class GatewayRegistry
{
    private static readonly HashSet<string> Texts = new(["id", "type", "name", "version", "source_path"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Times = new(["installed_at", "last_updated_at"], StringComparer.OrdinalIgnoreCase);
    private static readonly Regex Time = new(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromMinutes(1));

    /// <summary>Looks for what the gateway cannot read.</summary>
    /// <returns>What it is, without a full stop; null when the gateway can read the file.</returns>
    public static string? FindProblem(byte[] content)
    {
        if (content.Length >= 3 && content[0] == 0xEF && content[1] == 0xBB && content[2] == 0xBF)
        {
            return "it begins with a byte order mark";
        }

        try
        {
            using var document = JsonDocument.Parse(content);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.Array => FindProblem(document.RootElement),
                _ => "it is not a list",
            };
        }
        catch (JsonException exception)
        {
            return "it is not valid JSON: " + exception.Message.TrimEnd('.');
        }
    }

    private static string? FindProblem(JsonElement list)
    {
        int number = 0;
        foreach (JsonElement entry in list.EnumerateArray())
        {
            number++;
            string? problem = entry.ValueKind switch
            {
                JsonValueKind.Object => FindFieldProblem(entry),
                JsonValueKind.Null => "is null, which makes the gateway crash",
                _ => "is not an object",
            };
            if (problem is not null)
            {
                return string.Format(CultureInfo.InvariantCulture, "entry {0} {1}", number, problem);
            }
        }

        return null;
    }

    private static string? FindFieldProblem(JsonElement entry)
    {
        foreach (JsonProperty field in entry.EnumerateObject())
        {
            JsonValueKind kind = field.Value.ValueKind;
            if (kind == JsonValueKind.Null)
            {
                continue; // Go leaves the field as it was.
            }

            if ((Texts.Contains(field.Name) || Times.Contains(field.Name)) && kind != JsonValueKind.String)
            {
                return $"has a '{field.Name}' that is not text";
            }

            if (Times.Contains(field.Name) && !Time.IsMatch(field.Value.GetString()!))
            {
                return $"has a '{field.Name}' that is not a time as in 2026-01-31T12:00:00Z";
            }

            if (string.Equals(field.Name, "enabled", StringComparison.OrdinalIgnoreCase) && kind is not (JsonValueKind.True or JsonValueKind.False))
            {
                return $"has an '{field.Name}' that is not true or false";
            }
        }

        return null;
    }
}
