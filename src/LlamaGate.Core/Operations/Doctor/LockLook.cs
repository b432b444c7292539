using System.IO;
using LlamaGate.Transactions;

namespace LlamaGate.Operations.Doctor;

/// <summary>Whether locks on files keep others out. A file that is there is opened twice; nothing is written.</summary>
internal static class LockLook
{
    public static void Look(Examination examination)
    {
        string path = examination.Home.LockFile;
        if (!File.Exists(path))
        {
            return;
        }

        using FileStream? first = StoreLock.TryHold(path, FileMode.Open);
        if (first is null)
        {
            return; // A writer holds it.
        }

        using FileStream? second = StoreLock.TryHold(path, FileMode.Open);
        if (second is not null)
        {
            examination.Add(
                "LocksDoNotHold",
                HomeFinding.Warning,
                path,
                "Locks on files have no effect here: the file system has none, or DOTNET_SYSTEM_IO_DISABLEFILELOCKING is set. Nothing keeps two "
                    + "commands from changing this home at once: run one at a time, or move the home to a local disk.",
                new Remedy("$env:DOTNET_SYSTEM_IO_DISABLEFILELOCKING = $null", "unset DOTNET_SYSTEM_IO_DISABLEFILELOCKING"));
        }
    }
}
