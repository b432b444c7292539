using System;
using System.IO;
using LlamaGate.Transactions;

namespace LlamaGate.Operations.Doctor;

/// <summary>Whether locks on files keep others out. A file that is there is opened twice; nothing is written.</summary>
internal static class LockLook
{
    // .NET asks for no locks at all where this is set.
    private const string Switch = "DOTNET_SYSTEM_IO_DISABLEFILELOCKING";

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

        bool isSwitchedOff = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Switch));
        using FileStream? second = StoreLock.TryHold(path, FileMode.Open);
        if (second is not null)
        {
            examination.Add(
                "LocksDoNotHold",
                HomeFinding.Warning,
                path,
                $"File locks have no effect here: {(isSwitchedOff ? Switch + " is set" : "the file system does not support them")}. Two "
                    + "commands could change this home at the same time. Run only one command at a time, or "
                    + (isSwitchedOff ? "remove the variable." : "copy the home to a local disk and use it there."),
                isSwitchedOff ? Remedy.Unset(Switch) : Remedy.CopyHome(examination.Home));
        }
    }
}
