namespace LlamaGate.Operations.Doctor;

/// <summary>What this tool's and the gateway's commands have left behind.</summary>
internal static class LeftoverLook
{
    public static void Look(Examination examination)
    {
        if (examination.Registry is null)
        {
            return; // What belongs to an item is not known.
        }

        LlamaGateHome home = examination.Home;
        foreach (Leftover leftover in Leftovers.Find(home, examination.Registry, examination.Settings.Clock()))
        {
            bool isLost = leftover.Finding is Leftovers.GatewayBackupLost;
            examination.Add(
                leftover.Finding,
                isLost ? HomeFinding.Warning : HomeFinding.Information,
                leftover.Id,
                isLost
                    ? $"The item is not installed. '{leftover.Path}' is {leftover.Message}. Import that folder to restore the item."
                    : $"'{leftover.Path}' is {leftover.Message}.",
                isLost ? Remedy.Import(home, leftover.Path)
                    : leftover.IsCleared ? Remedy.Sync(home)
                    : Remedy.Delete(leftover.Path),
                leftover.Type);
        }
    }
}
