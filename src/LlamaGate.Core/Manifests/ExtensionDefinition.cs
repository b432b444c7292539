using System;
using System.Collections.Generic;

namespace LlamaGate.Manifests;

/// <summary>The rules of <c>manifest.yaml</c> (contract, section 4).</summary>
internal static class ExtensionDefinition
{
    private const string Workflow = "workflow";

    /// <summary>Reads and validates the fields.</summary>
    /// <param name="fields">The manifest.</param>
    /// <returns>What it says.</returns>
    public static ManifestFields Read(FieldReader fields)
    {
        string? type = fields.Word("type", required: true, StringComparison.Ordinal, Workflow, "middleware", "observer");
        fields.Boolean("builtin");
        ReadSteps(fields, type);
        ReadHooks(fields, type);
        ReadInputs(fields);
        ReadEndpoints(fields, type);
        return new ManifestFields(
            fields,
            Id: null,
            ReadName(fields),
            fields.Version(required: true),
            fields.Text("description", required: true),
            fields.Boolean("enabled"),
            HotReload: null);
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
    private static void ReadSteps(FieldReader fields, string? type)
    {
        if (type is null or Workflow)
        {
            foreach (FieldReader step in fields.Entries("steps", type is null ? null : "a workflow has at least one step"))
            {
                step.Text("uses", required: true);
            }
        }
    }

    private static void ReadHooks(FieldReader fields, string? type)
    {
        if (type is not Workflow)
        {
            foreach (FieldReader hook in fields.Entries("hooks", type is null ? null : "a middleware or observer has at least one hook"))
            {
                hook.Text("on", required: true);
            }
        }
    }

    private static void ReadInputs(FieldReader fields)
    {
        // A mapping, as older packages have it, is accepted; what the gateway does with it is a warning of its own.
        foreach (FieldReader input in fields.IsMapping("inputs") ? [] : fields.Entries("inputs"))
        {
            input.Text("id", required: true);
            input.Word("type", required: true, StringComparison.Ordinal, "string", "number", "boolean", "object", "array");
        }
    }

    private static void ReadEndpoints(FieldReader fields, string? type)
    {
        IReadOnlyList<FieldReader> endpoints = fields.Entries("endpoints");
        if (endpoints.Count > 0 && type is not (null or Workflow))
        {
            fields.Error("endpoints", "only a workflow may have endpoints: remove them, or make 'type' a workflow");
        }

        foreach (FieldReader endpoint in endpoints)
        {
            string? path = endpoint.Text("path", required: true);
            if (path is not null && path[0] != '/')
            {
                endpoint.Error("path", $"{ManifestProblems.Quote(path)} must start with '/'");
            }

            // The gateway takes methods in either case.
            endpoint.Word(
                "method", required: true, StringComparison.OrdinalIgnoreCase, "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
        }
    }
}
