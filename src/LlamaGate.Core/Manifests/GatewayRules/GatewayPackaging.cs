using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace LlamaGate.Manifests.GatewayRules;

/// <summary>
/// What gateway 0.9.1 takes from a packaging file, <c>extension.yaml</c> or <c>module.yaml</c>: id and first state. A file that it
/// cannot read as YAML counts as none; an id that it does not allow refuses the whole item.
/// </summary>
/// <param name="Id">The id; empty when the file gives none.</param>
/// <param name="EnabledByDefault">The state of an item that the registry does not know.</param>
/// <param name="Refusal">Why the gateway refuses the item; null when it does not.</param>
internal sealed record GatewayPackaging(string Id, bool EnabledByDefault, string? Refusal)
{
    private static readonly GatewayPackaging None = new(string.Empty, EnabledByDefault: true, null);

    /// <summary>Reads the packaging file of a folder or package.</summary>
    public static GatewayPackaging Read(IManifestFiles files, ItemType type, CancellationToken cancellationToken)
    {
        string name = ManifestNames.Packaging(type);
        var problems = new ManifestProblems(name);
        if (!files.RootFiles.Contains(name, StringComparer.Ordinal))
        {
            return None;
        }

        YamlNode? root = GatewayManifest.ReadTree(files, name, problems, cancellationToken);
        GoValue value = GoDecoder.Decode(root, GatewayTypes.Packaging, out IReadOnlyList<GatewayObjection> objections);
        if (problems.InOrder.Any() || objections.Count > 0)
        {
            return None;
        }

        string id = value["id"].Text;
        return id.Length == 0 || GatewayValidation.IsName(id)
            ? new GatewayPackaging(id, value["enabled_default"].Flag ?? true, null)
            : None with
            {
                Refusal = $"invalid id format: '{id}'. ID must contain only alphanumeric characters, underscores, and hyphens",
            };
    }
}
