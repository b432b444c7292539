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
                _ => ("NotAnItem", HomeFinding.Error, $"'{change.Path}' cannot be read as an item: {change.Reason}", Remedy.Remove(home, change.Id, change.ItemType)),
            };
            examination.Add(id, severity, change.Id, message, remedy, change.ItemType);
        }
    }
}
