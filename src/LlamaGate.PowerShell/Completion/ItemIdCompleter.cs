using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LlamaGate.PowerShell.Completion;

/// <summary>Completes <c>-Id</c> with what the registry of the <c>-HomePath</c> on the line holds.</summary>
public sealed class ItemIdCompleter : IArgumentCompleter
{
    /// <summary>The ids that begin with what is typed.</summary>
    /// <param name="commandName">The command on the line.</param>
    /// <param name="parameterName">The parameter to complete.</param>
    /// <param name="wordToComplete">What is typed of it so far, a quote included.</param>
    /// <param name="commandAst">The command line.</param>
    /// <param name="fakeBoundParameters">The values of the line's other parameters.</param>
    /// <returns>The ids, with types, versions and states as their tooltips.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string prefix = TypedWord.Prefix(wordToComplete);
        string quote = wordToComplete.Length > 0 && TypedWord.Quotes.Contains(wordToComplete[0]) ? wordToComplete.Substring(0, 1) : string.Empty;
        return GetItems(fakeBoundParameters["HomePath"] as string, fakeBoundParameters["Type"] as string)
            .Where(item => item.Id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .GroupBy(item => item.Id, StringComparer.Ordinal)
            .OrderBy(items => items.Key, StringComparer.Ordinal)
            .Select(items => new CompletionResult(
                Quote(items.Key, quote), items.Key, CompletionResultType.ParameterValue, string.Join("\n", items.Select(Describe))));
    }

    /// <summary>What is registered; nothing where that cannot be read, because there is nobody to tell.</summary>
    private static IReadOnlyList<InstalledItem> GetItems(string? homePath, string? type)
    {
        try
        {
            // The session of the line that is typed: a completer is given none.
            var engine = (EngineIntrinsics)ScriptBlock.Create("$ExecutionContext").Invoke()[0].BaseObject;
            using var store = new PackageStore(HomeLocation.Find(engine.SessionState.Path, homePath), new SilentLog());
            return store.GetItems(ItemTypes.TryParse(type, out ItemType known) ? known : null);
        }
        catch (Exception failure) when (failure is LlamaGateException or RuntimeException)
        {
            return [];
        }
    }

    private static string Describe(InstalledItem item) =>
        $"{item.Type} {item.Id} {item.Version} ({(item.Enabled ? "enabled" : "disabled")})";

    /// <summary>An id is a bare word unless it begins like a parameter or a number.</summary>
    private static string Quote(string id, string quote)
    {
        string mark = quote.Length > 0 || char.IsLetter(id[0]) || id[0] == '_' ? quote : "'";
        return mark + id + mark;
    }
}
