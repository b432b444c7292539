using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LlamaGate.PowerShell.Completion;

/// <summary>Completes <c>-Id</c> and <c>-BackupName</c> with the backups in the <c>-HomePath</c> on the line.</summary>
public sealed class BackupCompleter : IArgumentCompleter
{
    /// <summary>The ids, or the names of the backups of the id on the line, that begin with what is typed.</summary>
    /// <param name="commandName">The command on the line.</param>
    /// <param name="parameterName">The parameter to complete.</param>
    /// <param name="wordToComplete">What is typed of it so far, a quote included.</param>
    /// <param name="commandAst">The command line.</param>
    /// <param name="fakeBoundParameters">The values of the line's other parameters.</param>
    /// <returns>The ids or names, with types and versions as their tooltips.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        bool isId = string.Equals(parameterName, "Id", StringComparison.OrdinalIgnoreCase);
        string prefix = TypedWord.Prefix(wordToComplete);
        string? id = isId ? null : (fakeBoundParameters["Id"] as object[])?.FirstOrDefault() as string ?? fakeBoundParameters["Id"] as string;
        return GetBackups(fakeBoundParameters["HomePath"] as string, fakeBoundParameters["Type"] as string, id)
            .GroupBy(backup => isId ? backup.Id : backup.Name, StringComparer.Ordinal)
            .Where(backups => backups.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(backups => new CompletionResult(
                $"'{backups.Key}'", backups.Key, CompletionResultType.ParameterValue, string.Join("\n", backups.Select(Describe))));
    }

    /// <summary>What is there; nothing where that cannot be read, because there is nobody to tell.</summary>
    private static IReadOnlyList<ItemBackup> GetBackups(string? homePath, string? type, string? id)
    {
        try
        {
            // The session of the line that is typed: a completer is given none.
            var engine = (EngineIntrinsics)ScriptBlock.Create("$ExecutionContext").Invoke()[0].BaseObject;
            using var store = new PackageStore(HomeLocation.Find(engine.SessionState.Path, homePath), new SilentLog());
            var pattern = new IdPattern(id ?? "*");
            return store.FindBackups(pattern.IsMatch, ItemTypes.TryParse(type, out ItemType known) ? known : null, default);
        }
        catch (Exception failure) when (failure is LlamaGateException or RuntimeException)
        {
            return [];
        }
    }

    private static string Describe(ItemBackup backup) =>
        string.Format(CultureInfo.InvariantCulture, "{0} {1} {2} ({3:u})", backup.Type, backup.Id, backup.Version, backup.CreatedAt);
}
