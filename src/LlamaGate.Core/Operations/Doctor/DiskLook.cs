using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using LlamaGate.Manifests;

namespace LlamaGate.Operations.Doctor;

/// <summary>Whether the registry agrees with the disk.</summary>
internal static class DiskLook
{
    public static void Look(Examination examination)
    {
        if (examination.Registry is null)
        {
            return; // The sync that makes it readable compares as well.
        }

        LlamaGateHome home = examination.Home;
        foreach (SyncChange change in new RegistrySync(examination.Settings, examination.Cache).Plan(examination.Token).Changes)
        {
            (string id, string severity, string message, Remedy remedy) = change.Status switch
            {
                SyncChange.Added => ("NotRegistered", HomeFinding.Warning, "The item is in the home, but the registry does not list it.", Remedy.Sync(home)),
                SyncChange.Removed => ("FolderMissing", HomeFinding.Error, $"The registry lists the item, but its folder '{change.Path}' does not exist.", Remedy.Sync(home)),
                SyncChange.Updated => ("RegistryDiffers", HomeFinding.Warning, $"The registry differs from the manifest of the item: {change.Reason}.", Remedy.Sync(home)),
                _ => ("NotAnItem", HomeFinding.Error, $"'{change.Path}' cannot be read as an item: {change.Reason}", RemedyFor(home, change)),
            };
            examination.Add(id, severity, change.Id, message, remedy, change.ItemType);
        }
    }

    // What the user may not read can be an item all the same, and what has no valid name is not found by it.
    private static Remedy RemedyFor(LlamaGateHome home, SyncChange change) =>
        StorePath.IsFolder(change.Path) && !MayRead(change.Path) ? Remedy.Permit(change.Path)
        : ItemId.IsReadable(change.Id) ? Remedy.Remove(home, change.Id, change.ItemType)
        : Remedy.MoveInto(change.Path, Path.GetDirectoryName(Path.GetDirectoryName(change.Path)!)!);

    private static bool MayRead(string folder) =>
        AccessRights.MayRead(folder) && new FolderManifestFiles(folder).RootFiles.All(name => AccessRights.MayRead(Path.Combine(folder, name)));
}
