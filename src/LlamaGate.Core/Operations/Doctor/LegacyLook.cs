using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.Manifests;

namespace LlamaGate.Operations.Doctor;

/// <summary>
/// Which copies of items lie where the gateway takes them from besides the home: they come back when the installed item is disabled
/// or removed.
/// </summary>
internal static class LegacyLook
{
    public static void Look(Examination examination)
    {
        foreach (StartupItem copy in examination.View.Where(item => item.Source is StartupItem.Legacy && item.Name.Length > 0))
        {
            StartupItem? installed = examination.View.FirstOrDefault(item => item.Source is StartupItem.Installed
                && item.Type is nameof(ItemType.Extension) && string.Equals(item.Name, copy.Name, StringComparison.Ordinal));
            string manifest = Path.Combine(copy.Path, ManifestNames.Definition(ItemType.Extension));
            if (copy.Status is StartupItem.Loaded && installed is { Status: StartupItem.Disabled })
            {
                Add("LegacyCopyLoaded", HomeFinding.Warning, $"'{installed.Id}' is disabled, and gateway 0.9.1 loads its copy in '{copy.Path}' instead.");
            }
            else if (copy.Status is StartupItem.Shadowed && installed is not null)
            {
                Add(
                    "LegacyCopy",
                    HomeFinding.Information,
                    $"There is a copy in '{copy.Path}'. Gateway 0.9.1 loads it as soon as '{installed.Id}' is disabled or removed.");
            }
            else if (copy.Status is StartupItem.Loaded && installed is null && File.Exists(examination.Home.MigrationMarker))
            {
                Add(
                    "LegacyOnly",
                    HomeFinding.Information,
                    $"Gateway 0.9.1 loads it from '{copy.Path}', although the migration is complete. The item was removed from the home, "
                        + "or was added to that folder later.");
            }

            void Add(string id, string severity, string message) =>
                examination.Add(id, severity, copy.Id, message, Remedy.SetAside(manifest), ItemType.Extension);
        }

        LookAtModules(examination);
    }

    private static void LookAtModules(Examination examination)
    {
        IReadOnlyList<StartupItem> modules = [.. examination.View.Where(item => item.Source is StartupItem.Installed && item.Type is nameof(ItemType.AgenticModule))];
        string[] folders = examination.ModulesFolder is { } parent ? Directory.GetDirectories(parent) : [];
        foreach (string folder in folders.OrderBy(path => path, StringComparer.Ordinal))
        {
            string name = Path.GetFileName(folder);
            string manifest = Path.Combine(folder, ManifestNames.Definition(ItemType.AgenticModule));
            StartupItem? installed = modules.FirstOrDefault(item => string.Equals(item.Id, name, StringComparison.Ordinal));
            if (installed is null || !File.Exists(manifest))
            {
                continue;
            }

            bool isDisabled = installed.Status is StartupItem.Disabled;
            examination.Add(
                isDisabled ? "LegacyModuleRuns" : "LegacyModule",
                isDisabled ? HomeFinding.Warning : HomeFinding.Information,
                name,
                $"Gateway 0.9.1 runs the copy in '{folder}', not the installed module" + (isDisabled ? ", which is disabled." : "."),
                Remedy.SetAside(manifest),
                ItemType.AgenticModule);
        }
    }
}
