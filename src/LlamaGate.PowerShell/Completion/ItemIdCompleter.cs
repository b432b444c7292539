using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

using LlamaGate.PowerShell.Commands;

using Engine = System.Management.Automation.PowerShell;

namespace LlamaGate.PowerShell.Completion;

/// <summary>Completes <c>-Id</c> with what the registry of the <c>-HomePath</c> on the line holds.</summary>
public sealed class ItemIdCompleter : IArgumentCompleter
{
    private static readonly char[] Quotes = ['\'', '"'];

    /// <summary>The ids that begin with what is typed.</summary>
    /// <param name="commandName">The command on the line.</param>
    /// <param name="parameterName">The parameter to complete.</param>
    /// <param name="wordToComplete">What is typed of it so far, a quote included.</param>
    /// <param name="commandAst">The command line.</param>
    /// <param name="fakeBoundParameters">The values of the line's other parameters.</param>
    /// <returns>The ids, with type, version and state as their tooltips.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string prefix = wordToComplete.Trim(Quotes);
        string quote = wordToComplete.Length > 0 && Quotes.Contains(wordToComplete[0]) ? wordToComplete.Substring(0, 1) : string.Empty;
        return GetItems(prefix, fakeBoundParameters)
            .GroupBy(item => item.Id, StringComparer.Ordinal)
            .Select(items => new CompletionResult(
                Quote(items.Key, quote),
                items.Key,
                CompletionResultType.ParameterValue,
                string.Join("\n", items.Select(item => $"{item.Type} {item.Id} {item.Version} ({(item.Enabled ? "enabled" : "disabled")})"))));
    }

    /// <summary>Asks the cmdlet itself, which finds the home as it will when the line is run.</summary>
    private static Collection<InstalledItem> GetItems(string prefix, IDictionary line)
    {
        using Engine engine = Engine.Create(RunspaceMode.CurrentRunspace);
        engine.AddCommand(new CmdletInfo("Get-LlamaGateExtension", typeof(GetLlamaGateExtensionCommand)))
            .AddParameter(nameof(GetLlamaGateExtensionCommand.Id), WildcardPattern.Escape(prefix) + "*");
        foreach (string name in new[] { nameof(GetLlamaGateExtensionCommand.Type), nameof(GetLlamaGateExtensionCommand.HomePath) })
        {
            if (line[name] is { } value)
            {
                engine.AddParameter(name, value);
            }
        }

        return engine.Invoke<InstalledItem>();
    }

    /// <summary>An id is a bare word unless it begins like a parameter or a number.</summary>
    private static string Quote(string id, string quote)
    {
        string mark = quote.Length > 0 || char.IsLetter(id[0]) || id[0] == '_' ? quote : "'";
        return mark + id + mark;
    }
}
