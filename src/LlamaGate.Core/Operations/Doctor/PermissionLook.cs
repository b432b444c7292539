using System.IO;
using System.Linq;
using LlamaGate.FileSystem;

namespace LlamaGate.Operations.Doctor;

/// <summary>Whether the user may read and change what the home consists of.</summary>
internal static class PermissionLook
{
    public static void Look(Examination examination)
    {
        LlamaGateHome home = examination.Home;
        foreach (string path in examination.Folders.Where(Directory.Exists).Concat(new[] { home.RegistryFile }.Where(File.Exists)))
        {
            if (!AccessRights.MayChange(path))
            {
                examination.Add(
                    "NoPermission",
                    HomeFinding.Error,
                    path,
                    $"You do not have permission to read and change '{path}'. Commands that use it fail.",
                    Remedy.Permit(path));
            }
        }
    }
}
