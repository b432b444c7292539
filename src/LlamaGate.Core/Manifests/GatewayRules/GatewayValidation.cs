using System;
using System.Linq;

namespace LlamaGate.Manifests.GatewayRules;

/// <summary>What gateway 0.9.1 checks of a definition that it has read. It stops at the first rule that is broken.</summary>
internal static class GatewayValidation
{
    private static readonly string[] InputTypes = ["string", "number", "boolean", "object", "array"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

    /// <summary>Why an extension is refused; null when it is not.</summary>
    public static string? OfExtension(GoValue manifest)
    {
        string name = manifest["name"].Text;
        string version = manifest["version"].Text;
        string type = manifest["type"].Text;
        return name.Length == 0 ? Required("name", "manifest.yaml")
            : !IsName(name) ? Error(
                $"'name' field '{name}' contains invalid characters. Only alphanumeric characters, underscores, and hyphens are allowed")
            : version.Length == 0 ? Required("version", "manifest.yaml")
            : !StartsLikeSemanticVersion(version) ? $"validation warning: 'version' field '{version}' should follow semantic versioning (e.g., '1.0.0')"
            : manifest["description"].Text.Length == 0 ? Required("description", "manifest.yaml")
            : type.Length == 0 ? Error("'type' field is required. Must be one of: workflow, middleware, observer")
            : type is not ("workflow" or "middleware" or "observer") ? Error(
                $"'type' field '{type}' is invalid. Must be one of: workflow, middleware, observer")
            : (type is "workflow" ? OfSteps(manifest, name) : OfHooks(manifest, name, type))
                ?? OfInputs(manifest, name) ?? OfEndpoints(manifest, name, type);
    }

    /// <summary>Why a module is refused; null when it is not.</summary>
    public static string? OfModule(GoValue manifest)
    {
        const string File = "agenticmodule.yaml";
        foreach (string field in new[] { "name", "version", "description" })
        {
            if (manifest[field].Text.Length == 0)
            {
                return Required(field, File);
            }
        }

        if (manifest["steps"].Items.Count == 0)
        {
            return Error($"module '{manifest["name"].Text}' must have at least one step");
        }

        return First(manifest["steps"], (step, i) =>
            step["extension"].Text.Length == 0 ? $"module step {i} is missing 'extension' field"
            : step["on_error"].Text is not ("" or "stop" or "continue")
                ? $"module step {i} has invalid 'on_error' value '{step["on_error"].Text}'. Must be 'stop' or 'continue'"
            : null);
    }

    /// <summary>Whether a text has only letters, digits, '_' and '-', and at least one of them. It may be of any length.</summary>
    public static bool IsName(string text) => text.Length > 0
        && text.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-');

    private static string? OfSteps(GoValue manifest, string name) => manifest["steps"].Items.Count == 0
        ? Error($"workflow extension '{name}' must have at least one step in 'steps' field")
        : First(manifest["steps"], (step, i) =>
            step["uses"].Text.Length == 0 ? $"workflow step {i} in extension '{name}' is missing 'uses' field" : null);

    private static string? OfHooks(GoValue manifest, string name, string type) => manifest["hooks"].Items.Count == 0
        ? Error($"{type} extension '{name}' must have at least one hook in 'hooks' field")
        : First(manifest["hooks"], (hook, i) => hook["on"].Text.Length == 0 ? $"hook {i} in extension '{name}' is missing 'on' field" : null);

    private static string? OfInputs(GoValue manifest, string name) => First(manifest["inputs"], (input, i) =>
        input["id"].Text.Length == 0 ? $"input {i} in extension '{name}' is missing 'id' field"
        : input["type"].Text.Length == 0 ? $"input '{input["id"].Text}' in extension '{name}' is missing 'type' field"
        : !InputTypes.Contains(input["type"].Text, StringComparer.Ordinal)
            ? $"input '{input["id"].Text}' in extension '{name}' has invalid type '{input["type"].Text}'. "
                + "Must be one of: string, number, boolean, object, array"
        : null);

    private static string? OfEndpoints(GoValue manifest, string name, string type) =>
        manifest["endpoints"].Items.Count > 0 && type is not "workflow"
            ? Error($"only workflow extensions can define endpoints. Extension '{name}' is type '{type}'")
            : First(manifest["endpoints"], (endpoint, i) =>
                endpoint["path"].Text.Length == 0 ? $"endpoint {i} in extension '{name}' is missing 'path' field"
                : endpoint["path"].Text[0] != '/'
                    ? $"endpoint {i} in extension '{name}' has invalid path '{endpoint["path"].Text}'. Path must start with '/'"
                : endpoint["method"].Text.Length == 0 ? $"endpoint {i} in extension '{name}' is missing 'method' field"
                : !Methods.Contains(endpoint["method"].Text.ToUpperInvariant(), StringComparer.Ordinal)
                    ? $"endpoint {i} in extension '{name}' has invalid method '{endpoint["method"].Text}'. "
                        + "Must be one of: GET, POST, PUT, DELETE, PATCH, HEAD, OPTIONS"
                : null);

    // 1.0.0.0 and 1.0.0x begin so, 1.0 does not.
    private static bool StartsLikeSemanticVersion(string version)
    {
        int at = 0;
        for (int part = 0; part < 3; part++)
        {
            if (part > 0 && (at == version.Length || version[at++] != '.'))
            {
                return false;
            }

            int start = at;
            while (at < version.Length && version[at] is >= '0' and <= '9')
            {
                at++;
            }

            if (at == start)
            {
                return false;
            }
        }

        return true;
    }

    private static string? First(GoValue list, Func<GoValue, int, string?> rule)
    {
        for (int i = 0; i < list.Items.Count; i++)
        {
            if (rule(list.Items[i], i) is { } broken)
            {
                return Error(broken);
            }
        }

        return null;
    }

    private static string Required(string field, string file) => Error($"'{field}' field is required in {file}");

    private static string Error(string message) => "validation error: " + message;
}
