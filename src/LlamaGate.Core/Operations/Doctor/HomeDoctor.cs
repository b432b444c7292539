using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlamaGate.FileSystem;

namespace LlamaGate.Operations.Doctor;

/// <summary>Looks for what will surprise the user of a home, and changes nothing (contract, section 9).</summary>
internal static class HomeDoctor
{
    // The registry comes first: what it says, or that it cannot be read, matters to the other looks.
    private static readonly (string Subject, Action<Examination> Look)[] Looks =
    [
        ("the permissions", PermissionLook.Look),
        ("the registry", RegistryLook.Look),
        ("the locks", LockLook.Look),
        ("the items", DiskLook.Look),
        ("the content of the items", IntegrityLook.Look),
        ("what the gateway loads", GatewayLook.Look),
        ("the legacy directories", LegacyLook.Look),
        ("the templates of the extensions", TemplateLook.Look),
        ("the steps of the modules", ModuleStepLook.Look),
        ("what was left behind", LeftoverLook.Look),
        ("the running gateway", RunningGatewayLook.Look),
    ];

    /// <summary>Looks at a home. A look that fails is a finding, and the others go on.</summary>
    /// <param name="examination">What to look at.</param>
    /// <returns>The findings: errors first, then warnings, then what is only to be known.</returns>
    public static IReadOnlyList<HomeFinding> Examine(Examination examination)
    {
        foreach ((string subject, Action<Examination> look) in Looks)
        {
            examination.Token.ThrowIfCancellationRequested();
            try
            {
                look(examination);
            }
            catch (Exception exception) when (exception is LlamaGateException or IOException or UnauthorizedAccessException)
            {
                examination.Add(
                    "LookFailed",
                    HomeFinding.Error,
                    examination.Home.Path,
                    $"{subject} cannot be checked: {exception.Message}",
                    RemedyFor(examination));
            }
        }

        return [.. examination.Findings.OrderBy(finding => finding.Severity switch
        {
            HomeFinding.Error => 0,
            HomeFinding.Warning => 1,
            _ => 2,
        })];
    }

    // A link or a file in the place of a folder of the home stops every command; it may lead to what the user needs, so it is kept.
    private static Remedy RemedyFor(Examination examination)
    {
        string? obstacle = examination.Folders.Skip(1).FirstOrDefault(path => StorePath.Probe(path) is PathKind.Link or PathKind.File);
        return obstacle is not null ? Remedy.SetAside(obstacle)
            : examination.ModulesFolder is { } modules && !AccessRights.MayRead(modules) ? Remedy.Permit(modules)
            : Remedy.Permit(examination.Home.Path);
    }
}
