using System;
using System.IO;
using LlamaGate.Registry;

namespace LlamaGate.Operations.Doctor;

/// <summary>Whether registry and journal can be read, by us and by the gateway, and whether a change was interrupted.</summary>
internal static class RegistryLook
{
    public static void Look(Examination examination)
    {
        LlamaGateHome home = examination.Home;
        try
        {
            examination.Registry = examination.Cache.Read();
        }
        catch (LlamaGateException exception) when (string.Equals(exception.ErrorId, ErrorIds.RegistryCorrupt, StringComparison.Ordinal))
        {
            string id = string.Equals(exception.Target, home.JournalFile, StringComparison.Ordinal) ? "JournalUnreadable" : "RegistryUnreadable";
            examination.Add(id, HomeFinding.Error, exception.Target ?? home.RegistryFile, exception.Message, Remedy.Sync(home));
        }

        if (File.Exists(home.RegistryFile) && GatewayRegistry.FindProblem(File.ReadAllBytes(home.RegistryFile)) is { } problem)
        {
            examination.GatewayReadsRegistry = false;
            examination.Add(
                "RegistryUnreadableByGateway",
                HomeFinding.Error,
                home.RegistryFile,
                $"Gateway 0.9.1 cannot read the registry: {problem}. The gateway treats every item in the home as enabled, and its own tool fails.",
                Remedy.Sync(home));
        }

        if (examination.Registry is { Unfinished.Count: > 0 } unfinished)
        {
            examination.Add(
                "InterruptedChange",
                HomeFinding.Warning,
                unfinished.Unfinished[0].Record.Id,
                "A change of this item was interrupted. The next command that changes something completes or undoes it.",
                Remedy.Sync(home),
                unfinished.Unfinished[0].Record.Type);
        }
        else if (examination.Registry is { JournalRecordCount: > 0 } behind)
        {
            examination.Add(
                "RegistryBehind",
                HomeFinding.Warning,
                home.JournalFile,
                $"The journal contains {behind.JournalRecordCount} changes that the registry does not contain yet. The gateway reads only "
                    + "the registry.",
                Remedy.Sync(home));
        }
    }
}
