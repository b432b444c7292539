using System;
using System.Linq;
using LlamaGate.Manifests.GatewayRules;

namespace LlamaGate.Operations.Doctor;

/// <summary>Which steps of enabled modules name extensions that the gateway does not serve.</summary>
internal static class ModuleStepLook
{
    public static void Look(Examination examination)
    {
        LlamaGateHome home = examination.Home;
        var extensions = examination.View
            .Where(item => item.Type is nameof(ItemType.Extension) && item.Name.Length > 0)
            .ToLookup(item => item.Name, StringComparer.Ordinal);
        foreach (StartupItem module in examination.View.Where(item => item.Source is StartupItem.Installed && item.Status is StartupItem.Counted))
        {
            var manifest = GatewayManifest.Read(new GatewayFiles(module.Path), ItemType.AgenticModule, examination.Token);
            foreach (string step in manifest.StepExtensions.Distinct(StringComparer.Ordinal))
            {
                if (extensions[step].Any(item => item.Status is StartupItem.Loaded or StartupItem.Shadowed))
                {
                    continue;
                }

                if (extensions[step].FirstOrDefault(item => item.Status is StartupItem.Disabled) is { } disabled)
                {
                    Add("StepDisabled", $"A step uses the extension '{step}', which is disabled.", Remedy.Enable(home, disabled.Id, ItemType.Extension));
                }
                else
                {
                    string why = extensions[step].Any() ? "which the gateway does not load" : "which is not installed";
                    Add("StepMissing", $"A step uses the extension '{step}', {why}. Install it, or disable the module.", Remedy.Disable(home, module.Id, ItemType.AgenticModule));
                }

                void Add(string id, string message, Remedy remedy) =>
                    examination.Add(id, HomeFinding.Warning, module.Id, message, remedy, ItemType.AgenticModule);
            }
        }
    }
}
