using System;
using System.IO;
using System.Linq;
using LlamaGate.Manifests.GatewayRules;

namespace LlamaGate.Operations.Doctor;

/// <summary>
/// Which installed extensions load templates that the gateway does not find: it looks in the legacy directory for the files of an
/// extension, also of an installed one.
/// </summary>
internal static class TemplateLook
{
    private const string LoadStep = "template.load";
    private const string Folder = "templates";

    public static void Look(Examination examination)
    {
        foreach (StartupItem item in examination.View.Where(item => item.Source is StartupItem.Installed && item.Status is StartupItem.Loaded))
        {
            string installed = Path.Combine(item.Path, Folder);
            if (!Directory.Exists(installed)
                || !GatewayManifest.Read(new GatewayFiles(item.Path), ItemType.Extension, examination.Token).UsedSteps.Contains(LoadStep, StringComparer.Ordinal))
            {
                continue;
            }

            string parent = Path.Combine(examination.ExtensionsPath, item.Name);
            string? missing = Directory.EnumerateFiles(installed)
                .Select(path => Path.GetFileName(path)!)
                .OrderBy(name => name, StringComparer.Ordinal)
                .FirstOrDefault(name => !File.Exists(Path.Combine(parent, Folder, name)));
            if (missing is not null)
            {
                examination.Add(
                    "TemplatesElsewhere",
                    HomeFinding.Information,
                    item.Id,
                    $"A step loads a template, and gateway 0.9.1 looks for '{missing}' only in '{Path.Combine(parent, Folder)}', when it is started "
                        + $"in '{Path.GetDirectoryName(examination.ExtensionsPath)}'.",
                    Remedy.CopyInto(installed, parent),
                    ItemType.Extension);
            }
        }
    }
}
