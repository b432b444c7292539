using System.IO;
using System.Linq;
using LlamaGate.Manifests;
using LlamaGate.Manifests.GatewayRules;

namespace LlamaGate.Operations.Doctor;

/// <summary>Which installed items the gateway refuses, serves in the place of others, or loads though they are disabled.</summary>
internal static class GatewayLook
{
    public static void Look(Examination examination)
    {
        LlamaGateHome home = examination.Home;
        var registered = examination.Registry?.Entries.ToDictionary(entry => (entry.Type, entry.Id)) ?? [];
        foreach (StartupItem item in examination.View.Where(item => item.Source is StartupItem.Installed))
        {
            _ = ItemTypes.TryParse(item.Type, out ItemType type);
            if (!registered.TryGetValue((type, item.Id), out Registry.RegistryEntry? entry))
            {
                continue; // That it is not registered is a separate finding.
            }

            if (item.Status is StartupItem.Failed)
            {
                Add("GatewayRefuses", HomeFinding.Warning, $"Gateway 0.9.1 does not load it: {item.Reason}", Remedy.Disable(home, item.Id, type));
            }
            else if (item.Status is StartupItem.Shadowed)
            {
                Add("NameShadowed", HomeFinding.Warning, $"Gateway 0.9.1 does not serve it: {item.Reason}.", Remedy.Disable(home, item.Id, type));
            }
            else if (item.Status is StartupItem.Loaded && !entry.Enabled)
            {
                string packaging = ManifestNames.Packaging(type);
                string otherId = GatewayPackaging.Read(new GatewayFiles(item.Path), type, examination.Token).Id;
                Add(
                    "DisabledAndLoaded",
                    HomeFinding.Warning,
                    $"Gateway 0.9.1 loads it: {item.Reason}. "
                        + (otherId.Length == 0
                            ? $"Add an 'id' to its {packaging}, so that both use the same id."
                            : $"Give its folder the name '{otherId}', as its {packaging} says, so that both use the same id."),
                    otherId.Length == 0
                        ? Remedy.Append(Path.Combine(item.Path, packaging), "id: " + item.Id)
                        : Remedy.RenameDisabled(home, item.Id, otherId, type));
            }
            else if (item.Status is StartupItem.Loaded && item.Reason.Contains("'enabled: false'"))
            {
                Add(
                    "DisabledByManifest",
                    HomeFinding.Information,
                    "It is enabled in the registry, but its manifest.yaml says 'enabled: false'. Gateway 0.9.1 lists it and answers its "
                        + "calls with 503.",
                    Remedy.Disable(home, item.Id, type));
            }

            void Add(string id, string severity, string message, Remedy remedy) => examination.Add(id, severity, item.Id, message, remedy, type);
        }
    }
}
