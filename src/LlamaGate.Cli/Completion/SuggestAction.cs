using System;
using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;

namespace LlamaGate.Cli.Completion;

/// <summary>
/// <c>llamagate [suggest:&lt;cursor&gt;] "&lt;command line&gt;"</c>, which the scripts for the shells call: prints what may come next, one
/// candidate a line. Options are offered where one was begun only.
/// </summary>
internal sealed class SuggestAction : SynchronousCommandLineAction
{
    private readonly SuggestDirective directive;

    /// <summary>Acts for a directive.</summary>
    /// <param name="directive">The directive, whose value is the cursor's place in the command line; the end without one.</param>
    public SuggestAction(SuggestDirective directive) => this.directive = directive;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        string text = parseResult.Tokens.LastOrDefault(token => token.Type != TokenType.Directive)?.Value ?? string.Empty;
        if (parseResult.GetResult(directive)?.Values is [string value]
            && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int cursor)
            && cursor < text.Length)
        {
            text = text[..cursor];
        }

        ParseResult typed = new LlamaGateCommand().Parse(text, parseResult.Configuration);
        string begun = typed.GetCompletionContext().WordToComplete;
        foreach (string candidate in typed.GetCompletions().Select(item => item.Label))
        {
            if (candidate.StartsWith(begun, StringComparison.OrdinalIgnoreCase) && candidate.StartsWith('-') == begun.StartsWith('-'))
            {
                parseResult.InvocationConfiguration.Output.WriteLine(candidate);
            }
        }

        return ExitCodes.Done;
    }
}
