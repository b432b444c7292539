using System;
using System.Collections.Generic;

namespace LlamaGate.Manifests;

/// <summary>The rules of <c>agenticmodule.yaml</c> (contract, section 4).</summary>
internal static class ModuleDefinition
{
    /// <summary>Reads and validates the fields.</summary>
    public static ManifestFields Read(FieldReader fields)
    {
        FieldReader? workflow = fields.IsAbsent("steps") ? fields.Fields("workflow") : null;
        var steps = new List<string>();
        foreach (FieldReader step in (workflow ?? fields).Entries("steps", "a module has at least one step"))
        {
            if (step.Text("extension", required: true) is { } extension)
            {
                steps.Add(extension);
            }

            step.Word("on_error", required: false, StringComparison.Ordinal, "stop", "continue");
        }

        return new ManifestFields(
            fields,
            Id: null,
            fields.DisplayName(required: true),
            fields.Version(required: true),
            fields.Text("description", required: true),
            Enabled: null,
            HotReload: null)
        {
            Steps = steps,
        };
    }
}
