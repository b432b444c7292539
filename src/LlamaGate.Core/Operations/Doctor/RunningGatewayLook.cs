using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;
using LlamaGate.Gateway;

namespace LlamaGate.Operations.Doctor;

/// <summary>When a gateway runs that reads this home: whether it has loaded what the home says.</summary>
internal static class RunningGatewayLook
{
    public static void Look(Examination examination)
    {
        if (!examination.IsGatewayHome)
        {
            return;
        }

        if (File.Exists(examination.Gateway.DotEnvFile) && !AccessRights.MayRead(examination.Gateway.DotEnvFile))
        {
            examination.Add(
                "DotEnvUnreadable",
                HomeFinding.Warning,
                examination.Gateway.DotEnvFile,
                $"You do not have permission to read '{examination.Gateway.DotEnvFile}', so the port and the key of the gateway are not known.",
                Remedy.Permit(examination.Gateway.DotEnvFile));
            return;
        }

        GatewayList? running = GatewayClient.List(examination.Gateway, examination.Token);
        if (examination.Gateway.Problem is { } problem)
        {
            examination.Add(
                "DotEnvUnreadable",
                HomeFinding.Warning,
                examination.Gateway.DotEnvFile,
                $"The gateway ignores '{examination.Gateway.DotEnvFile}': {problem}.",
                Remedy.SetAside(examination.Gateway.DotEnvFile));
        }

        if (running is null)
        {
            return;
        }

        switch (running.StatusCode)
        {
            case 200 when running.Extensions is not null:
                Compare(examination, running.Extensions);
                break;
            case 401 or 403:
                Add(
                    "GatewayRejects",
                    "requires an API key, so it is not known what it has loaded",
                    Remedy.Ask("LLAMAGATE_API_KEY", "API key"));
                break;
            case 404:
                Add(
                    "GatewayWithoutExtensions",
                    "has no extension system. Gateways of version 0.10 and later have none, and do not read this home. "
                        + "If a gateway that has extensions is also running, specify its port",
                    Remedy.Ask("PORT", "Port of the gateway"));
                break;
            default:
                Add(
                    "GatewayAnswersOddly",
                    $"did not report what it has loaded (HTTP {running.StatusCode}). If the gateway listens on another port, specify it",
                    Remedy.Ask("PORT", "Port of the gateway"));
                break;
        }

        void Add(string id, string what, Remedy remedy) => examination.Add(
            id, HomeFinding.Information, running.Uri.ToString(), $"The gateway at {running.Uri.GetLeftPart(UriPartial.Authority)} {what}.", remedy);
    }

    private static void Compare(Examination examination, IReadOnlyList<LoadedExtension> loaded)
    {
        Dictionary<string, StartupItem> expected = examination.View
            .Where(item => item.Status is StartupItem.Loaded)
            .GroupBy(item => item.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        foreach (StartupItem item in expected.Values)
        {
            LoadedExtension? there = loaded.FirstOrDefault(extension => string.Equals(extension.Name, item.Name, StringComparison.Ordinal));
            if (there is null)
            {
                Add(item.Id, "The running gateway has not loaded it.");
            }
            else if (!string.Equals(there.Version, item.Version, StringComparison.Ordinal))
            {
                Add(item.Id, $"The running gateway has loaded version {there.Version}, but version {item.Version} is installed.");
            }
        }

        foreach (LoadedExtension extension in loaded.Where(extension => !expected.ContainsKey(extension.Name)))
        {
            Add(extension.Name, $"The running gateway still has version {extension.Version} loaded, although the extension is disabled, "
                + "removed, or in another folder.");
        }

        void Add(string item, string message) => examination.Add(
            "GatewayBehind", HomeFinding.Warning, item, message, Remedy.Refresh(), ItemType.Extension);
    }
}
