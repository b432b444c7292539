using System;
using System.Collections.Generic;
using System.Linq;

namespace LlamaGate.Manifests;

/// <summary>The rules of <c>manifest.yaml</c> (contract, section 4).</summary>
internal static class ExtensionDefinition
{
    private const string Workflow = "workflow";

    /// <summary>Reads and validates the fields.</summary>
    public static ManifestFields Read(FieldReader fields)
    {
        string? type = fields.Word("type", required: true, StringComparison.Ordinal, Workflow, "middleware", "observer");
        fields.Boolean("builtin");
        IReadOnlyList<string> steps = ReadSteps(fields, type);
        IReadOnlyList<string> hooks = ReadHooks(fields, type);
        ReadInputs(fields);
        IReadOnlyList<string> endpoints = ReadEndpoints(fields, type);
        return new ManifestFields(
            fields,
            Id: null,
            ReadName(fields),
            fields.Version(required: true),
            fields.Text("description", required: true),
            fields.Boolean("enabled"),
            HotReload: null)
        {
            Kind = type,
            Steps = steps,
            Hooks = hooks,
            Endpoints = endpoints,
        };
    }

    private static string? ReadName(FieldReader fields)
    {
        string? name = fields.Text("name", required: true);
        if (name is null || ItemId.IsValid(name))
        {
            return name;
        }

        fields.Error("name", $"{ManifestProblems.Quote(name)} must be a valid id here. {ItemId.Rule}");
        return null;
    }

    // As long as the type is not known, what is there is checked and nothing is missed.
    private static List<string> ReadSteps(FieldReader fields, string? type) => type is null or Workflow
        ? Texts(fields.Entries("steps", type is null ? null : "a workflow has at least one step"), "uses")
        : [];

    private static List<string> ReadHooks(FieldReader fields, string? type) => type is not Workflow
        ? Texts(fields.Entries("hooks", type is null ? null : "a middleware or observer has at least one hook"), "on")
        : [];

    private static List<string> Texts(IReadOnlyList<FieldReader> entries, string key) =>
        [.. entries.Select(entry => entry.Text(key, required: true)).Where(text => text is not null).Select(text => text!)];

    private static void ReadInputs(FieldReader fields)
    {
        // A mapping, as older packages have it, is accepted; what the gateway does with it is a separate warning.
        foreach (FieldReader input in fields.IsMapping("inputs") ? [] : fields.Entries("inputs"))
        {
            input.Text("id", required: true);
            input.Word("type", required: true, StringComparison.Ordinal, "string", "number", "boolean", "object", "array");
        }
    }

    private static List<string> ReadEndpoints(FieldReader fields, string? type)
    {
        IReadOnlyList<FieldReader> endpoints = fields.Entries("endpoints");
        if (endpoints.Count > 0 && type is not (null or Workflow))
        {
            fields.Error("endpoints", "only a workflow can have endpoints: remove them, or set 'type' to workflow");
        }

        var routes = new List<string>();
        foreach (FieldReader endpoint in endpoints)
        {
            string? path = endpoint.Text("path", required: true);
            if (path is not null && path[0] != '/')
            {
                endpoint.Error("path", $"{ManifestProblems.Quote(path)} must start with '/'");
            }

            // The gateway takes methods in either case.
            string? method = endpoint.Word(
                "method", required: true, StringComparison.OrdinalIgnoreCase, "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
            if (path is not null && method is not null)
            {
                routes.Add($"{method.ToUpperInvariant()} {path}");
            }
        }

        return routes;
    }
}
