using System;

namespace LlamaGate.Manifests;

/// <summary>The rules of <c>extension.yaml</c> and <c>module.yaml</c> (contract, section 4).</summary>
internal static class PackagingManifest
{
    /// <summary>Reads and validates the fields.</summary>
    /// <param name="fields">The fields of the packaging file.</param>
    /// <param name="type">The kind of item.</param>
    /// <param name="isAlone">Whether there is no definition file, so that name and version must be here.</param>
    public static ManifestFields Read(FieldReader fields, ItemType type, bool isAlone)
    {
        string? loadMode = null;
        string? entryWorkflow = null;
        if (type == ItemType.Extension)
        {
            loadMode = fields.Word("load_mode", required: false, StringComparison.Ordinal, "eager", "lazy");
        }
        else
        {
            entryWorkflow = fields.Text("entry_workflow");
        }

        return new ManifestFields(
            fields,
            fields.Text("id"),
            fields.DisplayName(required: isAlone),
            fields.Version(required: isAlone),
            fields.Text("description"),
            fields.Boolean("enabled_default"),
            fields.Boolean("hot_reload"))
        {
            AutoStart = fields.Boolean("autostart"),
            LoadMode = loadMode,
            EntryWorkflow = entryWorkflow,
        };
    }
}
