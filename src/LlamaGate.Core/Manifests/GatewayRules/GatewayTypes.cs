namespace LlamaGate.Manifests.GatewayRules;

/// <summary>The types that gateway 0.9.1 reads its manifests into.</summary>
internal static class GatewayTypes
{
    /// <summary><c>manifest.yaml</c></summary>
    public static readonly GoType Extension = GoType.Struct(
        "extensions.Manifest",
        ("name", GoType.Text),
        ("version", GoType.Text),
        ("description", GoType.Text),
        ("type", GoType.Text),
        ("builtin", GoType.Boolean),
        ("enabled", GoType.OptionalBoolean),
        ("config", GoType.Map),
        ("inputs", GoType.List(GoType.Struct(
            "extensions.InputDefinition", ("id", GoType.Text), ("type", GoType.Text), ("required", GoType.Boolean)))),
        ("outputs", GoType.List(GoType.Struct(
            "extensions.OutputDefinition", ("id", GoType.Text), ("type", GoType.Text), ("path", GoType.Text)))),
        ("steps", GoType.List(GoType.Struct(
            "extensions.WorkflowStep", ("uses", GoType.Text), ("with", GoType.Map), ("id", GoType.Text), ("on_error", GoType.Text)))),
        ("hooks", GoType.List(GoType.Struct(
            "extensions.HookDefinition", ("on", GoType.Text), ("match", GoType.Map), ("action", GoType.Text)))),
        ("endpoints", GoType.List(GoType.Struct(
            "extensions.EndpointDefinition",
            ("path", GoType.Text),
            ("method", GoType.Text),
            ("description", GoType.Text),
            ("request_schema", GoType.Map),
            ("response_schema", GoType.Map),
            ("requires_auth", GoType.OptionalBoolean),
            ("requires_rate_limit", GoType.OptionalBoolean)))));

    /// <summary><c>agenticmodule.yaml</c></summary>
    public static readonly GoType Module = GoType.Struct(
        "extensions.AgenticModuleManifest",
        ("name", GoType.Text),
        ("version", GoType.Text),
        ("description", GoType.Text),
        ("config", GoType.Map),
        ("steps", GoType.List(GoType.Struct(
            "extensions.AgenticModuleStep", ("extension", GoType.Text), ("input", GoType.Map), ("on_error", GoType.Text)))));

    /// <summary><c>extension.yaml</c> and <c>module.yaml</c></summary>
    public static readonly GoType Packaging = GoType.Struct(
        "packaging.PackageManifest",
        ("id", GoType.Text),
        ("name", GoType.Text),
        ("version", GoType.Text),
        ("description", GoType.Text),
        ("enabled_default", GoType.OptionalBoolean),
        ("hot_reload", GoType.OptionalBoolean),
        ("load_mode", GoType.Text),
        ("autostart", GoType.OptionalBoolean),
        ("entry_workflow", GoType.Text));
}
